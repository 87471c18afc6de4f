import type { Found } from './found.ts';
import { months, numberWords, wordSet } from './lists.ts';

const { single, teens, tens } = numberWords;
const anyOf = (words: Iterable<string>): string =>
  [...words].sort((left, right) => right.length - left.length).join('|');

const smallNumber = `(?:${anyOf([...single.keys(), ...teens.keys(), ...tens.keys(), 'primero', 'uno', 'un', 'y', 'e', 'and'])})`;
const month = `(?:${anyOf(months.keys())})(?!\\p{L})`;
const day = `(?:\\d{1,2}(?:st|nd|rd|th|ro|er|o)?|${smallNumber}(?:[\\s-]${smallNumber}){0,2})`;
const gap = '[\\s,./-]{0,3}(?:(?:de[l]?|d|of|do|ano|anio|the|year)\\s{1,2}){0,3}';
const spokenYear = `(?:mil\\s{1,2}novecientos|dos\\s{1,2}mil|two\\s{1,2}thousand|nineteen|twenty)(?:\\s{1,2}(?:and|y)?\\s{0,2}${smallNumber}){0,4}`;
const fullYear = '(?:19|20)\\d\\d(?!\\d)';
/** "de 90", "'90", "/90": two digits alone are an hour as well. */
const shortYear =
  "(?:(?<=[-/.,'’]|del?\\s|del ano\\s)'?\\d\\d(?![\\d:]|\\s?(?:a|am|pm|hs|horas|y)(?!\\p{L})))";
const year = `(?:${fullYear}|${spokenYear}|${shortYear})`;
const start = '(?<![\\p{L}\\d])';

const numeric = /(?<![\d/.-])(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(?:(?:19|20)\d\d|\d\d)(?!\d|[/.-]\d)/gu;
const isoDate = /(?<!\d)(?:19|20)\d\d\s?([/.-])\s?\d{1,2}\s?\1\s?\d{1,2}(?!\d)/gu;
const dayFirst = new RegExp(`${start}${day}${gap}${month}${gap}${year}`, 'gu');
const monthFirst = new RegExp(`${start}${month}${gap}${day}${gap}${year}`, 'gu');
const inBirth = new RegExp(
  `${start}(?:${day}${gap}${month}|${month}${gap}(?:\\d{1,2}|${year})|${fullYear}|${spokenYear}|\\d{2}[\\s/.-]?\\d{2}[\\s/.-]?\\d{2,4}|(?<=(?:el|del|en|ano|in)\\s)'?\\d\\d(?!\\d))`,
  'gu',
);
const birthCues = wordSet('birthCues');
const birthCue = new RegExp(
  `${start}(?:${anyOf(birthCues)}|fecha\\s(?:de\\s)?(?:nac|nacimiento))(?!\\p{L})`,
  'gu',
);
const afterCue = 60;
const beforeCue = 36;

/** Whole dates, and near "born" or "birthday" parts of one too. `lower` is plain text in lower case. */
export function datesIn(lower: string): readonly Found[] {
  return [
    ...[...lower.matchAll(numeric)].filter(([, one, , two]) => isDay(one, two)).map(toFound),
    ...[isoDate, dayFirst, monthFirst].flatMap((pattern) => [...lower.matchAll(pattern)].map(toFound)),
    ...birthDates(lower),
  ];
}

const toFound = ({ 0: text, index }: RegExpExecArray): Found => ({
  kind: 'DATE',
  from: index,
  to: index + text.length,
});

function isDay(one: string | undefined, two: string | undefined): boolean {
  const [left, right] = [Number(one), Number(two)];
  return left >= 1 && right >= 1 && Math.max(left, right) <= 31 && Math.min(left, right) <= 12;
}

function birthDates(lower: string): readonly Found[] {
  return [...lower.matchAll(birthCue)].flatMap(({ 0: cue, index }) => {
    const isBirthday = /^(?:cumple|birth|fet)/u.test(cue);
    const from = isBirthday ? Math.max(0, index - beforeCue) : index + cue.length;
    const part = lower.slice(from, index + cue.length + afterCue);
    return [...part.matchAll(inBirth)].slice(0, 3).map((found) => {
      const { kind, from: at, to } = toFound(found);
      return { kind, from: from + at, to: from + to };
    });
  });
}
