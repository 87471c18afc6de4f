import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RuleContext } from '../../src/core/dialog.ts';
import { countryCode, languageTag } from '../../src/core/ids.ts';
import { asList, asRecord, type Values } from '../../src/core/values.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { createDirectory } from '../../src/directory/search.ts';

const loaded = loadDirectory(join(import.meta.dirname, '../../directory'));
const directory = createDirectory(loaded);

function contextIn(country: string | undefined, countrySaid = true): RuleContext {
  return {
    now: Date.UTC(2026, 10, 24),
    language: languageTag('es'),
    countrySaid,
    organisation: { name: 'Casa Camino', kind: 'ngo' },
    ...(country === undefined ? {} : { country: countryCode(country) }),
  };
}

/** The results for a trade and a place, as records. */
function coursesIn(country: string, trade: string, place: Record<string, string> = {}): readonly Values[] {
  const found = asRecord(directory.trainingLookUp({ trade, place }, contextIn(country)));
  return asList(found?.['results']).map((result) => asRecord(result) ?? {});
}

const idsOf = (results: readonly Values[]) => results.map((result) => result['serviceId']);

describe('a course by trade and place, in the real directory', () => {
  const cases: readonly (readonly [string, string, Record<string, string>, readonly string[]])[] = [
    ['GT', 'soldadura', { city: 'Quetzaltenango' }, ['gt-intecap-courses', 'gt-certificate']],
    ['GT', 'cocina', { city: 'Escuintla' }, ['gt-cemucaf', 'gt-intecap-courses', 'gt-certificate']],
    ['GT', 'cocina', { city: 'Cobán' }, ['gt-intecap-courses', 'gt-certificate']],
    ['GT', 'soldadura', { city: 'Mixco' }, ['gt-intecap-courses', 'gt-certificate']],
    ['GT', 'panadería', { department: 'Petén' }, ['gt-intecap-courses']],
    ['HN', 'electricidad', {}, ['hn-infop-courses', 'hn-centros-tecnicos-sps', 'hn-infop-cert']],
    ['HN', 'electricidad', { city: 'Danlí' }, ['hn-infop-courses', 'hn-infop-cert']],
    [
      'HN',
      'enfermería',
      { city: 'Choloma' },
      ['hn-centros-tecnicos-sps', 'hn-infop-courses', 'hn-infop-cert'],
    ],
    ['SV', 'soldadura', { city: 'San Miguel' }, ['sv-incaf']],
    ['MX', 'soldadura', { city: 'Puebla' }, ['mx-icat', 'mx-conocer']],
    ['NI', 'carpintería', { city: 'Masaya' }, ['ni-escuelas-oficio', 'ni-inatec', 'ni-inatec-cert']],
    ['CR', 'cocina', { city: 'Liberia' }, ['cr-ina', 'cr-ina-cert']],
    ['PA', 'refrigeración', { city: 'David' }, ['pa-inadeh']],
    ['DO', 'fontanería', { city: 'Santiago' }, ['do-infotep', 'do-infotep-cert']],
    ['BZ', 'mecánica automotriz', { city: 'San Ignacio' }, ['bz-itvet']],
    ['GT', '', {}, ['gt-intecap-courses', 'gt-certificate']],
  ];
  test.each(cases)('%s %s %j', (country, trade, place, ids) => {
    expect(idsOf(coursesIn(country, trade, place))).toEqual(ids);
  });

  test.each([
    ['HN', 'soldadra', 'hn-infop-courses', 'trade'],
    ['HN', 'elektrisidad', 'hn-infop-courses', 'trade'],
    ['HN', 'PANADERIA', 'hn-infop-courses', 'trade'],
    ['PA', 'reposteria', 'pa-inadeh', 'trade'],
    ['DO', 'plomeria', 'do-infotep', 'trade'],
    ['CR', 'mecanico de carros', 'cr-ina', 'trade'],
    ['NI', 'welding', 'ni-escuelas-oficio', 'many-trades'],
    ['BZ', 'air conditioning', 'bz-itvet', 'trade'],
    ['MX', 'mecatronica', 'mx-icat', 'trade'],
    ['NI', 'catacion de cafe', 'ni-inatec', 'trade'],
    ['GT', 'encuadernación de libros', 'gt-intecap-courses', 'many-trades'],
    ['SV', 'redes', 'sv-incaf', 'many-trades'],
    ['NI', 'mecánica automotriz', 'ni-escuelas-oficio', 'trade'],
    ['GT', 'mecánica industrial', 'gt-intecap-courses', 'many-trades'],
  ])('in %s "%s" leads to %s, which teaches: %s', (country, trade, id, teaches) => {
    const [first] = coursesIn(country, trade);
    expect([first?.['serviceId'], first?.['teaches']]).toEqual([id, teaches]);
  });

  test('who asks without a country is asked for it', () => {
    expect(directory.trainingLookUp({ trade: 'soldadura' }, contextIn(undefined))).toEqual({
      kind: 'no-country',
    });
  });

  test('where the directory holds no course nothing is made up', () => {
    expect(directory.trainingLookUp({ trade: 'soldadura' }, contextIn('US'))).toEqual({
      kind: 'nothing',
      trade: 'soldadura',
      country: 'US',
    });
  });
});

