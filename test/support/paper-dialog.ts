import { defineDialog, type AnswerParser } from '../../src/core/dialog.ts';
import { asText } from '../../src/core/values.ts';

const anyWords: AnswerParser = {
  parse: ({ text }) => (text === '' ? { kind: 'unclear' } : { kind: 'understood', value: text }),
};

/** Number of a paper: digits. */
const number: AnswerParser = {
  parse: ({ folded }) =>
    /^\d+$/u.test(folded) ? { kind: 'understood', value: folded } : { kind: 'unclear' },
};

/** A dialog with a remote look-up of ten seconds, begun by "pasaporte": asks a number, asks outside, asks on. */
export const paperDialog = defineDialog({
  id: 'paper',
  version: 1,
  answers: { number, more: anyWords },
  start: 'askNumber',
  intents: ['document_requirements'],
  steps: {
    askNumber: { kind: 'ask', key: 'askNumber', answer: 'number', then: 'search' },
    search: {
      kind: 'look-up',
      where: 'remote',
      name: 'registry',
      input: ['number', 'more'],
      save: 'status',
      then: 'sayStatus',
      whenLate: 'sayLate',
      limit: 10_000,
    },
    sayStatus: {
      kind: 'say',
      compose: ({ status }) => [{ key: `paper:is.${asText(status) ?? 'unknown'}` }],
      then: 'offer',
    },
    sayLate: { kind: 'say', key: 'late', then: 'offer' },
    offer: {
      kind: 'choose',
      key: 'offer',
      choices: () => [
        { value: 'again', title: { text: 'Otra vez' } },
        { value: 'enough', title: { text: 'Suficiente' } },
      ],
      exits: { again: 'search', enough: 'end' },
    },
  },
});
