import { soundOf, unmask, type Token } from './fold.ts';
import { createSpelling, type Spelling } from './spelling.ts';

/** What two words are compared by: how they sound in Spanish, or their letters. */
export type Heard = 'sound' | 'text';

/** Words and beginnings of words by number, with a quick way from a token to the numbers it stands for. */
export interface Vocabulary {
  readonly add: (word: string) => number;
  /** A reader for one message; no word can be added after the first. */
  readonly reader: () => (token: Token) => readonly number[];
}

/** Misspelt words looked for in one message. */
const mostMisspelt = 120;
const numberSign = '#';
const anyNumber = /^\d+[a-z]{0,3}$/u;

/** `common` words are never taken for a misspelt one; shorter words than `shortestMisspelt` neither. */
export function createVocabulary(
  heard: Heard,
  common: ReadonlySet<string>,
  shortestMisspelt: number,
): Vocabulary {
  let count = 0;
  let numberSymbol: number | undefined;
  let guess: Spelling | undefined;
  const whole = new Map<string, number>();
  const begun = new Map<string, number>();
  const add = (word: string): number => {
    if (word === numberSign) return (numberSymbol ??= count++);
    const plain = unmask(word).replace(/[^a-z0-9]/gu, '');
    const sound = heard === 'sound' ? soundOf(plain) : plain;
    const isBeginning = word.endsWith('*');
    const words = isBeginning ? begun : whole;
    const known = words.get(sound);
    if (known !== undefined) return known;
    for (const spelt of isBeginning ? beginnings(sound) : [sound]) words.set(spelt, count);
    return count++;
  };
  const find = (token: Token, mayGuess: boolean): readonly number[] => {
    const found: number[] = [];
    const sound = token[heard];
    const exact = whole.get(sound);
    if (exact !== undefined) found.push(exact);
    for (let length = 2; length <= sound.length; length += 1) {
      const symbol = begun.get(sound.slice(0, length));
      if (symbol !== undefined) found.push(symbol);
    }
    if (numberSymbol !== undefined && anyNumber.test(token.text)) found.push(numberSymbol);
    if (found.length > 0 || !mayGuess) return found;
    guess ??= createSpelling(whole.keys(), shortestMisspelt);
    return guess(sound).flatMap((word) => whole.get(word) ?? []);
  };
  const reader = () => {
    const seen = new Map<string, readonly number[]>();
    let guesses = 0;
    return (token: Token) => {
      const known = seen.get(token.text);
      if (known !== undefined) return known;
      const isLong = token[heard].length >= shortestMisspelt;
      const mayGuess = isLong && !common.has(token.text) && guesses < mostMisspelt;
      if (mayGuess) guesses += 1;
      const found = find(token, mayGuess);
      seen.set(token.text, found);
      return found;
    };
  };
  return { add, reader };
}

/** What comes after decides how the last letter sounds: "pag*" is "pagar" and "page", "violenc*" is "violencia". */
function beginnings(sound: string): readonly string[] {
  const [start, last] = [sound.slice(0, -1), sound.slice(-1)];
  if (last === 'k' || last === 's') return [`${start}k`, `${start}s`];
  return last === 'g' || last === 'j' ? [`${start}g`, `${start}j`] : [sound];
}
