import type { ChoiceWords } from '../../src/core/choice-words.ts';
import words from './choice-words.json' with { type: 'json' };

const languages = Object.values(words);
const inAll = (pick: (language: (typeof languages)[number]) => readonly string[]): readonly string[] =>
  languages.flatMap(pick);

/** The words by which people choose from an offer, of all languages at once. */
export const choiceWords: ChoiceWords = {
  numbers: new Map(
    languages.flatMap(({ numbers }) =>
      numbers.flatMap((row, index) => row.split(' ').map((word) => [word, index + 1] as const)),
    ),
  ),
  fillers: new Set(inAll(({ fillers }) => fillers.split(' '))),
  yes: { exact: inAll(({ yes }) => yes), also: inAll(({ alsoYes }) => alsoYes) },
  no: { exact: inAll(({ no }) => no), also: inAll(({ alsoNo }) => alsoNo) },
  polite: inAll(({ polite }) => polite),
};
