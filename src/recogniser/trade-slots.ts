import type { KnownTrade } from '../core/recognition.ts';
import { createFinder, type Mention } from './finder.ts';
import { soundOf, unmask, type Token } from './fold.ts';
import words from './words/trades.json' with { type: 'json' };

/** The trades a message names, Spanish, in order, without doubles. */
export type TradeReader = (tokens: readonly Token[]) => readonly string[];

const soundsOf = (list: readonly string[]): ReadonlySet<string> =>
  new Set(list.map((word) => soundOf(unmask(word))));
const beforeWords = soundsOf(words.before);
const learnWords = soundsOf(words.learn);
const tongueLinks = soundsOf(words.tongueLinks);
const tongues = new Set(words.tongues);
const wordsLookedBack = 3;

/** Prepares the trades. `isPlain` words are never taken for a misspelt trade. */
export function createTradeReader(
  trades: readonly KnownTrade[],
  isPlain: (word: string) => boolean,
): TradeReader {
  const find = createFinder(
    trades.flatMap(({ name, words: ways }) => [...ways, name].map((phrase) => ({ phrase, value: name }))),
    isPlain,
  );
  return (tokens) => {
    const mentions = find(tokens).filter((mention) => isTrade(mention, tokens));
    const now = mentions.filter((mention) => !isBefore(mention, tokens));
    const kept = now.length > 0 ? now : mentions;
    return [...new Set(kept.flatMap(({ values }) => values.slice(0, 1)))];
  };
}

/** "En inglés" asks for the language, "curso de inglés" for a course. */
function isTrade({ values, from }: Mention<string>, tokens: readonly Token[]): boolean {
  if (!values.some((name) => tongues.has(name))) return true;
  if (tongueLinks.has(tokens[from - 1]?.sound ?? '')) return false;
  return tokens.some(({ sound }) => learnWords.has(sound)) || tokens.length === 1;
}

/** What somebody worked in, beside what they want to learn now. */
function isBefore({ from }: Mention<string>, tokens: readonly Token[]): boolean {
  return tokens.slice(Math.max(from - wordsLookedBack, 0), from).some(({ sound }) => beforeWords.has(sound));
}
