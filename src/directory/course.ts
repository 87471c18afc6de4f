import type { JsonValue } from '../core/values.ts';
import { ageInDays } from './freshness.ts';
import type { Located } from './locate.ts';
import { kilometresBetween } from './places.ts';
import type { Service, ServiceEntry } from './schema.ts';
import type { Teaching } from './teaching.ts';

/** What a course costs, as far as that is known. `usually-free` is said with less trust than `free`. */
export type Cost = 'free' | 'usually-free' | 'unknown' | 'paid';

/** How near a centre is to where somebody asked. */
export type Nearness = 'same-city' | 'same-department' | 'nearest' | 'elsewhere';

/** A centre with its distance; both ends are the middle of a town. */
export interface Centre {
  readonly location: ServiceEntry['locations'][number];
  readonly nearness: Nearness;
  readonly kilometres?: number;
}

/** A course for one question: what it teaches, what it costs, and its centres, nearest first. */
export interface Course {
  readonly service: Service;
  readonly teaches: Teaching | 'certifies';
  readonly cost: Cost;
  readonly centres: readonly Centre[];
}

/** Farther than this nobody calls it near: about an hour by bus in the hills. */
const nearKilometres = 50;
const oldAfterDays = 365;
const otherCentresShown = 3;

/** Whether it examines what somebody can do already, instead of teaching it. */
export const isCertification = ({ name }: Service): boolean =>
  /certifi|validaci[oó]n de experiencia/iu.test(name.es);

/** Reads the cost from the words of the source; general knowledge (`likely`) gives none. */
export function costOf({ fees, caution, confidence }: Service): Cost {
  if (confidence === 'likely') return 'unknown';
  const words = fees.es.toLowerCase();
  if (/^gratis por regla general/u.test(words)) return 'usually-free';
  if (/^gratis/u.test(words)) return /gratis/iu.test(caution?.es ?? '') ? 'usually-free' : 'free';
  return /cobra|bajo costo|se paga/u.test(words) ? 'paid' : 'unknown';
}

/** The centres of a service, nearest first; in the order of the directory when no place is known. */
export function centresOf(service: Service, place: Located | undefined): readonly Centre[] {
  const rank: Readonly<Record<Nearness, number>> = {
    'same-city': 0,
    'same-department': 1,
    nearest: 2,
    elsewhere: 3,
  };
  return service.locations
    .filter(({ name, city }) => name !== '' || city !== '')
    .map((location) => centre(location, place))
    .sort(
      (left, right) =>
        rank[left.nearness] - rank[right.nearness] || (left.kilometres ?? 0) - (right.kilometres ?? 0),
    );
}

function centre(location: Centre['location'], place: Located | undefined): Centre {
  if (place === undefined) return { location, nearness: 'elsewhere' };
  const { lat, lon } = location;
  const distance =
    place.at === undefined || lat === null || lon === null
      ? undefined
      : kilometresBetween(place.at, [lat, lon]);
  const measured = distance === undefined ? {} : { kilometres: Math.round(distance * 10) / 10 };
  if (place.city !== undefined && place.city === location.city) return { location, nearness: 'same-city' };
  if (place.department === location.admin1) return { location, nearness: 'same-department', ...measured };
  const isNear = distance !== undefined && distance <= nearKilometres;
  return { location, nearness: isNear ? 'nearest' : 'elsewhere', ...measured };
}

/** The course as plain values for a dialog. What is not known is absent. */
export function asResult(
  { service, teaches, cost, centres }: Course,
  now: number,
  isThere: boolean,
): JsonValue {
  const trusted = service.confidence !== 'likely';
  const [first, ...others] = centres;
  return {
    serviceId: service.id,
    organisation: service.organisation,
    service: service.name,
    teaches,
    cost,
    ...(trusted && service.fees.es !== '' ? { costNote: service.fees } : {}),
    ...(isOnline(service) ? { online: true } : {}),
    ...(first === undefined ? {} : { centre: centreAsResult(first) }),
    ...(others.length === 0 ? {} : { otherCentres: others.slice(0, otherCentresShown).map(townOf) }),
    ...(service.application_process.es === '' ? {} : { howToApply: service.application_process }),
    ...(trusted && service.required_documents.length > 0 ? { bring: service.required_documents } : {}),
    ...(service.schedule === '' ? {} : { schedule: { es: service.schedule, en: service.schedule_en } }),
    ...phoneOf(service, isThere),
    ...(service.caution === undefined ? {} : { caution: service.caution }),
    sourceName: service.source,
    sourceDate: service.source_date,
    askBeforeYouGo: isToBeAsked(service, cost, now),
  };
}

/** Only online, not also: a centre without an address is not said to be online. */
const isOnline = ({ locations, name }: Service): boolean =>
  locations.length === 0 && /en línea|por internet|virtual/iu.test(name.es);

function isToBeAsked(service: Service, cost: Cost, now: number): boolean {
  const age = ageInDays(service, now);
  const isFresh = age !== undefined && age <= oldAfterDays;
  if (isFresh && service.verified_on !== undefined) return false;
  return !isFresh || service.confidence !== 'confirmed' || cost === 'usually-free';
}

function centreAsResult({ location, nearness, kilometres }: Centre): JsonValue {
  const { name, city, admin1: department } = location;
  return { name, city, department, nearness, ...(kilometres === undefined ? {} : { kilometres }) };
}

const townOf = ({ location }: Centre): string => location.city || location.name;

/** A number that works from everywhere, or inside the country for who is there; never one that is not confirmed. */
function phoneOf({ confidence, phones }: Service, isThere: boolean): { readonly phone?: JsonValue } {
  if (confidence !== 'confirmed') return {};
  const phone = phones.find(({ kind }) => kind === 'international' || isThere);
  return phone === undefined ? {} : { phone: { number: phone.number, kind: phone.kind } };
}
