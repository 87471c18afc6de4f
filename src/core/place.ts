import type { PlaceFacts } from './conversation.ts';
import type { CountryCode } from './ids.ts';
import { countryCode } from './ids.ts';
import { asRecord, asText, type Values } from './values.ts';

/** Name of the answer that holds a place, in every dialog: `{ country?, department?, city? }`. */
export const placeAnswer = 'place';

/** A place somebody named. */
export interface NamedPlace {
  readonly country?: string;
  readonly department?: string;
  readonly city?: string;
}

/** Reads the place answer of a dialog; undefined when there is none. */
export function placeIn(values: Values): NamedPlace | undefined {
  const record = asRecord(values[placeAnswer]);
  if (record === undefined) return undefined;
  const [country, department, city] = [record['country'], record['department'], record['city']].map(asText);
  return {
    ...(country === undefined ? {} : { country }),
    ...(department === undefined ? {} : { department }),
    ...(city === undefined ? {} : { city }),
  };
}

/**
 * A place named now over the one known before: a country adds to a town whose country nobody knew, a town without its
 * country to a country alone; any other is a new place as a whole.
 */
export function placeOver(known: NamedPlace | undefined, named: NamedPlace): NamedPlace {
  if (known === undefined) return named;
  const isCountryAlone = named.city === undefined && named.department === undefined;
  const addsCountry = isCountryAlone && (known.country === undefined || known.country === named.country);
  const addsTown = named.country === undefined && known.city === undefined && known.department === undefined;
  return addsCountry || addsTown ? { ...known, ...named } : named;
}

/**
 * The country an ordinary answer works with (product.md section 2): what this dialog was told, else where the person
 * is, else where they are from, else the country of the number, else the operator's default. `byTown`: said by a town's
 * name alone, which an answer confirms by naming the country.
 */
export function workingCountry(
  facts: PlaceFacts,
  values: Values,
  fallback: CountryCode | undefined,
): { readonly country?: CountryCode; readonly said: boolean; readonly byTown?: true } {
  const named = placeIn(values);
  const { numberCountry } = facts;
  if (named?.country !== undefined) {
    const country = countryCode(named.country);
    const isTown = named.city !== undefined || named.department !== undefined;
    const isExpected = !isTown || numberCountry === country || facts.origin === country;
    return { country, said: true, ...(isExpected ? {} : { byTown: true }) };
  }
  const isElsewhere = named?.city !== undefined || named?.department !== undefined;
  const known = facts.now?.country ?? facts.origin;
  if (known !== undefined) return { country: known, said: !isElsewhere || known === numberCountry };
  const assumed = numberCountry ?? fallback;
  return assumed === undefined ? { said: false } : { country: assumed, said: false };
}
