import type { KnownPlace } from '../core/recognition.ts';
import { createFinder, type Mention } from './finder.ts';
import { soundOf, unmask, type Token } from './fold.ts';
import words from './words/places.json' with { type: 'json' };

/** The places a message names: each list holds what was said, in order, without doubles. */
export interface PlaceSlots {
  readonly country: readonly string[];
  readonly department: readonly string[];
  readonly city: readonly string[];
  /** Country somebody says they are from. */
  readonly origin?: string;
  /** Which words of the message were used. */
  readonly used: readonly { readonly from: number; readonly to: number }[];
}

type PlaceMention = Mention<KnownPlace> & {
  /** Where somebody comes from or once was, not where they want something. */
  readonly isBefore: boolean;
  /** Where somebody says they are from. */
  readonly isOrigin: boolean;
};

const soundsOf = (list: readonly string[]): ReadonlySet<string> =>
  new Set(list.map((word) => unmask(word).split(' ').map(soundOf).join(' ')));
const ordinary = soundsOf(words.ordinary);
const cues = soundsOf(words.cues);
const articles = soundsOf(words.articles);
const departmentWords = soundsOf(words.departments);
const beforeWords = soundsOf(words.before);
const beforeLinks = soundsOf(words.beforeLinks);
const originWords = soundsOf(words.origin);
const originLinks = soundsOf(words.originLinks);
const insideLinks = soundsOf(words.insideLinks);
const birthWords = soundsOf(words.birth);
const wordsLookedBack = 4;

/** Prepares the gazetteer. `isPlain` words are never taken for a misspelt name. */
export function createPlaceReader(
  places: readonly KnownPlace[],
  isPlain: (word: string) => boolean,
): (tokens: readonly Token[]) => PlaceSlots {
  const find = createFinder(
    places.flatMap((place) => place.names.map((phrase) => ({ phrase, value: place }))),
    isPlain,
  );
  const findPeople = createFinder(
    places.flatMap((place) => place.people.map((phrase) => ({ phrase, value: place }))),
    () => true,
  );
  return (tokens) => {
    const all = find(tokens);
    const sure = all.filter((mention) => isMeant(mention, all, tokens));
    const placed = sure.map((mention) => ({
      ...mention,
      isBefore: isBefore(mention, tokens),
      isOrigin: isOrigin(mention, tokens),
    }));
    const peoples = findPeople(tokens);
    const mentions = wanted(placed);
    const people = mentions.length > 0 ? [] : peoples.flatMap(({ values }) => values.slice(0, 1));
    const origin = originOf(placed, peoples, tokens);
    return { ...read(mentions, people, tokens), ...(origin === undefined ? {} : { origin }) };
  };
}

/** "Gracias" and the like are a place only with a word before them that says so, or beside another place. */
function isMeant(
  mention: Mention<KnownPlace>,
  all: readonly Mention<KnownPlace>[],
  tokens: readonly Token[],
): boolean {
  const { sound } = mention;
  if (!ordinary.has(sound)) return true;
  const isAlone = mention.from === 0 && mention.to === tokens.length;
  if (isAlone) return sound !== soundOf('gracias');
  if (all.some((other) => other !== mention && isBeside(other, mention) && isOneInside(other, mention)))
    return true;
  const before = tokens[mention.from - 1]?.sound ?? '';
  const beforeThat = tokens[mention.from - 2]?.sound ?? '';
  return cues.has(before) || (articles.has(before) && cues.has(beforeThat));
}

const isBeside = (other: Mention<unknown>, mention: Mention<unknown>): boolean =>
  other.from === mention.to || other.to === mention.from;

const isOneInside = (left: Mention<KnownPlace>, right: Mention<KnownPlace>): boolean =>
  left.values.some((one) => right.values.some((other) => isWithin(one, other) || isWithin(other, one)));

function isWithin(inner: KnownPlace, outer: KnownPlace): boolean {
  if (inner.country !== outer.country || inner === outer) return false;
  return outer.kind === 'country' || (outer.kind === 'department' && inner.department === outer.name);
}

function isBefore({ from }: Mention<unknown>, tokens: readonly Token[]): boolean {
  const clause = tokens[from]?.clause;
  const last = tokens
    .slice(Math.max(from - wordsLookedBack, 0), from)
    .filter((token) => token.clause === clause);
  const link = last.at(-1)?.sound ?? '';
  return beforeLinks.has(link) && last.some(({ sound }) => beforeWords.has(sound));
}

/** "Soy de Mixco", "born in Xela", "I'm originally from Danlí". */
function isOrigin({ from }: Mention<unknown>, tokens: readonly Token[]): boolean {
  const [link, word, wordBefore] = [1, 2, 3].map((back) => tokens[from - back]?.sound ?? '');
  if (!originLinks.has(link ?? '') || tokens[from - 1]?.clause !== tokens[from]?.clause) return false;
  // "I am in Xela" is about now; only "born in" is about then.
  if (insideLinks.has(link ?? '')) return birthWords.has(word ?? '');
  return originWords.has(word ?? '') || originWords.has(wordBefore ?? '');
}

