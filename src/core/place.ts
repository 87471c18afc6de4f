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
 * The country an ordinary answer works with (product.md section 2): what this dialog was told, else where the person
 * is, else where they are from, else the country of the number, else the operator's default.
 */
export function workingCountry(
  facts: PlaceFacts,
  values: Values,
  fallback: CountryCode | undefined,
): { readonly country?: CountryCode; readonly said: boolean } {
  const named = placeIn(values)?.country;
  const said = named === undefined ? (facts.now?.country ?? facts.origin) : countryCode(named);
  if (said !== undefined) return { country: said, said: true };
  const assumed = facts.numberCountry ?? fallback;
  return assumed === undefined ? { said: false } : { country: assumed, said: false };
}
