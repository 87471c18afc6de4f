import { describe, expect, test } from '@jest/globals';
import type { PlaceFacts } from '../../src/core/conversation.ts';
import { countryCode } from '../../src/core/ids.ts';
import { placeIn, workingCountry } from '../../src/core/place.ts';
import type { Values } from '../../src/core/values.ts';

const [gt, hn, mx, sv] = ['GT', 'HN', 'MX', 'SV'].map(countryCode) as [
  PlaceFacts['origin'] & string,
  PlaceFacts['origin'] & string,
  PlaceFacts['origin'] & string,
  PlaceFacts['origin'] & string,
]; // four codes in, four out
const all: PlaceFacts = { origin: hn, now: { country: mx }, numberCountry: gt };

describe('the country an answer works with', () => {
  test.each<readonly [string, PlaceFacts, Values, typeof gt | undefined, ReturnType<typeof workingCountry>]>([
    ['what this dialog was told', all, { place: { country: 'SV' } }, gt, { country: sv, said: true }],
    ['else where the person is now', all, {}, gt, { country: mx, said: true }],
    ['else where they are from', { origin: hn, numberCountry: gt }, {}, gt, { country: hn, said: true }],
    ['else the country of the number', { numberCountry: gt }, {}, hn, { country: gt, said: false }],
    ["else the operator's", {}, {}, hn, { country: hn, said: false }],
    ['else none', {}, {}, undefined, { said: false }],
    [
      'a city alone names no country',
      { numberCountry: gt },
      { place: { city: 'Xela' } },
      hn,
      { country: gt, said: false },
    ],
    ['lower case is read', {}, { place: { country: 'gt' } }, undefined, { country: gt, said: true }],
  ])('%s', (_name, facts, values, fallback, expected) => {
    expect(workingCountry(facts, values, fallback)).toEqual(expected);
  });
});

describe('the place answer', () => {
  test.each<readonly [string, Values, ReturnType<typeof placeIn>]>([
    ['is absent', {}, undefined],
    ['is no record', { place: 'Xela' }, undefined],
    ['says nothing', { place: {} }, {}],
    [
      'leaves out what is no text',
      { place: { city: 7, country: 'GT', department: null } },
      { country: 'GT' },
    ],
    [
      'has all three',
      { place: { country: 'HN', department: 'Lempira', city: 'Gracias' } },
      { country: 'HN', department: 'Lempira', city: 'Gracias' },
    ],
  ])('%s', (_name, values, place) => {
    expect(placeIn(values)).toEqual(place);
  });
});
