import { defineDialog } from '../../src/core/dialog.ts';

/** First contact: what Puente can do, and where to begin. The engine adds the notice. */
export const welcome = defineDialog({
  id: 'welcome',
  version: 1,
  answers: {},
  start: 'sayHello',
  steps: {
    sayHello: { kind: 'say', key: 'hello', then: 'offer' },
    offer: {
      kind: 'choose',
      key: 'offer',
      choices: ['start:training', 'control:person', 'control:who-reads'],
      exits: {},
    },
  },
});
