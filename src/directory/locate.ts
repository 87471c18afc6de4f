import type { NamedPlace } from '../core/place.ts';
import { foldText, isOneLetterApart } from '../core/text.ts';
import type { MappedPlace, Point } from './places.ts';

/** Where a named place is, as far as the gazetteer knows. */
export interface Located {
  readonly city?: string;
  readonly department?: string;
  readonly at?: Point;
}

/** Finds what somebody named inside one country: by name, by nickname, inside longer words, or one letter off. */
export type Locator = (country: string, named: NamedPlace) => Located | undefined;

/** Shorter names are too easily one letter from another. */
const shortestMisspelt = 5;

/** Prepares the names of all places once. */
export function createLocator(places: readonly MappedPlace[]): Locator {
  const countries = new Map<string, Map<string, MappedPlace[]>>();
  for (const place of places) {
    if (place.kind === 'country') continue;
    const names = countries.get(place.country) ?? new Map<string, MappedPlace[]>();
    countries.set(place.country, names);
    for (const name of place.names) {
      const folded = foldText(name);
      names.set(folded, [...(names.get(folded) ?? []), place]);
    }
  }
  return (country, { city, department }) => {
    const names = countries.get(country);
    if (names === undefined) return undefined;
    const inDepartment = department === undefined ? undefined : best(names, department, 'department');
    const town = city === undefined ? undefined : best(names, city, 'city', inDepartment?.name);
    return asLocated(town ?? inDepartment);
  };
}

function asLocated(place: MappedPlace | undefined): Located | undefined {
  if (place === undefined) return undefined;
  const at = place.at === undefined ? {} : { at: place.at };
  if (place.kind === 'department') return { department: place.name, ...at };
  const department = place.department === undefined ? {} : { department: place.department };
  return { city: place.name, ...department, ...at };
}

function best(
  names: ReadonlyMap<string, readonly MappedPlace[]>,
  words: string,
  kind: MappedPlace['kind'],
  department?: string,
): MappedPlace | undefined {
  const found = candidates(names, foldText(words));
  return (
    found.find(
      (place) => place.kind === kind && (department === undefined || place.department === department),
    ) ?? (department === undefined ? (found.find((place) => place.kind === kind) ?? found[0]) : undefined)
  );
}

function candidates(
  names: ReadonlyMap<string, readonly MappedPlace[]>,
  folded: string,
): readonly MappedPlace[] {
  const exact = names.get(folded);
  if (exact !== undefined) return exact;
  let longest = '';
  for (const name of names.keys()) {
    if (name.length > longest.length && ` ${folded} `.includes(` ${name} `)) longest = name;
  }
  if (longest !== '') return names.get(longest) ?? [];
  if (folded.length < shortestMisspelt) return [];
  for (const [name, places] of names) {
    if (name.length >= shortestMisspelt && isOneLetterApart(name, folded)) return places;
  }
  return [];
}
