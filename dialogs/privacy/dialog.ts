import { defineDialog } from '../../src/core/dialog.ts';
import { rules } from './rules.ts';

/** "Who reads this? Do you tell the police?": the true answer for who runs this service. */
export const privacy = defineDialog({
  id: 'privacy',
  version: 1,
  answers: {},
  start: 'sayWhoReads',
  steps: {
    sayWhoReads: { kind: 'say', compose: rules.sayWhoReads, then: 'end' },
  },
});
