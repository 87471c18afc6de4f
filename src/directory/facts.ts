import { isInside } from './bounds.ts';
import type { DirectoryFile, PhoneEntry, ServiceEntry } from './schema.ts';

/** A fault inside one file. */
export interface Found {
  readonly place: string;
  readonly field: string;
  readonly sentence: string;
}

/** What no schema sees: texts in one language only, telephones that cannot be, towns in another country, odd rates. */
export function factFaults(file: string, entry: DirectoryFile): readonly Found[] {
  const name = `${entry.country.toLowerCase()}.json`;
  return [
    ...(file === name
      ? []
      : [{ place: 'the file', field: 'country', sentence: `${entry.country} belongs into ${name}` }]),
    ...entry.organizations.flatMap(({ id, phones }) => phoneFaults(id, phones)),
    ...entry.services.flatMap((service) => serviceFaults(service, entry)),
  ];
}

/** What only all files together show: an id used twice, an organisation or a related service that does not exist. */
export function linkFaults(
  files: readonly { readonly file: string; readonly entry: DirectoryFile }[],
): readonly (Found & { readonly file: string })[] {
  const ids = new Set(files.flatMap(({ entry }) => entry.services.map(({ id }) => id)));
  const seen = new Set<string>();
  return files.flatMap(({ file, entry }) => {
    const organisations = new Set(entry.organizations.map(({ id }) => id));
    return entry.services.flatMap((service) => {
      const { id } = service;
      const faults: (Found & { readonly file: string })[] = [];
      const add = (field: string, sentence: string) => faults.push({ file, place: id, field, sentence });
      if (seen.has(id)) add('id', 'is used twice');
      seen.add(id);
      if (!organisations.has(service.organization_id))
        add('organization_id', `names no organisation of this file: ${service.organization_id}`);
      for (const other of service.see ?? []) if (!ids.has(other)) add('see', `names no service: ${other}`);
      return faults;
    });
  });
}

function serviceFaults(service: ServiceEntry, { country }: DirectoryFile): readonly Found[] {
  const { id, confidence, phones } = service;
  const add = (field: string, sentence: string): Found => ({ place: id, field, sentence });
  const prefix = `${country.toLowerCase()}-`;
  return [
    ...(id.startsWith(prefix) ? [] : [add('id', `should begin with ${prefix}`)]),
    ...languageFaults(service).map((field) => add(field, 'has a text in one language only')),
    ...phoneFaults(id, phones),
    ...(confidence === 'likely' && phones.length > 0
      ? [add('phones', 'should be empty while the entry is only likely')]
      : []),
    ...locationFaults(service, country),
    ...creditFaults(service),
    ...(service.trades !== undefined && service.trades_source === undefined
      ? [add('trades_source', 'is missing: say where the list of trades was read')]
      : []),
  ];
}

function languageFaults(service: ServiceEntry): readonly string[] {
  const {
    description,
    eligibility,
    application_process: application,
    fees,
    schedule,
    schedule_en: english,
  } = service;
  const texts = {
    description,
    eligibility,
    application_process: application,
    fees,
    schedule: { es: schedule, en: english },
  };
  return Object.entries(texts).flatMap(([field, { es, en }]) => ((es === '') === (en === '') ? [] : [field]));
}

/** How many digits there can be, the country code among them. */
const digits: Readonly<Record<PhoneEntry['kind'], readonly [number, number]>> = {
  international: [9, 15],
  national: [7, 14],
  short_code: [3, 6],
};

function phoneFaults(place: string, phones: readonly PhoneEntry[]): readonly Found[] {
  return phones.flatMap(({ number, kind }, index) => {
    const field = `phones[${index}].number`;
    const [least, most] = digits[kind];
    const count = number.replace(/\D/gu, '').length;
    if (!/^[+*]?[\d][\d\s-]*$/u.test(number))
      return [{ place, field, sentence: `is no telephone number: ${number}` }];
    if (kind === 'international' && !number.startsWith('+'))
      return [{ place, field, sentence: `is international and should begin with +: ${number}` }];
    if (count < least || count > most)
      return [{ place, field, sentence: `has ${count} digits, expected ${least} to ${most}: ${number}` }];
    return [];
  });
}

function locationFaults({ id, locations }: ServiceEntry, country: string): readonly Found[] {
  return locations.flatMap(({ lat, lon, geo_precision: precision, city }, index) => {
    const add = (field: string, sentence: string) => [
      { place: id, field: `locations[${index}].${field}`, sentence },
    ];
    if (lat === null || lon === null) {
      return precision === 'none' ? [] : add('lat', 'is missing, though geo_precision says that it is known');
    }
    if (precision === 'none') return add('geo_precision', 'is none, though lat and lon are given');
    return isInside(country, lat, lon)
      ? []
      : add('lat', `and lon are not in ${country}: ${city} at ${lat}, ${lon}`);
  });
}

function creditFaults({ id, credit }: ServiceEntry): readonly Found[] {
  if (credit === undefined) return [];
  const { min, max, annual_rate: rate, annual_rate_min: lowest } = credit;
  const add = (field: string, sentence: string) => ({ place: id, field: `credit.${field}`, sentence });
  return [
    ...(min !== null && max !== null && min > max ? [add('min', `is above max: ${min} and ${max}`)] : []),
    ...(lowest !== undefined && rate !== null && lowest > rate
      ? [add('annual_rate_min', `is above annual_rate: ${lowest} and ${rate}`)]
      : []),
  ];
}
