import words from './words/money.json' with { type: 'json' };

/** A word, a written number or a sign of a message. */
export interface Piece {
  readonly text: string;
  /** Nothing stands between it and the piece before. */
  readonly isGlued: boolean;
  readonly isCapital: boolean;
}

/** A number of a message: "5 mil", "treinta y cinco", "2,500.50". */
export interface SpokenNumber {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  /** It has "mil", "k" or "millón". */
  readonly isScaled: boolean;
  readonly hasDigits: boolean;
}

const longestText = 1_500;
const marks = /\p{M}+/gu;
const pieces = /(?:us|rd|mx|c)\$|b\/|\d+(?:[.,'’]\d+)*|\p{L}+|[^\s\p{L}\d]/giu;
const numbers = new Map(Object.entries(words.numbers));
const scales = new Map(Object.entries(words.scales));
const halves = new Set(words.halves);
const million = 1_000_000;

/** Cuts a text into words, numbers and signs, lower case without accents. */
export function piecesOf(text: string): readonly Piece[] {
  const plain = text.slice(0, longestText).normalize('NFKD').replace(marks, '');
  let end = -1;
  return Array.from(plain.matchAll(pieces), ({ 0: found, index }) => {
    const isGlued = index === end;
    end = index + found.length;
    const lower = found.toLowerCase();
    return { text: lower, isGlued, isCapital: found !== lower };
  });
}

/** The numbers of a message, in order. */
export function numbersIn(all: readonly Piece[]): readonly SpokenNumber[] {
  const found: SpokenNumber[] = [];
  for (let from = 0; from < all.length;) {
    const number = numberAt(all, from);
    if (number !== undefined) found.push(number);
    from = number?.to ?? from + 1;
  }
  return found;
}

/** Adds up word by word: what is below the next "mil" or "millón" waits for it. */
function numberAt(all: readonly Piece[], start: number): SpokenNumber | undefined {
  let whole = 0;
  let part: number | undefined;
  let isScaled = false;
  let hasDigits = false;
  let at = start;
  for (; at < all.length; at += 1) {
    const text = all[at]?.text ?? '';
    const scale = scales.get(text);
    const value = valueOf(text);
    if (scale !== undefined && isScale(text, part)) {
      part = (part ?? 1) * scale;
      if (scale === million) part += whole * million;
      whole = scale === million ? part : whole + part;
      part = undefined;
      isScaled = true;
    } else if (
      value !== undefined &&
      (part === undefined ? isBelow(value, isScaled) : addsTo(part, value, hasDigits))
    ) {
      part = (part ?? 0) + value;
      hasDigits ||= isDigits(text);
    } else if (
      part === undefined &&
      at === start &&
      halves.has(text) &&
      scales.get(all[at + 1]?.text ?? '') === million
    ) {
      part = 0.5;
    } else if (!(
      text === 'y' &&
      at > start &&
      valueOf(all[at + 1]?.text ?? '') !== undefined &&
      !isScaled &&
      !hasDigits
    ))
      break;
  }
  if (at === start) return undefined;
  return { from: start, to: at, value: whole + (part ?? 0), isScaled, hasDigits };
}

const isDigits = (text: string): boolean => text >= '0' && text < ':';
/** A "k" alone is "que". */
const isScale = (text: string, part: number | undefined): boolean => text !== 'k' || part !== undefined;
const isBelow = (value: number, isScaled: boolean): boolean => !isScaled || value < 1_000;
/** "Treinta" takes "cinco", "cien" takes "veinte"; written numbers stand alone. */
const addsTo = (part: number, value: number, hasDigits: boolean): boolean =>
  !hasDigits &&
  Number.isInteger(value) &&
  (part % 100 === 0 ? value < 100 && part > 0 : part >= 20 && part % 10 === 0 && value < 10);

function valueOf(text: string): number | undefined {
  return isDigits(text) ? written(text) : numbers.get(text);
}

/** "5,000", "5.000", "2,500.50" and "2.500,50"; a date or an address of the internet is no number. */
function written(text: string): number | undefined {
  const groups = text.split(/[.,'’]/u);
  const [first = ''] = groups;
  const last = groups.at(-1) ?? '';
  if (groups.length === 1) return Number(first);
  const hasCents = last.length < 3;
  const thousands = groups.slice(1, hasCents ? -1 : undefined);
  if (thousands.some(({ length }) => length !== 3) || (thousands.length > 0 && first.length > 3))
    return undefined;
  return Number(`${first}${thousands.join('')}.${hasCents ? last : '0'}`);
}
