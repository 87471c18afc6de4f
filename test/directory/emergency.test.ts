import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RuleContext } from '../../src/core/dialog.ts';
import { countryCode, languageTag } from '../../src/core/ids.ts';
import { asRecord, type Values } from '../../src/core/values.ts';
import { createEmergencyLookUp } from '../../src/directory/emergency.ts';
import { loadDirectory } from '../../src/directory/load.ts';

const loaded = loadDirectory(join(import.meta.dirname, '../../directory'));
const lookUp = createEmergencyLookUp(loaded);

/** Whom to call, as a record; the country is the one the person said, unless told otherwise. */
function find(country: string | undefined, input: Values = {}, countrySaid = country !== undefined): Values {
  const context: RuleContext = {
    now: Date.UTC(2026, 10, 24),
    language: languageTag('es'),
    countrySaid,
    organisation: { name: 'Casa Camino', kind: 'ngo' },
    ...(country === undefined ? {} : { country: countryCode(country) }),
  };
  return asRecord(lookUp(input, context)) ?? {};
}

const numbersIn = (found: Values, where: 'here' | 'elsewhere'): readonly unknown[] => {
  const help = asRecord(found[where]);
  return [help?.['country'], help?.['number'], asRecord(help?.['line'])?.['number']];
};

describe('whom to call in the country somebody said', () => {
  test.each([
    ['GT', 'violence', '110', undefined, 'only'],
    ['GT', 'gbv', '110', '1572', 'only'],
    ['HN', 'self_harm', '911', '150', 'no'],
    ['HN', 'trafficking', '911', '145', 'no'],
    ['SV', 'extortion_gang', '911', undefined, 'among'],
    ['SV', 'self_harm', '911', '+503 7071-1302', 'among'],
    ['MX', 'gbv', '911', '079', 'no'],
    ['MX', 'self_harm', '911', '800 911 2000', 'no'],
    ['CR', 'self_harm', '911', undefined, 'no'],
    ['PA', 'medical_emergency', '104', undefined, 'only'],
    ['DO', 'gbv', '911', '*212', 'no'],
    ['NI', 'child_alone', undefined, '133', undefined],
    ['BZ', 'violence', undefined, undefined, undefined],
    ['CO', 'violence', undefined, undefined, undefined],
    ['US', 'self_harm', '911', '988', 'no'],
    ['US', 'violence', '911', undefined, 'no'],
  ])('%s, %s: %s and %s', (country, danger, number, line, police) => {
    const found = find(country, { danger });
    expect(numbersIn(found, 'here')).toEqual([country, number, line]);
    expect(asRecord(found['here'])?.['police']).toBe(police);
    expect([found['asksCountry'], found['elsewhere']]).toEqual([false, undefined]);
  });
});

describe('where nobody said the country', () => {
  test('the country of the number is taken, and not asked for', () => {
    const found = find('HN', { danger: 'violence', numberCountry: 'HN' }, false);
    expect([numbersIn(found, 'here'), found['asksCountry'], found['elsewhere']]).toEqual([
      ['HN', '911', undefined],
      false,
      undefined,
    ]);
  });

  test("the operator's default goes together with the United States", () => {
    const found = find('GT', { danger: 'self_harm' }, false);
    expect([numbersIn(found, 'here'), numbersIn(found, 'elsewhere'), found['asksCountry']]).toEqual([
      ['GT', '110', undefined],
      ['US', '911', '988'],
      true,
    ]);
  });

  test('without any country the United States stand alone', () => {
    const found = find(undefined, { danger: 'violence' });
    expect([found['here'], numbersIn(found, 'elsewhere'), found['asksCountry']]).toEqual([
      undefined,
      ['US', '911', undefined],
      true,
    ]);
  });

  test('a country named in the message goes together with the one of the number', () => {
    const found = find('HN', { danger: 'violence', numberCountry: 'HN', namedCountry: 'MX' }, false);
    expect([numbersIn(found, 'here')[0], numbersIn(found, 'elsewhere')[0], found['asksCountry']]).toEqual([
      'MX',
      'HN',
      true,
    ]);
  });

  test('where somebody is from goes together with the country of the number, and is asked for', () => {
    const found = find('HN', { danger: 'violence', isOnlyFrom: true });
    expect([numbersIn(found, 'here')[0], numbersIn(found, 'elsewhere')[0], found['asksCountry']]).toEqual([
      'HN',
      'US',
      true,
    ]);
  });

  test('a country said afterwards is where they are', () => {
    const found = find('MX', { danger: 'violence', isOnlyFrom: true, place: { country: 'MX' } });
    expect([numbersIn(found, 'here')[0], found['elsewhere'], found['asksCountry']]).toEqual([
      'MX',
      undefined,
      false,
    ]);
  });

  test('what the person said about themselves wins over what the message names', () => {
    expect(numbersIn(find('GT', { namedCountry: 'MX' }), 'here')[0]).toBe('GT');
  });
});

test('a line that is not confirmed any more is not given', () => {
  const services = loaded.services.map((service) =>
    service.id === 'gt-linea-1572' ? { ...service, confidence: 'unverified' as const } : service,
  );
  const input = { danger: 'gbv' };
  const context = { now: 0, language: languageTag('es'), countrySaid: true, country: countryCode('GT') };
  const found = createEmergencyLookUp({ ...loaded, services })(input, {
    ...context,
    organisation: { name: '', kind: 'ngo' },
  });
  expect(asRecord(asRecord(found)?.['here'])?.['line']).toBeUndefined();
});
