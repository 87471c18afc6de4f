import names from '../words/names.json' with { type: 'json' };
import type { Found } from './found.ts';
import { foldedWords, nameCues, wordSet } from './lists.ts';
import type { Plain, Token } from './plain.ts';

const given = new Set(names.given.flatMap(foldedWords));
const surnames = new Set(names.surnames.flatMap(foldedWords));
/** Names that are words, months or places too: they need another sign beside them. */
const ordinary = new Set(names.ordinary.flatMap(foldedWords));
const beforePlaces = new Set(names.beforePlaces.flatMap(foldedWords));
const particles = new Set([
  'de',
  'del',
  'la',
  'las',
  'los',
  'y',
  'da',
  'do',
  'dos',
  'van',
  'von',
  'san',
  'santa',
]);
const weakCues = wordSet('weakCues');
const stops = wordSet('stops');
const mostWords = 6;
/** Endings of trades, peoples and the like: "Soy Albañil" names nobody. */
const noNameEnding =
  /(?:ista|eros?|eras?|or|ora|anos?|anas?|enos?|enas?|ense|eco|eca|ado|ada|ante|ente|ivo|iva|cion|dad|ing|er|an|ian)$/u;
const diminutive = /^(.{3,})(?:it|cit)([oa])s?$/u;
const first = nameCuesByFirst();

/** What a word may be: surely a name, perhaps one, or none. */
type Likeness = 'given' | 'surname' | 'maybe-given' | 'maybe-surname' | 'none';

/** Names of people: behind "me llamo" and the like, in a row, or so common that nothing else can be meant. */
export function namesIn(plain: Plain, places: ReadonlySet<string>): readonly Found[] {
  const { tokens } = plain;
  const isTitled = isWrittenInCapitals(plain);
  const isPlace = placeWords(tokens, places);
  const spans: Span[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const cue = cueLength(tokens, at);
    const span =
      cue > 0
        ? afterCue(tokens, at + cue, isTitled)
        : (afterWeakCue(tokens, at, isTitled, isPlace) ?? inARow(tokens, at, isTitled, isPlace));
    if (span === undefined) continue;
    const last = spans.at(-1);
    // "juan quixan garcia": one word between two names is a name of no list.
    const isJoined = last?.to === span.from - 1 && isNameWord(tokens[last.to]);
    spans[isJoined ? spans.length - 1 : spans.length] = isJoined ? { from: last.from, to: span.to } : span;
    at = span.to - 1;
  }
  return spans.flatMap(({ from, to }) => {
    const [first, last] = [tokens[from], tokens[to - 1]];
    return first === undefined || last === undefined ? [] : [{ kind: 'NAME', from: first.from, to: last.to }];
  });
}

const isNameWord = (token: Token | undefined): boolean =>
  token?.kind === 'word' && token.text.length > 3 && !stops.has(token.text) && !weakCues.has(token.text);

interface Span {
  readonly from: number;
  readonly to: number;
}

function nameCuesByFirst(): ReadonlyMap<string, readonly (readonly string[])[]> {
  const byFirst = new Map<string, (readonly string[])[]>();
  for (const cue of nameCues) byFirst.set(cue[0] ?? '', [...(byFirst.get(cue[0] ?? '') ?? []), cue]);
  return byFirst;
}

