import { languageTag, type LanguageTag } from '../core/ids.ts';
import { soundOf, type Token } from './fold.ts';
import lists from './words/language.json' with { type: 'json' };

/** A guess, and how sure it is from 0 to 1. One or two words are never sure. */
export interface LanguageGuess {
  readonly language: LanguageTag;
  readonly confidence: number;
}

const known: Readonly<Record<string, readonly string[]>> = lists.words;
const languages = Object.keys(known);
/** Letters and signs that only one of the languages has. */
const signs: readonly (readonly [RegExp, string])[] = [
  [/[ñ¿¡]/iu, 'es'],
  [/[ãõ]|ção|ções|lh[aeo]/iu, 'pt'],
  [/[œùêîû]|\bqu['’]|\b[cdjlmnst]['’][aeéhiou]/iu, 'fr'],
  [/\b(?:mw|kr[eè]y|pw|tr[eè]|gw)|[aeo]n\s+m\s|[èò]/iu, 'ht'],
  [/q['’]|k['’]|tz['’]|ch['’]/iu, 'quc'],
];
const signWeight = 1;
/** What a message without any known word would have to say. */
const doubt = 0.9;
const leastWords = 3;
const wordsRead = 60;
const shortAtMost = 0.6;

const weights = new Map<string, ReadonlyMap<string, number>>();
for (const language of languages) {
  for (const word of known[language] ?? []) {
    const sharing = languages.filter((other) => known[other]?.includes(word));
    weights.set(word, new Map(sharing.map((other) => [other, 1 / sharing.length ** 2])));
  }
}

const spanishSounds = new Set((known['es'] ?? []).filter((word) => word.length > 2).map(soundOf));
/** A word that is Spanish only by its sound ("kurso") says a little less. */
const soundWeight = 0.7;

/** The language of a message by its small words and its letters; the hint stays unless the text is plainly another. */
export function languageOf(
  text: string,
  tokens: readonly Token[],
  hint: LanguageTag | undefined,
): LanguageGuess {
  const scores = new Map<string, number>(languages.map((language) => [language, 0]));
  const add = (language: string, weight: number) =>
    scores.set(language, (scores.get(language) ?? 0) + weight);
  const seen = new Map(tokens.slice(0, wordsRead).map((token) => [token.text, token.sound]));
  for (const [word, sound] of seen) {
    const shares = weights.get(word);
    if (shares === undefined && spanishSounds.has(sound)) add('es', soundWeight);
    for (const [language, weight] of shares ?? []) add(language, weight);
  }
  const start = text.slice(0, 400);
  for (const [letters, language] of signs) if (letters.test(start)) add(language, signWeight);
  const [[best, score] = ['es', 0], [, second] = ['', 0]] = [...scores].sort(
    (left, right) => right[1] - left[1],
  );
  const share = score / (score + second + doubt);
  const confidence = tokens.length < leastWords ? Math.min(share, shortAtMost) : share;
  const isPlain = confidence >= shortAtMost && tokens.length >= leastWords;
  if (score === 0 || (hint !== undefined && hint !== best && !isPlain)) {
    return { language: hint ?? languageTag('es'), confidence: score === 0 ? 0 : 1 - share };
  }
  return { language: languageTag(best), confidence };
}
