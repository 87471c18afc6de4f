import { numbersIn, piecesOf, type Piece, type SpokenNumber } from './spoken-numbers.ts';
import words from './words/money.json' with { type: 'json' };

/** What a message says of money: how much, in what, for how long. */
export interface MoneySlots {
  readonly amount: readonly number[];
  readonly currency: readonly string[];
  readonly term_months: readonly number[];
}

const nothing: MoneySlots = { amount: [], currency: [], term_months: [] };
const anyNumber = new RegExp(
  `\\d|(?<!\\p{L})(?:${[...Object.keys(words.scales), ...Object.keys(words.months), 'año', 'años', 'millón'].filter((word) => word !== 'k').join('|')}|${words.currencies.USD.join('|')}|quetzal|lempira|c[oó]rdoba|peso)`,
  'iu',
);
const signs = new Map(Object.entries(words.signs));
const currencies = new Map(
  Object.entries(words.currencies).flatMap(([code, names]) => names.map((name) => [name, code] as const)),
);
const pesos = new Set(words.pesos);
const people = new Map(Object.entries(words.people));
const pesosOf = new Map(Object.entries(words.pesosOf));
const dollarsOf = new Map(Object.entries(words.dollarsOf));
const money = new Set(words.money);
const directly = new Set(words.directly);
const yearWords = new Set(words.year);
const notMoney = new Set(words.notMoney);
const months = new Map(Object.entries(words.months));
const halves = new Set(words.halves);
const termLinks = new Set(words.termLinks);
const lifeBefore = new Set(words.lifeBefore);
const lifeAfter = new Set(words.lifeAfter);
const wordsOfLife = 4;
const longestTerm = 480;
const mostDigits = 9_999_999;
const leastAlone = 100;
const roundSum = 50;

/** A message in pieces, with the one country it names. */
interface Said {
  readonly pieces: readonly Piece[];
  readonly country: string | undefined;
  readonly isAboutMoney: boolean;
}

/** Reads sums and terms; an age, a year or a telephone number is none. */
export function moneyIn(text: string, countries: readonly string[]): MoneySlots {
  if (!anyNumber.test(text)) return nothing;
  const pieces = piecesOf(text);
  const said: Said = {
    pieces,
    country: countries.length === 1 ? countries[0] : undefined,
    isAboutMoney: pieces.some((piece) => money.has(piece.text)) || currencyApart(pieces).length > 0,
  };
  const numbers = numbersIn(pieces);
  const sums = numbers.flatMap((number) => sumOf(number, said));
  const isAboutMoney = said.isAboutMoney || sums.length > 0;
  const named = sums.flatMap(({ currency }) => currency ?? []);
  return {
    amount: distinct(sums.map(({ value }) => value)),
    currency: distinct(sums.length > 0 && named.length === 0 ? currencyApart(pieces) : named),
    term_months: distinct(termsOf(numbers, { ...said, isAboutMoney })),
  };
}

function distinct<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

interface Sum {
  readonly value: number;
  readonly currency: string | undefined;
}

function sumOf(number: SpokenNumber, said: Said): readonly Sum[] {
  const { value, from } = number;
  if (value <= 0 || isPartOfMore(number, said.pieces)) return [];
  const sign = signBefore(number, said);
  const after = currencyAfter(number, said);
  if (after !== undefined) return [{ value, currency: after.currency ?? sign?.currency }];
  const next = textAt(said.pieces, number.to);
  if (notMoney.has(next) || months.has(next)) return [];
  if (sign !== undefined) return [{ value, currency: sign.currency }];
  if (isYear(number, said.pieces) || said.pieces[from]?.isGlued === true) return [];
  const isWhole = from === 0 && number.to === said.pieces.length;
  const isSum =
    isLent(number, said.pieces) ||
    isSumAlone(number, said) ||
    (number.isScaled && (said.isAboutMoney || (isWhole && value > 1_000)));
  return isSum ? [{ value, currency: undefined }] : [];
}

const textAt = (pieces: readonly Piece[], at: number): string => pieces[at]?.text ?? '';

/** Telephone numbers, dates and codes: "9876-5432", "5555 1234", "10/11". */
function isPartOfMore({ from, to }: SpokenNumber, pieces: readonly Piece[]): boolean {
  const isJoint = (text: string) => ['-', '/', '+', '#', ':', '%'].includes(text) || /^\d/u.test(text);
  const after = pieces[to];
  if (isJoint(textAt(pieces, from - 1)) || (after !== undefined && isJoint(after.text))) return true;
  return (
    after?.isGlued === true &&
    /^\p{L}/u.test(after.text) &&
    !currencies.has(after.text) &&
    !signs.has(after.text)
  );
}

/** "Q5,000", "L. 15,000", "US$ 20"; a small "q" apart is "que" unless much follows. */
function signBefore({ from, value, hasDigits }: SpokenNumber, { pieces, country }: Said): Sum | undefined {
  const at = textAt(pieces, from - 1) === '.' ? from - 2 : from - 1;
  const sign = pieces[at];
  if (sign === undefined || !hasDigits) return undefined;
  if (sign.text === '$') return { value, currency: dollarsOf.get(country ?? '') };
  const currency = signs.get(sign.text);
  const isLetter = sign.text.length === 1 && /^[a-z]/u.test(sign.text);
  const isMeant = !isLetter || sign.isCapital || pieces[from]?.isGlued === true || value >= leastAlone;
  return currency !== undefined && isMeant ? { value, currency } : undefined;
}