describe('the nearest centre', () => {
  test.each([
    ['GT', { city: 'Quetzaltenango' }, 'INTECAP Totonicapán', 'nearest', 19.3],
    ['GT', { city: 'Totonicapán' }, 'INTECAP Totonicapán', 'same-city', undefined],
    ['GT', { city: 'momos' }, 'INTECAP Totonicapán', 'same-department', 15.2],
    ['GT', { department: 'Izabal' }, 'INTECAP Santo Tomás de Castilla', 'same-department', 5.2],
    ['GT', { city: 'Flores' }, 'INTECAP Santo Tomás de Castilla', 'elsewhere', 193.7],
    ['GT', { city: 'vivo cerca de totonicapan' }, 'INTECAP Totonicapán', 'same-city', undefined],
    ['GT', { city: 'Totonicapan' }, 'INTECAP Totonicapán', 'same-city', undefined],
    ['GT', { city: 'Totonicapam' }, 'INTECAP Totonicapán', 'same-city', undefined],
    ['GT', { city: 'la aldea Chuatroj' }, 'INTECAP Totonicapán', 'elsewhere', undefined],
    ['GT', {}, 'INTECAP Totonicapán', 'elsewhere', undefined],
  ])('in %s for %j: %s, %s', (country, place, name, nearness, kilometres) => {
    const centre = asRecord(coursesIn(country, 'soldadura', place)[0]?.['centre']);
    expect([centre?.['name'], centre?.['nearness'], centre?.['kilometres']]).toEqual([
      name,
      nearness,
      kilometres,
    ]);
  });

  test('the others follow by distance', () => {
    const [infop] = coursesIn('HN', 'electricidad', { city: 'Danlí' });
    expect(asRecord(infop?.['centre'])?.['city']).toBe('Tegucigalpa');
    expect(infop?.['otherCentres']).toEqual(['Gracias', 'San Pedro Sula', 'Ocotepeque']);
  });

  test.each([
    ['SV', { city: 'La Libertad' }],
    ['HN', { city: 'La Libertad' }],
  ])('a name of two countries is read in the country asked for: %s', (country, place) => {
    expect(coursesIn(country, 'soldadura', place).length).toBeGreaterThan(0);
  });
});

describe('what is said of cost and age is honest', () => {
  test.each([
    ['HN', 'electricidad', 'hn-infop-courses', 'free', false],
    ['GT', 'cocina', 'gt-intecap-courses', 'unknown', true],
    ['GT', 'soldadura', 'gt-certificate', 'free', true],
    ['CR', 'cocina', 'cr-ina', 'usually-free', true],
    ['DO', 'cocina', 'do-infotep', 'usually-free', true],
    ['MX', 'cocina', 'mx-icat', 'paid', true],
    ['MX', 'cocina', 'mx-conocer', 'unknown', true],
    ['BZ', 'cocina', 'bz-itvet', 'paid', true],
    ['PA', 'soldadura', 'pa-inadeh', 'free', true],
    ['CR', 'cocina', 'cr-ina-cert', 'unknown', true],
  ])('%s %s, %s: %s, ask before you go: %s', (country, trade, id, cost, ask) => {
    const result = coursesIn(country, trade).find((one) => one['serviceId'] === id);
    expect([result?.['cost'], result?.['askBeforeYouGo']]).toEqual([cost, ask]);
  });

  test('an entry that is only likely is named and says no price, no paper to bring and no number', () => {
    const result = coursesIn('CR', 'cocina').find((one) => one['serviceId'] === 'cr-ina-cert');
    expect(Object.keys(result ?? {}).sort()).toEqual([
      'askBeforeYouGo',
      'cost',
      'organisation',
      'service',
      'serviceId',
      'sourceDate',
      'sourceName',
      'teaches',
    ]);
  });

  test('a caution of the directory goes with the answer', () => {
    expect(asRecord(coursesIn('SV', 'soldadura')[0]?.['caution'])?.['es']).toBe(
      'No hay precio ni teléfono confirmado.',
    );
  });

  test('facts that somebody verified this year are not doubted', () => {
    const services = loaded.services.map((service) =>
      service.id === 'mx-icat' ? { ...service, verified_on: '2026-10-01' } : service,
    );
    const look = createDirectory({ ...loaded, services }).trainingLookUp;
    const found = asRecord(look({ trade: 'soldadura', place: {} }, contextIn('MX')));
    expect(asRecord(asList(found?.['results'])[0])).toMatchObject({
      serviceId: 'mx-icat',
      askBeforeYouGo: false,
    });
  });
});

describe('telephones of a course', () => {
  const withPhone = (kind: 'international' | 'national', confidence: 'confirmed' | 'unverified') => {
    const services = loaded.services.map((service) =>
      service.id === 'pa-inadeh'
        ? {
            ...service,
            confidence,
            phones: [{ number: '523-3333', kind, description: '', description_en: '' }],
          }
        : service,
    );
    return createDirectory({ ...loaded, services }).trainingLookUp;
  };
  test.each([
    ['international', 'confirmed', false, { number: '523-3333', kind: 'international' }],
    ['national', 'confirmed', true, { number: '523-3333', kind: 'national' }],
    ['national', 'confirmed', false, undefined],
    ['international', 'unverified', true, undefined],
  ] as const)('%s, %s, country said: %s', (kind, confidence, said, phone) => {
    const found = asRecord(
      withPhone(kind, confidence)({ trade: 'soldadura', place: {} }, contextIn('PA', said)),
    );
    expect(asRecord(asList(found?.['results'])[0])?.['phone']).toEqual(phone);
  });
});
