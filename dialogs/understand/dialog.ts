import { defineDialog } from '../../src/core/dialog.ts';
import { rules } from './rules.ts';

/**
 * Asks outside what a message means that nobody here understood, after asking the person whether that may be. The
 * engine begins it and hears the answer; `then` is for a release that no longer does.
 */
export const understand = defineDialog({
  id: 'understand',
  version: 1,
  answers: {},
  start: 'mayAsk',
  steps: {
    mayAsk: { kind: 'branch', exits: ['askOutside', 'askConsent'], choose: rules.mayAsk },
    askConsent: {
      kind: 'choose',
      key: 'consent',
      choices: ['yes', 'no'],
      exits: { yes: 'keepYes', no: 'sayOtherWords' },
    },
    keepYes: { kind: 'act', act: 'allow-second-opinion', then: 'sayMoment' },
    sayMoment: { kind: 'say', key: 'moment', then: 'askOutside' },
    askOutside: {
      kind: 'look-up',
      where: 'remote',
      name: 'understand',
      input: ['text', 'language'],
      save: 'meaning',
      then: 'sayOtherWords',
      limit: 7_000,
    },
    sayOtherWords: { kind: 'say', key: 'otherWords', then: 'end' },
  },
});
