/** Small, seeded and the same everywhere (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Only letters and digits, folded: how a planted thing is looked for, whatever it was written with. */
export const squeezed = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Something planted, and the pieces of it that must not be left. */
export interface Thing {
  readonly text: string;
  readonly secrets: readonly string[];
}
export type Chance = () => number;

/** One of them. */
export const pick = <Item>(chance: Chance, items: readonly Item[]): Item =>
  items[Math.floor(chance() * items.length)]!;
/** So many digits. */
export const digitsOf = (chance: Chance, count: number, first = '123456789'): string =>
  pick(chance, Array.from(first)) +
  Array.from({ length: count - 1 }, () => String(Math.floor(chance() * 10))).join('');
/** Both halves of what was planted: leaving one is a leak. */
export const halves = (text: string): readonly string[] => {
  const all = squeezed(text);
  return [all.slice(0, Math.ceil(all.length / 2)), all.slice(Math.floor(all.length / 2))];
};

/** Words for digits. */
export const spanishDigits = [
  'cero',
  'uno',
  'dos',
  'tres',
  'cuatro',
  'cinco',
  'seis',
  'siete',
  'ocho',
  'nueve',
];
const englishDigits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const tens = [
  '',
  '',
  'veinti',
  'treinta',
  'cuarenta',
  'cincuenta',
  'sesenta',
  'setenta',
  'ochenta',
  'noventa',
];
/** "cincuenta y cinco, doce". */
export const inPairs = (digits: string): string =>
  (digits.match(/\d\d?/gu) ?? [])
    .map((pair) => {
      const [ten, one] = [Number(pair[0]), Number(pair[1] ?? pair[0])];
      if (pair.length === 1 || ten < 2)
        return Array.from(pair)
          .map((digit) => spanishDigits[Number(digit)])
          .join(' ');
      if (one === 0) return ten === 2 ? 'veinte' : tens[ten]!;
      return ten === 2 ? `veinti${spanishDigits[one]}` : `${tens[ten]} y ${spanishDigits[one]}`;
    })
    .join(', ');
const shifted = (digits: string, zero: number): string =>
  digits.replace(/\d/gu, (digit) => String.fromCodePoint(zero + Number(digit)));

/** Ways people write the same digits so that a filter does not see them, or because they dictate. */
const disguises: readonly ((digits: string) => string)[] = [
  (digits) => digits,
  (digits) => Array.from(digits).join(' '),
  (digits) => Array.from(digits).join('.'),
  (digits) => Array.from(digits).join('-'),
  (digits) => (digits.match(/\d{1,2}/gu) ?? []).join(' '),
  (digits) => (digits.match(/\d{1,4}/gu) ?? []).join(' - '),
  (digits) => (digits.match(/\d{1,3}/gu) ?? []).join('.'),
  (digits) => (digits.match(/\d{1,4}/gu) ?? []).join('\n'),
  (digits) => (digits.match(/\d{1,2}/gu) ?? []).join(' , '),
  (digits) => Array.from(digits).join('\u200b'),
  (digits) =>
    Array.from(digits)
      .map((digit) => `${digit}\ufe0f\u20e3`)
      .join(''),
  (digits) => shifted(digits, 0xff10),
  (digits) => shifted(digits, 0x1d7ce),
  (digits) => shifted(digits, 0x0660),
  (digits) =>
    Array.from(digits)
      .map((digit) => spanishDigits[Number(digit)])
      .join(' '),
  (digits) =>
    Array.from(digits)
      .map((digit) => spanishDigits[Number(digit)])
      .join('-'),
  (digits) =>
    Array.from(digits)
      .map((digit) => spanishDigits[Number(digit)])
      .join(''),
  (digits) =>
    Array.from(digits)
      .map((digit) => englishDigits[Number(digit)])
      .join(' '),
  (digits) =>
    Array.from(digits)
      .map((digit, at) => (at % 2 === 0 ? digit : spanishDigits[Number(digit)]))
      .join(' '),
  (digits) => `${digits.slice(0, 4)} guion ${digits.slice(4)}`,
  (digits) => `${digits.slice(0, 4)} y luego ${digits.slice(4)}`,
  (digits) => digits.replace(/(?<=\d)0(?=\d)/gu, 'O'),
  (digits) => `(${digits.slice(0, 3)}) ${digits.slice(3)}`,
  (digits) => `${digits.slice(0, 2)}/${digits.slice(2, 5)}/${digits.slice(5)}`,
  inPairs,
];
/** Digits as they are, or disguised. */
export const hiddenDigits = (chance: Chance, digits: string): Thing => {
  const text = chance() < 0.35 ? digits : pick(chance, disguises)(digits);
  return { text, secrets: halves(text) };
};
