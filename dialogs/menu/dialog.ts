import { defineDialog } from '../../src/core/dialog.ts';

/** What can be asked for; only what works is offered. */
export const menu = defineDialog({
  id: 'menu',
  version: 1,
  answers: {},
  start: 'offer',
  steps: {
    offer: {
      kind: 'choose',
      key: 'offer',
      choices: ['start:training', 'control:person', 'control:who-reads', 'control:erase'],
      exits: {},
    },
  },
});
