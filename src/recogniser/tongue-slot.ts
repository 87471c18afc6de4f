import { createFinder } from './finder.ts';
import type { Token } from './fold.ts';
import words from './words/tongues.json' with { type: 'json' };

const wordsLookedBack = 4;

/** Prepares the names of languages, in Spanish, English and themselves. */
export function createTongueReader(): (tokens: readonly Token[]) => readonly string[] {
  const find = createFinder(
    Object.entries(words.names).flatMap(([tag, names]) => names.map((phrase) => ({ phrase, value: tag }))),
    () => true,
  );
  return (tokens) => {
    const mentions = find(tokens);
    const wanted = mentions.filter(({ from }) => !isNotSpoken(tokens, from));
    return [...new Set(wanted.flatMap(({ values }) => values))];
  };
}

/** "I do not speak Spanish" asks for any other language. */
function isNotSpoken(tokens: readonly Token[], from: number): boolean {
  const clause = tokens[from]?.clause;
  const before = tokens.slice(Math.max(from - wordsLookedBack, 0), from);
  return before.some((token) => token.clause === clause && words.not.includes(token.text));
}
