import type { RuleContext } from '../core/dialog.ts';
import { placeIn } from '../core/place.ts';
import type { LocalLookUp } from '../core/ports.ts';
import { asText, type JsonValue, type Values } from '../core/values.ts';
import {
  asResult,
  centresOf,
  costOf,
  isCertification,
  type Cost,
  type Course,
  type Nearness,
} from './course.ts';
import { createEmergencyLookUp } from './emergency.ts';
import { ageInDays } from './freshness.ts';
import type { LoadedDirectory } from './load.ts';
import { createLocator, type Located, type Locator } from './locate.ts';
import type { Service } from './schema.ts';
import { createTeaching, type Teaching, type TeachingOf } from './teaching.ts';

/** The look-ups that dialogs ask for by name (`training`, `emergency`). */
export interface Directory {
  readonly trainingLookUp: LocalLookUp;
  readonly emergencyLookUp: LocalLookUp;
}

const resultsGiven = 3;

/** Prepares the searches once; each answers in memory. */
export function createDirectory(loaded: LoadedDirectory): Directory {
  const training = loaded.services.filter(({ category }) => category === 'training');
  const parts: Parts = {
    byCountry: Map.groupBy(training, ({ country }) => country),
    locate: createLocator(loaded.places),
    teachingOf: createTeaching(training, loaded.trades),
  };
  return {
    trainingLookUp: (input, context) => findTraining(parts, input, context),
    emergencyLookUp: createEmergencyLookUp(loaded),
  };
}

interface Parts {
  readonly byCountry: ReadonlyMap<string, readonly Service[]>;
  readonly locate: Locator;
  readonly teachingOf: TeachingOf;
}

/** What is asked for: the trade in anybody's words or none, and the place as it was named and as it was found. */
interface Wanted {
  readonly teaching: ((service: Service) => Teaching) | undefined;
  readonly isPlaceNamed: boolean;
  readonly place: Located | undefined;
}

function findTraining(
  { byCountry, locate, teachingOf }: Parts,
  input: Values,
  context: RuleContext,
): JsonValue {
  const { country } = context;
  if (country === undefined) return { kind: 'no-country' };
  const trade = asText(input['trade']) ?? '';
  const named = placeIn(input) ?? {};
  const wanted: Wanted = {
    teaching: trade === '' ? undefined : teachingOf(trade),
    isPlaceNamed: named.city !== undefined || named.department !== undefined,
    place: locate(country, named),
  };
  const courses = (byCountry.get(country) ?? []).flatMap((service) => courseFor(service, wanted));
  if (courses.length === 0) return { kind: 'nothing', trade, country };
  const best = inOrder(courses, context.now).map((course) =>
    asResult(course, context.now, context.countrySaid),
  );
  return { kind: 'found', trade, country, results: best };
}

/** The course as an answer to what is wanted; none when it does not fit. */
function courseFor(service: Service, { teaching, isPlaceNamed, place }: Wanted): readonly Course[] {
  const fit = teaching?.(service) ?? (service.any_trade === true ? 'many-trades' : 'unknown');
  const centres = centresOf(service, place);
  const course = { service, cost: costOf(service), centres };
  if (isCertification(service)) {
    const fits = service.trades === undefined || teaching === undefined || fit === 'trade';
    return fits ? [{ ...course, teaches: 'certifies' }] : [];
  }
  if (service.any_trade === true) return [{ ...course, teaches: fit }];
  const isNear = centres.some(({ nearness }) => nearness !== 'elsewhere');
  const isLocal = centres.length > 0;
  if (isLocal && isPlaceNamed && !isNear) return [];
  // Nobody travels to another department for a course that may not be given there.
  const isClose = centres.some(({ nearness }) => nearness === 'same-city' || nearness === 'same-department');
  return fit === 'trade' || isClose ? [{ ...course, teaches: fit }] : [];
}

const pointsForTeaching: Readonly<Record<Course['teaches'], number>> = {
  trade: 5.5,
  'many-trades': 2,
  unknown: 1,
  certifies: 0,
};
const pointsForCost: Readonly<Record<Cost, number>> = { free: 2, 'usually-free': 1.5, unknown: 0, paid: 0 };
const pointsForNearness: Readonly<Record<Nearness, number>> = {
  'same-city': 3,
  'same-department': 2,
  nearest: 1,
  elsewhere: 0,
};

/** Courses before certificates, the free and near ones that surely teach the trade first; one certificate stays in. */
function inOrder(courses: readonly Course[], now: number): readonly Course[] {
  const sorted = [...courses].sort(
    (left, right) =>
      Number(left.teaches === 'certifies') - Number(right.teaches === 'certifies') ||
      pointsOf(right) - pointsOf(left) ||
      (ageInDays(left.service, now) ?? Infinity) - (ageInDays(right.service, now) ?? Infinity) ||
      left.service.id.localeCompare(right.service.id),
  );
  const certificate = sorted.find(({ teaches }) => teaches === 'certifies');
  const first = sorted.slice(0, resultsGiven);
  if (certificate === undefined || first.includes(certificate)) return first;
  return [...first.slice(0, resultsGiven - 1), certificate];
}

function pointsOf({ teaches, cost, centres }: Course): number {
  return (
    pointsForTeaching[teaches] + pointsForCost[cost] + pointsForNearness[centres[0]?.nearness ?? 'elsewhere']
  );
}
