import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { checkDirectory, faultLine } from '../../src/directory/check.ts';

const folder = join(import.meta.dirname, '../../directory');
const names = ['bz', 'cr', 'do', 'gt', 'hn', 'mx', 'ni', 'pa', 'sv', 'us'].map(
  (country) => `${country}.json`,
);

interface Editable {
  services: Record<string, unknown>[];
  [field: string]: unknown;
}

/** A fresh copy of the file, so that a test may spoil it. */
function read(file: string): Editable {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Editable; // the real files have this shape
}

/** What the check says when one file was changed. */
function faultsAfter(file: string, spoil: (content: Editable) => void): readonly string[] {
  const files = names.map((name) => {
    const content = read(name);
    if (name === file) spoil(content);
    return { file: name, content };
  });
  return checkDirectory(files).faults.map(faultLine);
}

/** The service with this id, to be spoilt. */
function service(content: Editable, id: string): Record<string, unknown> {
  return content.services.find((entry) => entry['id'] === id)!;
}

describe('the directory as it is', () => {
  test('all ten files are sound and hold 192 services', () => {
    const { faults, services, emergency } = checkDirectory(
      names.map((file) => ({ file, content: read(file) })),
    );
    expect(faults).toEqual([]);
    expect(services).toHaveLength(192);
    expect([...emergency.keys()]).toEqual(['BZ', 'CR', 'DO', 'GT', 'HN', 'MX', 'NI', 'PA', 'SV', 'US']);
  });

  test('a service knows its country and the name of its organisation', () => {
    const { services } = checkDirectory([{ file: 'gt.json', content: read('gt.json') }]);
    expect(services[0]).toMatchObject({
      id: 'gt-intecap-courses',
      country: 'GT',
      organisation: 'Instituto Técnico de Capacitación y Productividad',
    });
  });
});

