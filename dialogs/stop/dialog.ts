import { defineDialog } from '../../src/core/dialog.ts';

/** ALTO: nothing is written unasked any more, and how to start again. */
export const stop = defineDialog({
  id: 'stop',
  version: 1,
  answers: {},
  start: 'dropOlder',
  intents: ['stop_optout'],
  steps: {
    dropOlder: { kind: 'act', act: 'drop-older-dialogs', then: 'stopWriting' },
    stopWriting: { kind: 'act', act: 'stop', then: 'sayStopped' },
    sayStopped: { kind: 'say', key: 'stopped', then: 'end' },
  },
});
