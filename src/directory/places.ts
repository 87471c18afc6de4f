import { z } from 'zod';
import { isInside } from './bounds.ts';
import type { DirectoryFault, NamedContent } from './check.ts';
import type { KnownPlace } from '../core/recognition.ts';

const point = z.tuple([z.number().min(-90).max(90), z.number().min(-180).max(180)]);
const names = z.array(z.string().min(1));
const city = z.strictObject({ name: z.string().min(1), also: names.optional(), at: point.optional() });
const department = z.strictObject({
  name: z.string().min(1),
  also: names.optional(),
  cities: z.array(city).min(1),
});
const gazetteer = z.strictObject({
  about: z.string(),
  countries: z.array(
    z.strictObject({
      country: z.string().regex(/^[A-Z]{2}$/u),
      names: names.min(1),
      people: names,
      departments: z.array(department),
      cities: z.array(city).optional(),
    }),
  ),
});

/** Latitude and longitude in degrees. */
export type Point = readonly [number, number];

/** A place of the gazetteer with where it is; a department is where its capital is. */
export interface MappedPlace extends KnownPlace {
  readonly at?: Point;
}

/** Reads `places.json`: every place once, departments before their cities, and what is wrong with it. */
export function readPlaces({ content, unreadable }: NamedContent): {
  readonly places: readonly MappedPlace[];
  readonly faults: readonly DirectoryFault[];
} {
  if (unreadable !== undefined) {
    return { places: [], faults: [fault('the file', 'the content', `cannot be read: ${unreadable}`)] };
  }
  const read = gazetteer.safeParse(content);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => fault('the file', path.join('.'), message));
    return { places: [], faults };
  }
  const places = read.data.countries.flatMap(placesOf);
  const outside = places.filter(({ country, at }) => at !== undefined && !isInside(country, ...at));
  return {
    places,
    faults: outside.map(({ name, country }) => fault(`${name}, ${country}`, 'at', 'is outside the country')),
  };
}

const fault = (place: string, field: string, sentence: string): DirectoryFault => ({
  file: 'places.json',
  place,
  field,
  sentence,
});

type Country = z.infer<typeof gazetteer>['countries'][number];

function placesOf({
  country,
  names: own,
  people,
  departments,
  cities = [],
}: Country): readonly MappedPlace[] {
  const inDepartments = departments.flatMap((entry): readonly MappedPlace[] => {
    const at = entry.cities[0]?.at;
    const whole = named('department', country, entry);
    return [
      at === undefined ? whole : { ...whole, at },
      ...entry.cities.map((town) => ({ ...cityOf(country, town), department: entry.name })),
    ];
  });
  return [
    { kind: 'country', country, name: own[0] ?? country, names: own, people },
    ...inDepartments,
    ...cities.map((town) => cityOf(country, town)),
  ];
}

function cityOf(country: string, town: z.infer<typeof city>): MappedPlace {
  const known = named('city', country, town);
  return town.at === undefined ? known : { ...known, at: town.at };
}

function named(
  kind: KnownPlace['kind'],
  country: string,
  { name, also = [] }: { readonly name: string; readonly also?: readonly string[] | undefined },
): MappedPlace {
  return { kind, country, name, names: [name, ...also], people: [] };
}

const earthRadius = 6371;
const radians = Math.PI / 180;

/** Kilometres between two points as the crow flies. */
export function kilometresBetween(
  [fromLatitude, fromLongitude]: Point,
  [latitude, longitude]: Point,
): number {
  const north = Math.sin(((latitude - fromLatitude) * radians) / 2) ** 2;
  const east = Math.sin(((longitude - fromLongitude) * radians) / 2) ** 2;
  const share = north + Math.cos(fromLatitude * radians) * Math.cos(latitude * radians) * east;
  return 2 * earthRadius * Math.asin(Math.sqrt(share));
}