/** "Mil quetzales", "un millón de pesos mexicanos", "500$"; pesos and dollar signs are of the country named. */
function currencyAfter(
  { to }: SpokenNumber,
  { pieces, country }: Said,
): { readonly currency: string | undefined } | undefined {
  const at = textAt(pieces, to) === 'de' ? to + 1 : to;
  const name = textAt(pieces, at);
  const ofPeople =
    people.get(textAt(pieces, at + 1)) ?? (pesos.has(textAt(pieces, at + 1)) ? people.get(name) : undefined);
  if (ofPeople !== undefined && (pesos.has(name) || people.has(name))) return { currency: ofPeople };
  const currency =
    currencies.get(name) ?? (signs.has(name) && pieces[at]?.isGlued === true ? signs.get(name) : undefined);
  if (currency !== undefined) return { currency };
  if (!pesos.has(name) || (name === '$' && /^\d/u.test(textAt(pieces, at + 1)))) return undefined;
  return { currency: (name === '$' ? dollarsOf : pesosOf).get(country ?? '') };
}

/** "Pagan en dólares, quiero 5 mil". "Lempira" is a place, too. */
function currencyApart(pieces: readonly Piece[]): readonly string[] {
  const named = distinct(
    pieces.flatMap(({ text }) => (text.endsWith('s') && text.length > 3 ? (currencies.get(text) ?? []) : [])),
  );
  return named.length === 1 ? named : [];
}

function isYear({ from, value, isScaled }: SpokenNumber, pieces: readonly Piece[]): boolean {
  if (value < 1900 || value >= 2100) return false;
  // "El préstamo de 2019" is of that year, "un préstamo de 2000" of that sum.
  return yearWords.has(textAt(pieces, from - 1)) || (!isScaled && value % roundSum !== 0);
}

/** "Préstamo de 5000", "simular 20000": a number without sign right after a word of money. */
function isSumAlone({ from, value, hasDigits }: SpokenNumber, { pieces }: Said): boolean {
  if (!hasDigits || value < leastAlone || value > mostDigits) return false;
  const before = textAt(pieces, from - 1);
  return money.has(before) || (directly.has(before) && money.has(textAt(pieces, from - 2)));
}

/** "20 mil a 24 meses", "5000 a un año". */
function isLent({ to, value }: SpokenNumber, pieces: readonly Piece[]): boolean {
  const time = pieces.slice(to + 1, to + wordsOfLife);
  return value >= leastAlone && textAt(pieces, to) === 'a' && time.some(({ text }) => months.has(text));
}

/** "A 12 meses", "año y medio", "2 años y 6 meses". */
function termsOf(numbers: readonly SpokenNumber[], said: Said): readonly number[] {
  const { pieces } = said;
  const found: number[] = [];
  let lastEnd = -1;
  for (let at = 0; at < pieces.length; at += 1) {
    const unit = months.get(textAt(pieces, at));
    if (unit === undefined) continue;
    const number = numbers.find(({ to }) => to === at);
    const half = halfAfter(pieces, at);
    const count =
      (number?.value ?? (halves.has(textAt(pieces, at - 1)) ? 0.5 : aloneAt(pieces, at, half))) + half;
    const from = number?.from ?? at - 1;
    const term = Math.round(count * unit);
    const isMore = from === lastEnd + 1 && textAt(pieces, lastEnd) === 'y';
    if (term < 1 || term > longestTerm || !isTerm(from, at, said)) continue;
    if (isMore) found.push((found.pop() ?? 0) + term);
    else found.push(term);
    lastEnd = at + 1;
  }
  return found;
}

/** "Año y medio", "for a year" are one, "half a year" is half; "el año" and "800 a month" are none. */
function aloneAt(pieces: readonly Piece[], at: number, half: number): number {
  const before = textAt(pieces, at - 2);
  if (textAt(pieces, at - 1) === 'a' && halves.has(before)) return 0.5;
  if (textAt(pieces, at - 1) === 'a' && termLinks.has(before)) return 1;
  return half > 0 ? 1 : 0;
}

function halfAfter(pieces: readonly Piece[], at: number): number {
  const [and, next, last] = [1, 2, 3].map((ahead) => textAt(pieces, at + ahead));
  const isHalf =
    (and === 'y' && halves.has(next ?? '')) || (and === 'and' && next === 'a' && last === 'half');
  return isHalf ? 0.5 : 0;
}

/** A message of nothing else, or one about money in which the time is not somebody's age or past. */
function isTerm(from: number, at: number, { pieces, isAboutMoney }: Said): boolean {
  const hasNothingElse = from <= 1 && at >= pieces.length - 3;
  if (!isAboutMoney && !hasNothingElse) return false;
  const isOfLife = (piece: Piece, list: ReadonlySet<string>) => list.has(piece.text);
  const before = clauseBefore(pieces, from);
  const after = pieces.slice(at + 1, at + 3);
  return (
    !before.some((piece) => isOfLife(piece, lifeBefore)) && !after.some((piece) => isOfLife(piece, lifeAfter))
  );
}

function clauseBefore(pieces: readonly Piece[], from: number): readonly Piece[] {
  const before = pieces.slice(Math.max(from - wordsOfLife, 0), from);
  const cut = before.findLastIndex(({ text }) => /^[,.;:!?]$/u.test(text));
  return before.slice(cut + 1);
}
