import { createFinder } from './finder.ts';
import type { Token } from './fold.ts';
import words from './words/tongues.json' with { type: 'json' };

/** Prepares the names of languages, in Spanish, English and themselves. */
export function createTongueReader(): (tokens: readonly Token[]) => readonly string[] {
  const find = createFinder(
    Object.entries(words.names).flatMap(([tag, names]) => names.map((phrase) => ({ phrase, value: tag }))),
    () => true,
  );
  return (tokens) => {
    const mentions = find(tokens);
    const wanted = mentions.filter(({ from }) => !isNotSpoken(tokens, from));
    return [...new Set((wanted.length > 0 ? wanted : []).flatMap(({ values }) => values))];
  };
}

/** "I do not speak Spanish" asks for any other language. */
function isNotSpoken(tokens: readonly Token[], from: number): boolean {
  const before = tokens.slice(Math.max(from - 4, 0), from).map(({ text }) => text);
  return before.some((word) => words.not.includes(word));
}
