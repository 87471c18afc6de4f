import { isOneLetterApart } from '../core/text.ts';

/** Known words that one letter more, less, other, or two letters swapped would make of a word. */
export type Spelling = (word: string) => readonly string[];

/** Prepares words of at least so many letters. The first letter has to be right. */
export function createSpelling(words: Iterable<string>, shortest: number): Spelling {
  const byShorter = new Map<string, string[]>();
  for (const word of words) {
    if (word.length < shortest) continue;
    for (const shorter of withoutOneLetter(word)) {
      const others = byShorter.get(shorter);
      if (others === undefined) byShorter.set(shorter, [word]);
      else others.push(word);
    }
  }
  return (word) => {
    if (word.length < shortest) return [];
    const found = new Set<string>();
    for (const shorter of withoutOneLetter(word)) {
      for (const known of byShorter.get(shorter) ?? []) {
        if (known[0] === word[0] && isOneLetterApart(known, word)) found.add(known);
      }
    }
    return [...found];
  };
}

function withoutOneLetter(word: string): readonly string[] {
  return [word, ...Array.from(word, (_letter, index) => word.slice(0, index) + word.slice(index + 1))];
}