describe('one planted fault gives one sentence that names file, place and field', () => {
  const cases: readonly (readonly [string, string, (content: Editable) => void, string])[] = [
    [
      'a misspelt field',
      'gt.json',
      (content) => {
        const entry = service(content, 'gt-dpi');
        entry['shedule'] = entry['schedule'];
      },
      'gt.json: gt-dpi: shedule is no field of this format; look at its spelling',
    ],
    [
      'a misspelt field at the top',
      'hn.json',
      (content) => (content['emergencies'] = []),
      'hn.json: the file: emergencies is no field of this format; look at its spelling',
    ],
    [
      'a missing field',
      'gt.json',
      (content) => delete service(content, 'gt-dpi')['fees'],
      'gt.json: gt-dpi: fees is missing',
    ],
    [
      'a text where a list belongs',
      'sv.json',
      (content) => (service(content, 'sv-incaf')['phones'] = '2133-3600'),
      'sv.json: sv-incaf: phones should be a list',
    ],
    [
      'an unknown confidence',
      'mx.json',
      (content) => (service(content, 'mx-icat')['confidence'] = 'sure'),
      'mx.json: mx-icat: confidence should be one of confirmed, unverified, likely',
    ],
    [
      'a date of another form',
      'pa.json',
      (content) => (service(content, 'pa-inadeh')['source_date'] = '09/2025'),
      'pa.json: pa-inadeh: source_date should be a date as 2026-03-15, 2026-03 or 2026, or unknown',
    ],
    [
      'a day that does not exist',
      'pa.json',
      (content) => (service(content, 'pa-inadeh')['verified_on'] = '2026-02-30'),
      'pa.json: pa-inadeh: verified_on should be a day as 2026-03-15',
    ],
    [
      'an address that is none',
      'cr.json',
      (content) => (service(content, 'cr-ina')['url'] = 'ina.ac.cr'),
      'cr.json: cr-ina: url should be empty or an address that begins with https://',
    ],
    [
      'an id used twice',
      'ni.json',
      (content) => content.services.push(service(content, 'ni-inatec')),
      'ni.json: ni-inatec: id is used twice',
    ],
    [
      'an id of another country',
      'ni.json',
      (content) => content.services.push({ ...service(content, 'ni-inatec'), id: 'hn-inatec' }),
      'ni.json: hn-inatec: id should begin with ni-',
    ],
    [
      'an organisation that does not exist',
      'do.json',
      (content) => (service(content, 'do-infotep')['organization_id'] = 'do-infotepp'),
      'do.json: do-infotep: organization_id names no organisation of this file: do-infotepp',
    ],
    [
      'a related service that does not exist',
      'us.json',
      (content) => (service(content, 'us-consular-gt')['see'] = ['gt-consulado']),
      'us.json: us-consular-gt: see names no service: gt-consulado',
    ],
    [
      'a text in one language only',
      'bz.json',
      (content) => (service(content, 'bz-itvet')['schedule'] = 'De día y de noche'),
      'bz.json: bz-itvet: schedule has a text in one language only',
    ],
    [
      'a telephone with a letter',
      'gt.json',
      (content) => (service(content, 'gt-cemucaf')['phones'] = [phone('+502 7888-O000', 'international')]),
      'gt.json: gt-cemucaf: phones[0].number is no telephone number: +502 7888-O000',
    ],
    [
      'an international telephone without its country',
      'gt.json',
      (content) => (service(content, 'gt-cemucaf')['phones'] = [phone('7888-0000', 'international')]),
      'gt.json: gt-cemucaf: phones[0].number is international and should begin with +: 7888-0000',
    ],
    [
      'a telephone that lacks digits',
      'gt.json',
      (content) => (service(content, 'gt-cemucaf')['phones'] = [phone('78-88', 'national')]),
      'gt.json: gt-cemucaf: phones[0].number has 4 digits, expected 7 to 14: 78-88',
    ],
    [
      'a telephone in an entry that is only likely',
      'cr.json',
      (content) => (service(content, 'cr-ina-cert')['phones'] = [phone('+506 2210-6000', 'international')]),
      'cr.json: cr-ina-cert: phones should be empty while the entry is only likely',
    ],
    [
      'a town in another country',
      'gt.json',
      (content) => (service(content, 'gt-cemucaf')['locations'] = [town(-14.305, -90.785, 'city')]),
      'gt.json: gt-cemucaf: locations[0].lat and lon are not in GT: Escuintla at -14.305, -90.785',
    ],
    [
      'a town without its point',
      'gt.json',
      (content) => (service(content, 'gt-cemucaf')['locations'] = [town(null, null, 'city')]),
      'gt.json: gt-cemucaf: locations[0].lat is missing, though geo_precision says that it is known',
    ],
    [
      'a rate that cannot be',
      'hn.json',
      (content) => (credit(content, 'hn-senprende')['annual_rate'] = 1200),
      'hn.json: hn-senprende: credit.annual_rate should not be above 100 percent',
    ],
    [
      'a lowest rate above the highest',
      'hn.json',
      (content) => (credit(content, 'hn-banhprovi-retornado')['annual_rate_min'] = 24),
      'hn.json: hn-banhprovi-retornado: credit.annual_rate_min is above annual_rate: 24 and 22',
    ],
    [
      'a smallest loan above the largest',
      'hn.json',
      (content) => (credit(content, 'hn-senprende')['min'] = 50_000),
      'hn.json: hn-senprende: credit.min is above max: 50000 and 25000',
    ],
    [
      'courses without a source',
      'hn.json',
      (content) => delete service(content, 'hn-infop-courses')['trades_source'],
      'hn.json: hn-infop-courses: trades_source is missing: say where the list of trades was read',
    ],
    [
      'an emergency number with a letter',
      'sv.json',
      (content) =>
        (content['emergency'] = [{ number: '91I', for: { es: 'a', en: 'a' }, confidence: 'confirmed' }]),
      'sv.json: the file: emergency[0].number should be three or four digits',
    ],
  ];
  test.each(cases)('%s', (_name, file, spoil, sentence) => {
    expect(faultsAfter(file, spoil)).toEqual([sentence]);
  });

  test('a file under another name', () => {
    const { faults } = checkDirectory([{ file: 'guatemala.json', content: read('gt.json') }]);
    expect(faults.map(faultLine)).toContain('guatemala.json: the file: country GT belongs into gt.json');
  });

  test('every fault of a file is named at once', () => {
    const spoilt = faultsAfter('cr.json', (content) => {
      service(content, 'cr-ina')['url'] = 'x';
      service(content, 'cr-ina-cert')['confidence'] = 'x';
    });
    expect(spoilt).toHaveLength(2);
  });

  test('a file that holds something else altogether', () => {
    expect(checkDirectory([{ file: 'gt.json', content: [] }]).faults.map(faultLine)).toEqual([
      'gt.json: the file: the content should be a group of fields in braces',
    ]);
  });
});

const phone = (number: string, kind: string) => ({ number, kind, description: 'a', description_en: 'a' });
const town = (lat: number | null, lon: number | null, precision: string) => ({
  name: 'CEMUCAF',
  address: '',
  city: 'Escuintla',
  admin1: 'Escuintla',
  lat,
  lon,
  geo_precision: precision,
});
const credit = (content: Editable, id: string) => service(content, id)['credit'] as Record<string, unknown>; // these services have one
