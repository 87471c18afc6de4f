import type { Run } from './digits.ts';
import type { Found, PersonalKind } from './found.ts';
import { numberWords, wordSet } from './lists.ts';
import type { Token } from './plain.ts';

const documentCues = wordSet('documentCues');
const codeCues = wordSet('codeCues');
const codeStops = wordSet('codeStops');
const cardCues = wordSet('cardCues');
const plateCues = wordSet('plateCues');
const currencyBefore = wordSet('currencyBefore');
const currencyAfter = wordSet('currencyAfter');
const units = wordSet('units');

/** From this many digits on a number is taken for one of a person, unless it is plainly an amount. */
const manyDigits = 7;
const fewestOfDocument = 5;
const fewestOfCode = 3;
/** "N-34-7032", "G 307978": a letter and six digits are a paper, also with blanks between. */
const digitsAfterLetter = 6;
const money = /^[$€£₡¢]$/u;
const joint = /^[.:#°º'"“”*-]$/u;

/** Phones, papers, cards and codes made of digits, however they are written. */
export function numbersIn(tokens: readonly Token[], runs: readonly Run[]): readonly Found[] {
  return runs.flatMap((run) => {
    const kind = kindOf(tokens, run);
    const [first, last] = [tokens[run.from], tokens[run.to - 1]];
    if (kind === undefined || first === undefined || last === undefined) return [];
    const before = tokens[run.from - 1];
    const isPlus = before?.text === '+' || before?.text === '(';
    return [{ kind, from: isPlus ? before.from : first.from, to: last.to }];
  });
}

function kindOf(tokens: readonly Token[], run: Run): PersonalKind | undefined {
  const { length } = run.digits;
  if (length < fewestOfCode || isAmount(tokens, run) || isYears(run)) return undefined;
  if (length >= manyDigits) return kindOfLong(tokens, run);
  if (isMeasure(tokens, run)) return undefined;
  if (length === digitsAfterLetter && isAfterLetter(tokens, run.from)) return 'ID';
  if (isNear(tokens, run.from, plateCues)) return 'PLATE';
  if (isNear(tokens, run.from, codeCues)) return 'CODE';
  return length >= fewestOfDocument && isNear(tokens, run.from, documentCues) ? 'ID' : undefined;
}

function kindOfLong(tokens: readonly Token[], run: Run): PersonalKind {
  const near = tokens.slice(Math.max(0, run.from - 6), run.from);
  const before = near.slice(near.findLastIndex(({ text }) => /^[?!;]$/u.test(text)) + 1);
  const has = (cues: ReadonlySet<string>): boolean => before.some(({ text }) => cues.has(text));
  if (has(cardCues) && run.digits.length >= 9) return 'CARD';
  if (has(documentCues)) return 'ID';
  if (run.digits.length <= 12) return 'PHONE';
  return run.digits.length > 13 ? 'CARD' : 'ID';
}

/** Whether a cue stands before the number with nothing but "no.", "es", ":" and the like between. */
export function isNear(tokens: readonly Token[], from: number, cues: ReadonlySet<string>): boolean {
  for (let at = from - 1; at >= Math.max(0, from - 7); at -= 1) {
    const text = tokens[at]?.text ?? '';
    if (cues.has(text) || text === '#') return true;
    if (!codeStops.has(text) && !joint.test(text)) return false;
  }
  return false;
}

/** Whether the number is money: a currency beside it, or thousands parted by commas. */
export function isAmount(tokens: readonly Token[], run: Run): boolean {
  const [before, after] = [tokens[run.from - 1], tokens[run.to]];
  const isMarked = money.test(before?.text ?? '') || isCurrencyAfter(after);
  const written = shapeOf(tokens, run);
  if (run.digits.length < manyDigits) {
    return (
      isMarked ||
      (before !== undefined && currencyBefore.has(before.text) && isSumAfter(before.text, written))
    );
  }
  if (after?.text === 'k') return false;
  if (/^\d{1,3}(?:(?:,\d{3}){2,3}(?:\.\d\d)?|,\d{3}\.\d\d)$/u.test(written)) return true;
  return isMarked && /^(?:\d{1,3}(?:[., ]\d{3}){1,3}|\d{1,10})(?:[.,]\d\d)?$/u.test(written);
}

/** "L150000" is money, "L309646" is a passport. */
export const isSumAfter = (currency: string, written: string): boolean =>
  currency.length > 1 || /^(?:\d{1,5}|\d{3}[ ,.]?000|\d{1,3}[ ,.]\d{3})(?:[.,]\d\d)?$/u.test(written);

/** A currency, "k" or "mil" behind a number. */
export function isCurrencyAfter(token: Token | undefined): boolean {
  if (token === undefined) return false;
  const isKnown = currencyAfter.has(token.text) || numberWords.scales.has(token.text);
  // "q" is also "que", and a tax number may end in K.
  return money.test(token.text) || (isKnown && (token.text.length > 1 || token.isGlued));
}

function shapeOf(tokens: readonly Token[], run: Run): string {
  return tokens
    .slice(run.from, run.to)
    .map(({ text, isGlued }, index) => (isGlued || index === 0 ? text : ` ${text}`))
    .join('');
}

const isYears = ({ units: [first, second, ...more] }: Run): boolean =>
  first !== undefined &&
  second !== undefined &&
  more.length === 0 &&
  isYear(first.digits) &&
  isYear(second.digits);

const isYear = (digits: string): boolean => /^(?:19[5-9]|20[0-4])\d$/u.test(digits);

function isAfterLetter(tokens: readonly Token[], from: number): boolean {
  const before = tokens[tokens[from - 1]?.text === '-' ? from - 2 : from - 1];
  return before?.kind === 'word' && before.isCapital && (before.text.length === 1 || before.text === 'pe');
}

/** "300 personas", "500 metros". */
function isMeasure(tokens: readonly Token[], run: Run): boolean {
  const after = tokens[run.to];
  return after !== undefined && (units.has(after.text) || after.text === '%');
}
