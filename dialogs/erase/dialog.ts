import { defineDialog } from '../../src/core/dialog.ts';
import { rules } from './rules.ts';

/** Erasing: one confirmation, then what is gone, what stays outside our reach, and that a case of danger stays. */
export const erase = defineDialog({
  id: 'erase',
  version: 1,
  answers: {},
  start: 'confirm',
  intents: ['privacy_delete_my_data'],
  steps: {
    confirm: {
      kind: 'choose',
      compose: rules.confirm,
      choices: ['yes', 'no'],
      exits: { yes: 'dropOlder', no: 'sayKept' },
      exactly: 'yes',
    },
    dropOlder: { kind: 'act', act: 'drop-older-dialogs', then: 'eraseAll' },
    eraseAll: { kind: 'act', act: 'erase', then: 'sayErased' },
    sayErased: { kind: 'say', compose: rules.sayErased, then: 'end' },
    sayKept: { kind: 'say', key: 'kept', then: 'end' },
  },
});