/** Tokens of the longest cue that begins here; 0 when none does. */
function cueLength(tokens: readonly Token[], at: number): number {
  let longest = 0;
  for (const cue of first.get(tokens[at]?.text ?? '') ?? []) {
    let next = at;
    const fits = cue.every((word) => {
      if (/^['’´`]$/u.test(tokens[next]?.text ?? '')) next += 1;
      next += 1;
      return tokens[next - 1]?.text === word;
    });
    if (fits) longest = Math.max(longest, next - at);
  }
  return longest;
}

/** Whatever follows "me llamo" is a name, up to a word of the sentence. */
function afterCue(tokens: readonly Token[], from: number, isTitled: boolean): Span | undefined {
  let start = from;
  while (start < from + 3 && /^(?:[:,.'"“«*_-]|es|is|son|e|yo)$/u.test(tokens[start]?.text ?? '')) start += 1;
  const to = endOfName(tokens, start, isTitled, 2);
  return to > start ? { from: start, to } : undefined;
}

/** "soy", "mi hermano", "don": a name follows when the word is one, or is written with a capital. */
function afterWeakCue(
  tokens: readonly Token[],
  at: number,
  isTitled: boolean,
  isPlace: readonly boolean[],
): Span | undefined {
  const cue = tokens[at];
  if (cue === undefined || !weakCues.has(cue.text)) return undefined;
  let start = at + 1;
  if (
    /^[.:,]$/u.test(tokens[start]?.text ?? '') &&
    (/^(?:.{1,5}|atentamente)$/u.test(cue.text) || tokens[start]?.text === ':')
  )
    start += 1;
  const name = tokens[start];
  if (name?.kind !== 'word' || stops.has(name.text) || isPlace[start] === true) return undefined;
  const isNamed = likeness(name) !== 'none' || (!isTitled && name.isCapital && isOddWord(tokens, start));
  const isBeforeName = isSureName(tokens[start + 1]);
  const to = isNamed || isBeforeName ? endOfName(tokens, start, isTitled, isBeforeName ? 1 : 0) : start;
  return to > start ? { from: start, to } : undefined;
}

const isSureName = (token: Token | undefined): boolean =>
  token !== undefined && (likeness(token) === 'given' || likeness(token) === 'surname');

function isOddWord(tokens: readonly Token[], at: number): boolean {
  const [name, next] = [tokens[at], tokens[at + 1]];
  if (name === undefined || name.text.length < 3 || weakCues.has(name.text)) return false;
  return !noNameEnding.test(name.text) || (next?.isCapital === true && !stops.has(next.text));
}

/** `unknown`: how many words in small letters, of no list, may belong to it. */
function endOfName(tokens: readonly Token[], start: number, isTitled: boolean, unknown: number): number {
  let to = start;
  let sureTo = start;
  let unsure = 0;
  while (to - start < mostWords) {
    const token = tokens[to];
    if (token === undefined) return to;
    if (isInitial(tokens, to) || isHyphen(tokens, to)) {
      to += 1;
      continue;
    }
    const afterParticle = skipParticles(tokens, to);
    if (afterParticle > to) {
      if (to === start || !isPartOfName(tokens[afterParticle], isTitled)) return to;
      to = afterParticle;
      continue;
    }
    if (token.kind !== 'word' || stops.has(token.text)) return to;
    const isKnown = isPartOfName(token, isTitled);
    unsure = isKnown ? 0 : unsure + 1;
    // A longer stretch of other words is the sentence going on.
    if (unsure > unknown) return sureTo > start ? sureTo : to;
    to += 1;
    if (isKnown) sureTo = to;
  }
  return to;
}

const isPartOfName = (token: Token | undefined, isTitled: boolean): boolean =>
  token?.kind === 'word' &&
  !stops.has(token.text) &&
  (likeness(token) !== 'none' || (!isTitled && token.isCapital));

/** "J." */
function isInitial(tokens: readonly Token[], at: number): boolean {
  const isLetter = (token: Token | undefined): boolean =>
    token?.kind === 'word' && token.text.length === 1 && token.isCapital;
  const isDot = (token: Token | undefined): boolean => token?.text === '.';
  return isDot(tokens[at]) ? isLetter(tokens[at - 1]) : isLetter(tokens[at]) && isDot(tokens[at + 1]);
}

const isHyphen = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '-' && tokens[at].isGlued && tokens[at + 1]?.isGlued === true;

function skipParticles(tokens: readonly Token[], at: number): number {
  let next = at;
  while (next < at + 2 && particles.has(tokens[next]?.text ?? '')) next += 1;
  return next;
}

/** Names one after another, or one that can be nothing else. */
function inARow(
  tokens: readonly Token[],
  at: number,
  isTitled: boolean,
  isPlace: readonly boolean[],
): Span | undefined {
  const token = tokens[at];
  if (token?.kind !== 'word' || stops.has(token.text) || isPlace[at] === true) return undefined;
  const start = likeness(token) === 'none' ? at + 1 : at;
  if (start > at && !isUnlistedName(tokens, at, isTitled, isPlace)) return undefined;
  const to = endOfRow(tokens, start, isTitled, isPlace);
  const words = tokens.slice(at, to).filter(({ kind, text }) => kind === 'word' && !particles.has(text));
  const isPair = words.length >= 2 && words.every(({ isCapital }) => isCapital) && !isTitled;
  return words.some(isSureName) || isPair ? { from: at, to } : undefined;
}

/** A word of no list before a name: "Ixchel Flores", "elvert mejía". */
function isUnlistedName(
  tokens: readonly Token[],
  at: number,
  isTitled: boolean,
  isPlace: readonly boolean[],
): boolean {
  const [word, next] = [tokens[at], tokens[at + 1]];
  if (word === undefined || next === undefined || word.text.length < 4 || isPlace[at + 1] === true)
    return false;
  if (!isTitled && word.isCapital && next.isCapital) return likeness(next) !== 'none';
  return likeness(next) === 'surname' && /^(?:con|a|de|with|to)$/u.test(tokens[at - 1]?.text ?? '');
}

function endOfRow(
  tokens: readonly Token[],
  at: number,
  isTitled: boolean,
  isPlace: readonly boolean[],
): number {
  let to = at;
  while (to - at < mostWords) {
    const token = tokens[to];
    if (token === undefined || isPlace[to] === true) break;
    if (to > at && (isInitial(tokens, to) || isHyphen(tokens, to))) {
      to += 1;
      continue;
    }
    const afterParticle = to > at ? skipParticles(tokens, to) : to;
    const next = tokens[afterParticle];
    if (next?.kind !== 'word' || stops.has(next.text)) break;
    const isName = likeness(next) !== 'none';
    const isCapital = !isTitled && next.isCapital && next.text.length > 2 && to > at && afterParticle === to;
    if (!isName && !isCapital) break;
    to = afterParticle + 1;
  }
  return to;
}

function likeness({ kind, text }: Token): Likeness {
  if (kind !== 'word' || text.length < 2) return 'none';
  const isOrdinary = ordinary.has(text);
  if (isGiven(text)) return isOrdinary ? 'maybe-given' : 'given';
  if (surnames.has(text)) return isOrdinary || text.length < 4 ? 'maybe-surname' : 'surname';
  return 'none';
}

function isGiven(word: string): boolean {
  if (given.has(word)) return true;
  const small = diminutive.exec(word);
  if (small === null) return false;
  const [, stem = '', ending = ''] = small;
  return [`${stem}${ending}`, stem].some((name) => given.has(name) && !ordinary.has(name));
}

/** In a text all in capitals, or with a capital on every word, a capital says nothing. */
function isWrittenInCapitals({ text, tokens }: Plain): boolean {
  const isUpperCase = text === text.toUpperCase();
  const words = tokens.filter(({ kind, text }) => kind === 'word' && text.length > 2);
  const capitals = words.filter(({ isCapital }) => isCapital).length;
  return words.length >= 7 ? capitals * 3 > words.length * 2 : words.length >= 3 && isUpperCase;
}

/** Which tokens belong to a place: a known name, or a word behind "san", "puerto", "colonia". */
function placeWords(tokens: readonly Token[], places: ReadonlySet<string>): readonly boolean[] {
  const isPlace = tokens.map((_token, at) => beforePlaces.has(tokens[at - 1]?.text ?? ''));
  tokens.forEach((_token, at) => {
    let words = '';
    for (let to = at; to < Math.min(tokens.length, at + 5); to += 1) {
      words = to === at ? (tokens[to]?.text ?? '') : `${words} ${tokens[to]?.text ?? ''}`;
      if (places.has(words)) isPlace.fill(true, at, to + 1);
    }
  });
  return isPlace;
}
