import lists from './words/draft.json' with { type: 'json' };
import { unitAt } from './redaction/digits.ts';
import { foldedWords, numberWords } from './redaction/lists.ts';
import { plainOf, type Token } from './redaction/plain.ts';

/** A piece of the directory that a draft may rest on. */
export interface Snippet {
  readonly id: string;
  readonly text: string;
}

const mustStand = new Set(foldedWords(lists.mustStand));
const neverClaimed = lists.neverClaimed.map((phrase) => ` ${phrase} `);
const placeholder = /\[[A-Z]+_\d+\]/gu;
const thousands = /(?<=\d)[.,](?=\d{3}(?!\d))/gu;
const address =
  /[\p{L}\d._-]{1,80}@[\p{L}\d.-]{1,80}|(?:https?:\/\/)?[\p{L}\d-]{1,60}(?:\.[\p{L}\d-]{1,60}){0,4}\.[a-z]{2,12}(?:\/[^\s)]{0,200})?/giu;
const sign = /^[$€£₡%°]$/u;

/**
 * Whether a draft rests on the snippets it cites: every number, date, price, link and law of it stands there, and it
 * claims no deed (safety.md F6, F10). `placeholders`: those that may stand in it.
 */
export function isFounded(
  draft: string,
  cited: readonly Snippet[],
  placeholders: readonly string[],
): boolean {
  if (cited.length === 0) return false;
  const known = cited.map(({ text }) => text).join('\n');
  const isKnownPlaceholder = (draft.match(placeholder) ?? []).every((one) => placeholders.includes(one));
  const words = draft.replace(placeholder, ' ');
  const facts = factsOf(known);
  return (
    isKnownPlaceholder &&
    addressesOf(words).every((one) => known.toLowerCase().includes(one)) &&
    [...factsOf(words)].every((fact) => facts.has(fact)) &&
    !neverClaimed.some((phrase) => spaced(words).includes(phrase))
  );
}

const spaced = (text: string): string =>
  ` ${plainOf(text)
    .tokens.filter(({ kind }) => kind !== 'sign')
    .map((token) => token.text)
    .join(' ')} `;

const addressesOf = (text: string): readonly string[] =>
  (text.match(address) ?? []).map((one) => one.toLowerCase().replace(/[.,]$/u, ''));

/** Numbers, in digits or words, and words that make a claim of time, price or law. */
function factsOf(text: string): ReadonlySet<string> {
  const { tokens } = plainOf(text.replace(thousands, ''));
  const facts = new Set<string>();
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const unit = token.kind === 'digits' ? digitsUnit(token, at) : unitAt(tokens, at);
    if (unit !== undefined) {
      if (unit.digits !== '1' || token.kind === 'digits') facts.add(String(BigInt(unit.digits)));
      at = unit.to - 1;
    } else if (mustStand.has(token.text) || numberWords.scales.has(token.text) || sign.test(token.text)) {
      facts.add(token.text);
    }
  }
  return facts;
}

const digitsUnit = (token: Token, at: number): { readonly digits: string; readonly to: number } => ({
  digits: token.text,
  to: at + 1,
});