/** The one country of the place, or of the people, that somebody says they are from. */
function originOf(
  mentions: readonly PlaceMention[],
  peoples: readonly Mention<KnownPlace>[],
  tokens: readonly Token[],
): string | undefined {
  const places = mentions.filter((mention) => mention.isOrigin).map(({ values }) => values);
  const own = peoples.filter(({ from }) => originWords.has(tokens[from - 1]?.sound ?? ''));
  const countries = [...places, ...own.map(({ values }) => values)].map(
    (values) => new Set(values.map(({ country }) => country)),
  );
  const [first] = countries.filter(({ size }) => size === 1);
  return first === undefined ? undefined : [...first][0];
}

/** Of several places the ones they come from are left out; of a foreign one alone that they come from nothing is left. */
function wanted(mentions: readonly PlaceMention[]): readonly PlaceMention[] {
  const now = mentions.filter(({ isBefore, isOrigin }) => !isBefore && !isOrigin);
  const kept = now.length > 0 ? now : mentions.filter(({ isBefore }) => !isBefore);
  if (kept.length > 0) return kept.length > 1 ? withoutForeign(kept) : kept;
  return mentions.filter(({ values }) => values.some(({ country }) => country !== foreign));
}

const foreign = 'US';
const isForeign = ({ values }: PlaceMention) => values.every(({ country }) => country === foreign);

function withoutForeign(mentions: readonly PlaceMention[]): readonly PlaceMention[] {
  const home = mentions.filter((mention) => !isForeign(mention));
  return home.length > 0 ? home : mentions;
}

function read(
  mentions: readonly PlaceMention[],
  people: readonly KnownPlace[],
  tokens: readonly Token[],
): PlaceSlots {
  const country = new Set<string>();
  const department = new Set<string>();
  const city = new Set<string>();
  const hints = hintsOf(mentions);
  for (const [index, mention] of mentions.entries()) {
    const isDepartment =
      departmentWords.has(tokens[mention.from - 2]?.sound ?? '') || isAround(mention, mentions[index - 1]);
    const place = choose(mention.values, hints, isDepartment);
    if (place === undefined) {
      const name = openName(mention, tokens);
      if (mention.values.every(({ kind }) => kind === 'department') || isDepartment) department.add(name);
      else city.add(name);
      continue;
    }
    country.add(place.country);
    if (place.kind === 'department') department.add(place.name);
    if (place.kind !== 'city') continue;
    city.add(place.name);
    if (place.department !== undefined) department.add(place.department);
  }
  if (country.size === 0) for (const { country: code } of people) country.add(code);
  return { country: [...country], department: [...department], city: [...city], used: mentions };
}

/** "San Pedro Sacatepéquez, San Marcos": the second is the department of the first. */
function isAround(outer: PlaceMention, inner: PlaceMention | undefined): boolean {
  if (inner?.to !== outer.from) return false;
  return outer.values.some(
    ({ kind, name }) =>
      kind === 'department' && inner.values.some((town) => town.department === name && town.name !== name),
  );
}

/** What the other words of the message say about where: countries, and departments that are in one country only. */
interface Hints {
  readonly countries: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
}

function hintsOf(mentions: readonly PlaceMention[]): Hints {
  const countries = new Set<string>();
  for (const { values } of mentions) {
    const [first] = values;
    if (first !== undefined && values.every(({ country }) => country === first.country))
      countries.add(first.country);
  }
  const departments = mentions.flatMap(({ values }) =>
    values.filter(({ kind, country }) => kind === 'department' && countries.has(country)),
  );
  return { countries, departments: new Set(departments.map(({ name }) => name)) };
}

/** The one reading that is left; undefined when a name is in several countries or towns and nothing tells which. */
function choose(
  values: readonly KnownPlace[],
  { countries, departments }: Hints,
  isDepartment: boolean,
): KnownPlace | undefined {
  const whole = values.find(({ kind }) => kind === 'country');
  if (whole !== undefined && !isDepartment) return whole;
  const inside = values.filter(({ country }) => countries.has(country));
  const left = inside.length > 0 ? inside : values;
  const [first] = left;
  if (first === undefined || left.some(({ country }) => country !== first.country)) return undefined;
  const cities = left.filter(({ kind }) => kind === 'city');
  const inDepartment = cities.filter(({ department = '' }) => departments.has(department));
  const department = left.find(({ kind }) => kind === 'department');
  if (isDepartment && department !== undefined) return department;
  if (inDepartment[0] !== undefined) return inDepartment[0];
  const ofThatName = cities.filter((town) => town.department === department?.name);
  return ofThatName[0] ?? (cities.length === 1 ? cities[0] : department);
}

/** The name as it was said, with capitals; where the directory knows the country it finds it. */
function openName({ from, to, values }: Mention<KnownPlace>, tokens: readonly Token[]): string {
  const [first] = values;
  if (first !== undefined && values.every(({ name }) => name === first.name)) return first.name;
  return tokens
    .slice(from, to)
    .map(({ text }, index) =>
      index > 0 && small.has(text) ? text : text.charAt(0).toUpperCase() + text.slice(1),
    )
    .join(' ');
}

const small = new Set(['de', 'del', 'la', 'el', 'los', 'las', 'y']);
