import type { Found, PersonalKind } from './found.ts';
import { wordSet } from './lists.ts';
import { isNear, isSumAfter } from './numbers.ts';
import type { Plain, Token } from './plain.ts';

const units = wordSet('units');
const currencyBefore = wordSet('currencyBefore');
const currencyAfter = wordSet('currencyAfter');
const codeCues = wordSet('codeCues');
const plateCues = wordSet('plateCues');
const documentCues = wordSet('documentCues');

/** Papers whose letters and digits have a fixed form, also when written with blanks between: CURP, RFC, voter key. */
const fixedForms = [
  { length: 18, form: /^[a-z]{4}\d\d(?:0\d|1[0-2])[0-3]\d[hmx][a-z]{5}[a-z0-9]\d$/u },
  { length: 18, form: /^[a-z]{6}\d{6}\d\d[hm]\d{3}$/u },
  { length: 13, form: /^[a-z]{4}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[a-z0-9]{3}$/u },
  { length: 12, form: /^[a-z]{3}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[a-z0-9]{3}$/u },
] as const;
const longestForm = 18;
/** "ABC 123", "P 123 ABC": looked for only behind a word such as "placa". */
const plateForm = /^(?:[a-z]{1,3}\d{3,6}[a-z]{0,3}|\d{1,4}[a-z]{2,3}\d{0,4})$/u;

/** Codes of letters and digits: papers, plates, file numbers. */
export function codesIn(plain: Plain): readonly Found[] {
  const { tokens } = plain;
  return [...fixedCodes(tokens), ...gluedCodes(plain), ...plates(tokens)];
}

function fixedCodes(tokens: readonly Token[]): readonly Found[] {
  const found: Found[] = [];
  tokens.forEach((first, at) => {
    if (first.kind !== 'word') return;
    let joined = '';
    for (let to = at; to < tokens.length && joined.length < longestForm; to += 1) {
      const token = tokens[to];
      if (token === undefined || (token.kind === 'sign' && !/^[-./]$/u.test(token.text))) break;
      if (token.kind !== 'sign') joined += token.text;
      if (fixedForms.some(({ length, form }) => joined.length === length && form.test(joined))) {
        found.push({ kind: 'ID', from: first.from, to: token.to });
      }
    }
  });
  return found;
}

interface Glued {
  readonly tokens: readonly Token[];
  readonly start: number;
}

/** Words and digits written together, with at most a hyphen, underscore or slash between. */
function gluedCodes({ text, tokens }: Plain): readonly Found[] {
  const isShouting = text === text.toUpperCase();
  return gluedParts(tokens).flatMap((part) => {
    const kind = codeKind(tokens, part, isShouting);
    const [first, last] = [part.tokens[0], part.tokens.at(-1)];
    return kind === undefined || first === undefined || last === undefined
      ? []
      : [{ kind, from: first.from, to: last.to }];
  });
}

function gluedParts(tokens: readonly Token[]): readonly Glued[] {
  const parts: Glued[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const start = at;
    while (isJoinedToNext(tokens, at)) at += 1;
    if (tokens[start]?.kind !== 'sign') parts.push({ tokens: tokens.slice(start, at + 1), start });
  }
  return parts;
}

function isJoinedToNext(tokens: readonly Token[], at: number): boolean {
  const [token, next, after] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (token === undefined || next?.isGlued !== true) return false;
  if (next.kind !== 'sign') return token.kind !== 'sign' || /^[-_/.]$/u.test(token.text);
  if (token.kind === 'sign' || after?.isGlued !== true || after.kind === 'sign') return false;
  if (/^[-_]$/u.test(next.text)) return true;
  // A slash parts words ("500/semana") and joins numbers ("EXP/123/2024").
  return next.text === '/' && after.kind === 'digits' && (token.kind === 'digits' || token.isCapital);
}

function codeKind(tokens: readonly Token[], part: Glued, isShouting: boolean): PersonalKind | undefined {
  const pieces = part.tokens.filter(({ kind }) => kind !== 'sign');
  const joined = pieces.map(({ text }) => text).join('');
  const digits = joined.replace(/\D/gu, '').length;
  const letters = joined.length - digits;
  const isAfterCue = isNear(tokens, part.start, codeCues) || isNear(tokens, part.start, documentCues);
  if (letters === 0) return undefined;
  if (digits === 0) {
    const isCode =
      isAfterCue && joined.length >= 6 && !isShouting && pieces.every(({ isCapital }) => isCapital);
    return isCode && isConsonantal(joined) ? 'CODE' : undefined;
  }
  if (isQuantity(pieces) && digits < (isAfterCue ? 6 : 7)) return undefined;
  if (isAfterCue && joined.length >= 5) return 'CODE';
  if (digits >= 3 && joined.length >= 5) {
    return isNear(tokens, part.start, plateCues) ? 'PLATE' : 'CODE';
  }
  return digits >= 2 && joined.length >= 8 && /[a-z]\d+[a-z]+\d|\d[a-z]+\d+[a-z]/u.test(joined)
    ? 'CODE'
    : undefined;
}

/** No word is spelled with so few vowels. */
const isConsonantal = (word: string): boolean => word.replace(/[^aeiou]/gu, '').length * 4 <= word.length;

/** "500quetzales", "Q5000", "30dias", "L1500": a number with its unit. */
function isQuantity(pieces: readonly Token[]): boolean {
  const words = pieces.filter(({ kind }) => kind === 'word');
  const isKnown = ({ text }: Token): boolean => units.has(text) || currencyAfter.has(text);
  if (pieces.length - words.length !== 1) return words.every(isKnown);
  const [first, last] = [pieces[0], pieces.at(-1)];
  const number = pieces.find(({ kind }) => kind === 'digits')?.text ?? '';
  if (first?.kind === 'word' && currencyBefore.has(first.text))
    return words.slice(1).every(isKnown) && isSumAfter(first.text, number);
  return last?.kind === 'word' && words.every(isKnown);
}

function plates(tokens: readonly Token[]): readonly Found[] {
  const found: Found[] = [];
  tokens.forEach((token, at) => {
    if (token.kind === 'sign' || !isNear(tokens, at, plateCues)) return;
    let joined = '';
    let best: Found | undefined;
    for (const next of tokens.slice(at, at + 6)) {
      if (next.kind === 'sign' && next.text !== '-') break;
      if (next.kind !== 'sign') joined += next.text;
      if (plateForm.test(joined)) best = { kind: 'PLATE', from: token.from, to: next.to };
    }
    if (best !== undefined) found.push(best);
  });
  return found;
}
