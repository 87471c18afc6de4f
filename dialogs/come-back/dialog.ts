import { defineDialog } from '../../src/core/dialog.ts';
import { rules } from './rules.ts';

/** After days, or on a shared telephone: go on, start again, or somebody else. The topic is never named. */
export const comeBack = defineDialog({
  id: 'come-back',
  version: 1,
  answers: {},
  start: 'whoWrites',
  steps: {
    whoWrites: { kind: 'branch', exits: ['offer', 'forget'], choose: rules.whoWrites },
    offer: {
      kind: 'choose',
      key: 'offer',
      choices: ['go-on', 'start-again', 'someone-else'],
      exits: { 'go-on': 'end', 'start-again': 'dropOlder', 'someone-else': 'forget' },
    },
    dropOlder: { kind: 'act', act: 'drop-older-dialogs', then: 'openMenu' },
    forget: { kind: 'act', act: 'become-someone-else', then: 'sayForgotten' },
    sayForgotten: { kind: 'say', key: 'forgotten', then: 'openMenu' },
    openMenu: { kind: 'start', dialog: 'menu', then: 'end' },
  },
});
