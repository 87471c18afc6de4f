import { soundOf, unmask, type Token } from './fold.ts';
import { createSpelling, type Spelling } from './spelling.ts';

/** A known phrase in a message: from its first to after its last word. */
export interface Mention<Value> {
  readonly from: number;
  readonly to: number;
  /** How the known phrase sounds, also when the message has it misspelt. */
  readonly sound: string;
  readonly values: readonly Value[];
}

/** Finds known phrases, the longest first, none over another. */
export type Finder<Value> = (tokens: readonly Token[]) => readonly Mention<Value>[];

const longestPhrase = 7;
/** One letter wrong is forgiven from this length on. */
const shortestMisspelt = 6;
/** Misspelt phrases looked for in one message. */
const mostGuesses = 120;
/** "el", "los", "the": beside an ordinary word they make no name. */
const smallWord = 3;

/** Prepares phrases by how they sound. `isPlain` words are never taken for a misspelt phrase. */
export function createFinder<Value>(
  entries: readonly { readonly phrase: string; readonly value: Value }[],
  isPlain: (word: string) => boolean,
): Finder<Value> {
  const known = new Map<string, Value[]>();
  for (const { phrase, value } of entries) {
    const key = keyOf(phrase);
    const values = known.get(key) ?? [];
    if (!values.includes(value)) known.set(key, [...values, value]);
  }
  const firstWords = new Set([...known.keys()].map((key) => key.split(' ')[0]));
  const guess = createSpelling(known.keys(), shortestMisspelt);
  return (tokens) => {
    const mentions: Mention<Value>[] = [];
    let guesses = 0;
    for (let from = 0; from < tokens.length;) {
      const first = tokens[from];
      if (first === undefined) break;
      let found = firstWords.has(first.sound) ? longestAt(tokens, from, known) : undefined;
      if (found === undefined && guesses < mostGuesses && !isPlain(first.text)) {
        guesses += 1;
        found = guessedAt(tokens, from, guess, known, isPlain);
      }
      if (found !== undefined) mentions.push(found);
      from = found?.to ?? from + 1;
    }
    return mentions;
  };
}

/** Two words or one that are a letter away from a known phrase; two ordinary words are none. */
function guessedAt<Value>(
  tokens: readonly Token[],
  from: number,
  guess: Spelling,
  known: ReadonlyMap<string, readonly Value[]>,
  isPlain: (word: string) => boolean,
): Mention<Value> | undefined {
  for (const length of [2, 1]) {
    const words = tokens.slice(from, from + length);
    if (words.length < length || words.every(({ text }) => text.length <= smallWord || isPlain(text)))
      continue;
    const [sound] = guess(words.map((token) => token.sound).join(' '));
    if (sound !== undefined) return { from, to: from + length, sound, values: known.get(sound) ?? [] };
  }
  return undefined;
}

function longestAt<Value>(
  tokens: readonly Token[],
  from: number,
  known: ReadonlyMap<string, readonly Value[]>,
): Mention<Value> | undefined {
  let key = '';
  let best: Mention<Value> | undefined;
  for (let to = from; to < Math.min(from + longestPhrase, tokens.length); to += 1) {
    key = key === '' ? (tokens[to]?.sound ?? '') : `${key} ${tokens[to]?.sound ?? ''}`;
    const values = known.get(key);
    if (values !== undefined) best = { from, to: to + 1, sound: key, values };
  }
  return best;
}

function keyOf(phrase: string): string {
  return (unmask(phrase).match(/[a-z0-9]+/gu) ?? []).map(soundOf).join(' ');
}
