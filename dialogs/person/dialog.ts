import { defineDialog } from '../../src/core/dialog.ts';
import { rules } from './rules.ts';

/** A person, please: the case is opened first, then one true sentence of four. */
export const person = defineDialog({
  id: 'person',
  version: 1,
  answers: {},
  start: 'tellTeam',
  intents: ['human_handoff'],
  steps: {
    tellTeam: { kind: 'hand-off', reason: 'asked-for-a-person', mode: 'person', then: 'whatIsTrue' },
    whatIsTrue: {
      kind: 'branch',
      exits: ['sayTold', 'sayStillWaiting', 'sayNobody'],
      choose: rules.whatIsTrue,
    },
    sayTold: { kind: 'say', key: 'told', then: 'sayWhen' },
    sayStillWaiting: { kind: 'say', key: 'stillWaiting', then: 'sayWhen' },
    sayWhen: { kind: 'say', compose: rules.sayWhen, then: 'sayMeanwhile' },
    sayMeanwhile: { kind: 'say', key: 'meanwhile', then: 'end' },
    sayNobody: { kind: 'say', compose: rules.sayNobody, choices: ['control:menu'], then: 'end' },
  },
});
