import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SetupFaults } from '../../src/core/errors.ts';
import { ageInDays, staleServices } from '../../src/directory/freshness.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { kilometresBetween } from '../../src/directory/places.ts';

const real = join(import.meta.dirname, '../../directory');

describe('the folder at start', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'puente-directory-'));
    cpSync(real, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const faultsOf = () => {
    try {
      loadDirectory(folder);
      return [];
    } catch (fault) {
      return fault instanceof SetupFaults ? fault.faults : ['another fault'];
    }
  };

  test('the real one loads', () => {
    expect(faultsOf()).toEqual([]);
  });

  test('a file that is no JSON stops it, by name', () => {
    writeFileSync(join(folder, 'hn.json'), '{ "country": "HN", ');
    expect(faultsOf()).toEqual([
      expect.stringMatching(/^hn\.json: the file: the content cannot be read: .+/u),
    ]);
  });

  test('a place outside its country stops it', () => {
    const places = {
      about: 'Two towns',
      countries: [
        {
          country: 'BZ',
          names: ['belice'],
          people: [],
          departments: [{ name: 'Cayo', cities: [{ name: 'Belmopan', at: [71.25, -88.77] }] }],
        },
      ],
    };
    writeFileSync(join(folder, 'places.json'), JSON.stringify(places));
    expect(faultsOf()).toEqual([
      'places.json: Cayo, BZ: at is outside the country',
      'places.json: Belmopan, BZ: at is outside the country',
    ]);
  });

  test('a misspelt field in the list of trades stops it', () => {
    writeFileSync(
      join(folder, 'trades.json'),
      '{"about": "", "trades": [{"name": "soldadura", "wrods": []}]}',
    );
    expect(faultsOf()).toEqual([
      expect.stringMatching(/^trades\.json: the file: trades\.0\.words .+/u),
      expect.stringMatching(/^trades\.json: the file: trades\.0 .+wrods.+/u),
    ]);
  });

  test('an empty folder stops it', () => {
    rmSync(folder, { recursive: true });
    expect(faultsOf()[0]).toMatch(/holds no country file such as gt\.json$/u);
  });
});

describe('the gazetteer', () => {
  const { places } = loadDirectory(real);
  test.each([
    ['GT', 22, 80],
    ['HN', 18, 50],
    ['SV', 14, 40],
    ['MX', 32, 90],
    ['NI', 17, 25],
    ['CR', 7, 20],
    ['PA', 10, 15],
    ['DO', 32, 25],
    ['BZ', 6, 10],
  ])('of %s holds all %d departments and at least %d towns', (country, departments, towns) => {
    const own = places.filter((place) => place.country === country);
    const count = own.filter(({ kind }) => kind === 'department').length;
    expect(count).toBeGreaterThanOrEqual(departments);
    expect(own.filter(({ kind, at }) => kind === 'city' && at !== undefined).length).toBeGreaterThanOrEqual(
      towns,
    );
  });

  test('knows that Xela and Totonicapán are about 19 km apart', () => {
    const at = (name: string) =>
      places.find((place) => place.kind === 'city' && place.name === name)?.at ?? [0, 0];
    expect(Math.round(kilometresBetween(at('Quetzaltenango'), at('Totonicapán')))).toBe(19);
    expect(Math.round(kilometresBetween(at('Tijuana'), at('Ciudad de Guatemala')))).toBe(3335);
  });
});

describe('how old a fact is', () => {
  const now = Date.UTC(2026, 10, 24);
  test.each([
    ['2026-11-23', undefined, 1],
    ['2026-11', undefined, 23],
    ['2025', undefined, 692],
    ['unknown', undefined, undefined],
    ['2019', '2026-11-20', 4],
  ])('source %s, verified %s: %s days', (sourceDate, verifiedOn, days) => {
    const entry = {
      source_date: sourceDate,
      ...(verifiedOn === undefined ? {} : { verified_on: verifiedOn }),
    };
    expect(ageInDays(entry, now)).toBe(days);
  });

  test('the undated come first, then the oldest, and nothing that is young enough', () => {
    const { services } = loadDirectory(real);
    const stale = staleServices(services, now, 365);
    const training = stale.filter(({ id }) =>
      services.some((one) => one.id === id && one.category === 'training'),
    );
    expect(training.map(({ id }) => id)).toEqual([
      'bz-itvet',
      'cr-ina-cert',
      'do-infotep-cert',
      'mx-icat',
      'ni-inatec-cert',
      'gt-intecap-courses',
      'cr-ina',
      'hn-infop-cert',
      'ni-inatec',
      'gt-certificate',
      'gt-intecap-becas-talento',
      'hn-infop-diaspora',
      'ni-escuelas-oficio',
      'sv-incaf',
      'mx-conocer',
      'pa-inadeh',
    ]);
    expect(stale.find(({ id }) => id === 'mx-icat')).toEqual({
      id: 'mx-icat',
      country: 'MX',
      sourceDate: 'unknown',
    });
  });
});
