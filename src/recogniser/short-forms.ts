import common from './words/common.json' with { type: 'json' };
import words from './words/short-forms.json' with { type: 'json' };

/** Abbreviations of texting, written out. */
export const shortForms: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(words).map(([short, whole]) => [short, whole.split(' ')]),
);

/** Ordinary words that are never taken for a misspelt other one. */
export const commonWords: ReadonlySet<string> = new Set(common);
