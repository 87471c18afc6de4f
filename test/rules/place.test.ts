import { describe, expect, test } from '@jest/globals';
import type { PlaceFacts } from '../../src/core/conversation.ts';
import { countryCode } from '../../src/core/ids.ts';
import { placeIn, placeOver, workingCountry } from '../../src/core/place.ts';
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
    [
      'a town in another country than was said before is no country said',
      { now: { country: sv } },
      { place: { city: 'Santa Rosa' } },
      hn,
      { country: sv, said: false },
    ],
    [
      'a town that tells its country is confirmed by naming it',
      {},
      { place: { country: 'HN', department: 'El Paraíso', city: 'Danlí' } },
      gt,
      { country: hn, said: true, byTown: true },
    ],
    [
      'a town of the country of the number needs no confirmation',
      { numberCountry: hn },
      { place: { country: 'HN', city: 'Danlí' } },
      gt,
      { country: hn, said: true },
    ],
    ['lower case is read', {}, { place: { country: 'gt' } }, undefined, { country: gt, said: true }],
  ])('%s', (_name, facts, values, fallback, expected) => {
    expect(workingCountry(facts, values, fallback)).toEqual(expected);
  });
});

describe('a place named over another', () => {
  test.each<readonly [string, Parameters<typeof placeOver>, ReturnType<typeof placeOver>]>([
    ['nothing before', [undefined, { city: 'Xela' }], { city: 'Xela' }],
    [
      'the country of a town',
      [{ city: 'Santa Rosa' }, { country: 'GT' }],
      { city: 'Santa Rosa', country: 'GT' },
    ],
    ['a town of the country', [{ country: 'GT' }, { city: 'Xela' }], { country: 'GT', city: 'Xela' }],
    [
      'a town over a town',
      [{ country: 'SV', department: 'San Miguel', city: 'San Miguel' }, { city: 'Santa Rosa' }],
      { city: 'Santa Rosa' },
    ],
    [
      'another country over a town',
      [{ country: 'SV', city: 'San Miguel' }, { country: 'GT' }],
      { country: 'GT' },
    ],
    [
      'the same country over its town changes nothing',
      [{ country: 'SV', city: 'San Miguel' }, { country: 'SV' }],
      { country: 'SV', city: 'San Miguel' },
    ],
    [
      'a department over a town',
      [
        { country: 'GT', department: 'Quetzaltenango', city: 'Xela' },
        { country: 'GT', department: 'Sololá' },
      ],
      { country: 'GT', department: 'Sololá' },
    ],
  ])('%s', (_name, places, expected) => {
    expect(placeOver(...places)).toEqual(expected);
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
