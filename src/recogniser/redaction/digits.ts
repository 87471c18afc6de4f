import { numberWords, wordSet } from './lists.ts';
import type { Token } from './plain.ts';

/** A number as it stands in the text: its digits, and its tokens from the first to after the last. */
export interface Unit {
  readonly digits: string;
  readonly from: number;
  readonly to: number;
  readonly isWord: boolean;
}

/** Numbers that follow each other with nothing but blanks, signs and words like "dash" between them. */
export interface Run {
  readonly units: readonly Unit[];
  readonly digits: string;
  /** Tokens, from the first to after the last. */
  readonly from: number;
  readonly to: number;
}

const { single, teens, tens, hundreds, twice, thrice } = numberWords;
const between = wordSet('between');
const rejoin = wordSet('rejoin');
const composite = new Set(['y', 'i', 'e', 'and', 'et']);
/** Signs that end a number: what follows is another one. */
const ending = /[?!;%$€£₡¢&¿¡[\]]/u;
const mostSigns = 3;
const longestWord = 80;
const allSmall = [...single.keys(), ...teens.keys(), ...tens.keys()]
  .filter((word) => word.length > 2)
  .sort((left, right) => right.length - left.length);
const smallWord = new RegExp(allSmall.join('|'), 'gu');

/** All runs of numbers of a text. */
export function runsOf(tokens: readonly Token[]): readonly Run[] {
  const runs: Run[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const units: Unit[] = [];
    for (
      let unit = unitAt(tokens, at);
      unit !== undefined;
      unit = unitAt(tokens, afterGap(tokens, unit.to))
    ) {
      units.push(unit);
    }
    const [first, last] = [units[0], units.at(-1)];
    if (first === undefined || last === undefined) continue;
    const digits = units.map((unit) => unit.digits).join('');
    runs.push({ units, digits, from: first.from, to: last.to });
    at = last.to - 1;
  }
  return runs;
}

/** The number that begins at a token, if one does; a time of day is none. */
export function unitAt(tokens: readonly Token[], at: number): Unit | undefined {
  const token = tokens[at];
  if (token === undefined || token.kind === 'sign') return undefined;
  if (token.kind === 'digits') return isTime(tokens, at) ? undefined : written(tokens, at);
  return spoken(tokens, at);
}

/** Index of the token after signs and words that may stand inside a number. */
function afterGap(tokens: readonly Token[], from: number): number {
  let at = from;
  let signs = 0;
  while (signs < mostSigns && tokens[at]?.kind === 'sign' && !ending.test(tokens[at]?.text ?? '')) {
    at += 1;
    signs += 1;
  }
  const word = tokens[at]?.text ?? '';
  if (between.has(word)) return at + 1;
  return rejoin.has(word) && between.has(tokens[at + 1]?.text ?? '') ? at + 2 : at;
}

function isTime(tokens: readonly Token[], at: number): boolean {
  const isPair = (colon: number): boolean =>
    tokens[colon]?.text === ':' &&
    /^\d{1,2}$/u.test(tokens[colon - 1]?.text ?? '') &&
    /^\d\d$/u.test(tokens[colon + 1]?.text ?? '') &&
    tokens[colon + 2]?.text !== ':' &&
    tokens[colon - 2]?.text !== ':';
  return isPair(at + 1) || isPair(at - 1);
}

/** Digits, with letters that are meant as digits inside ("5O2l"). */
function written(tokens: readonly Token[], at: number): Unit {
  let digits = tokens[at]?.text ?? '';
  let to = at + 1;
  for (;;) {
    const [letters, more] = [tokens[to], tokens[to + 1]];
    const isInside = letters?.isGlued === true && /^[oil]{1,3}$/u.test(letters.text);
    if (!isInside || more?.kind !== 'digits' || !more.isGlued) break;
    digits += letters.text.replace(/o/gu, '0').replace(/[il]/gu, '1') + more.text;
    to += 2;
  }
  return { digits, from: at, to, isWord: false };
}

function spoken(tokens: readonly Token[], at: number): Unit | undefined {
  const word = tokens[at]?.text ?? '';
  if (twice.has(word) || thrice.has(word)) {
    const unit = unitAt(tokens, at + 1);
    if (unit === undefined) return undefined;
    return { digits: unit.digits.repeat(twice.has(word) ? 2 : 3), from: at, to: unit.to, isWord: true };
  }
  const hundred = hundreds.get(word);
  if (hundred !== undefined) return sum(at, hundred, belowHundred(tokens, skipAnd(tokens, at + 1)));
  return belowHundred(tokens, at) ?? runTogether(word, at);
}

function belowHundred(tokens: readonly Token[], at: number): Unit | undefined {
  const word = tokens[at]?.text ?? '';
  const small = single.get(word) ?? teens.get(word);
  if (small !== undefined) return { digits: small, from: at, to: at + 1, isWord: true };
  const ten = tens.get(word);
  if (ten === undefined) return undefined;
  const next = skipAnd(tokens, at + 1);
  const one = single.get(tokens[next]?.text ?? '');
  const isOne = one !== undefined && one !== '0';
  return sum(at, ten, isOne ? { digits: one, from: next, to: next + 1, isWord: true } : undefined);
}

/** "fifty" and "five" are 55. */
function sum(at: number, value: string, rest: Unit | undefined): Unit {
  const digits = String(Number(value) + Number(rest?.digits ?? 0));
  return { digits, from: at, to: rest?.to ?? at + 1, isWord: true };
}

function skipAnd(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  return token !== undefined && (composite.has(token.text) || token.text === '-') ? at + 1 : at;
}

/** "cincocincouno": two number words or more and nothing else. */
function runTogether(word: string, at: number): Unit | undefined {
  if (word.length < 6 || word.length > longestWord) return undefined;
  const found = word.match(smallWord) ?? [];
  if (found.length < 2 || found.join('').length !== word.length) return undefined;
  const digits = found.map((part) => single.get(part) ?? teens.get(part) ?? tens.get(part) ?? '').join('');
  return { digits, from: at, to: at + 1, isWord: true };
}
