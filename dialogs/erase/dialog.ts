import { defineDialog } from '../../src/core/dialog.ts';

/** Erasing: one confirmation, then what is gone and what stays outside our reach. */
export const erase = defineDialog({
  id: 'erase',
  version: 1,
  answers: {},
  start: 'confirm',
  intents: ['privacy_delete_my_data'],
  steps: {
    confirm: {
      kind: 'choose',
      key: 'confirm',
      choices: ['yes', 'no'],
      exits: { yes: 'dropOlder', no: 'sayKept' },
    },
    dropOlder: { kind: 'act', act: 'drop-older-dialogs', then: 'eraseAll' },
    eraseAll: { kind: 'act', act: 'erase', then: 'sayErased' },
    sayErased: { kind: 'say', key: 'erased', then: 'end' },
    sayKept: { kind: 'say', key: 'kept', then: 'end' },
  },
});
