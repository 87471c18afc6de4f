import lists from '../words/redaction.json' with { type: 'json' };

type ListName = {
  [Name in keyof typeof lists]: (typeof lists)[Name] extends string ? Name : never;
}[keyof typeof lists];

/** A list of words of `words/redaction.json`. */
export const wordSet = (name: ListName): ReadonlySet<string> => new Set(foldedWords(lists[name]));

/** Phrases that stand before a name, word by word. */
export const nameCues: readonly (readonly string[])[] = lists.nameCues.map(foldedWords);

/** Words for numbers, to their digits. */
export const numberWords = {
  single: byValue(lists.numbers.single),
  teens: byValue(lists.numbers.teens),
  tens: byValue(lists.numbers.tens),
  hundreds: byValue(lists.numbers.hundreds),
  scales: byValue(lists.numbers.scales),
  twice: new Set(foldedWords(lists.numbers.twice)),
  thrice: new Set(foldedWords(lists.numbers.thrice)),
} as const;

/** Words for months, to their numbers. */
export const months: ReadonlyMap<string, string> = byValue(lists.months);

/** Lower case without accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/** The words of a line, folded. */
export function foldedWords(line: string): readonly string[] {
  return fold(line)
    .split(' ')
    .filter((word) => word !== '');
}

function byValue(record: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(record).flatMap(([value, words]) => foldedWords(words).map((word) => [word, value])),
  );
}
