import { placeIn } from '../core/place.ts';
import type { LocalLookUp } from '../core/ports.ts';
import { asText, type JsonValue } from '../core/values.ts';
import type { LoadedDirectory } from './load.ts';
import type { EmergencyNumber, Service } from './schema.ts';

/** What the search needs of a service. */
type Hotline = Pick<Service, 'country' | 'confidence' | 'phones' | 'name' | 'schedule' | 'schedule_en'>;
/** What the search needs of the directory. */
interface Sources {
  readonly emergency: LoadedDirectory['emergency'];
  readonly services: readonly Hotline[];
}

/** Where many of those who write were before, and what a number that begins with +1 may mean. */
const before = 'US';

/**
 * Finds whom to call, for the class of danger under `danger`. Only confirmed numbers leave the directory. `here` is the
 * country the person said they are in, else one that the message named, else where they are from, else that of the
 * number, else the operator's default. Short codes work only at home: unless they said it or the number shows it,
 * `asksCountry` is true and `elsewhere` holds the country of the number, or the United States.
 */
export function createEmergencyLookUp(sources: Sources): LocalLookUp {
  return (input, { country, countrySaid }) => {
    const [named, ofNumber] = [asText(input['namedCountry']), asText(input['numberCountry'])];
    const isSaid = countrySaid && (placeIn(input)?.country !== undefined || input['isOnlyFrom'] !== true);
    const here = isSaid ? country : (named ?? country);
    const isKnown = here !== undefined && (isSaid || here === ofNumber);
    const elsewhere = ofNumber ?? before;
    const danger = asText(input['danger']) ?? 'general';
    return {
      asksCountry: !isKnown,
      ...(here === undefined ? {} : { here: helpIn(sources, here, danger) }),
      ...(isKnown || elsewhere === here ? {} : { elsewhere: helpIn(sources, elsewhere, danger) }),
    };
  };
}

function helpIn({ emergency, services }: Sources, country: string, danger: string): JsonValue {
  const confirmed = (emergency.get(country) ?? []).filter(({ confidence }) => confidence === 'confirmed');
  const number = bestNumber(confirmed, danger);
  const line = lineFor(services, country, danger);
  return {
    country,
    ...(number === undefined
      ? {}
      : {
          number: number.number,
          for: number.for,
          police: policeIn(servesOf(number)),
        }),
    ...(line === undefined ? {} : { line }),
  };
}

/** Help of the right kind first; the police, where they are all there is, last. */
function bestNumber(numbers: readonly EmergencyNumber[], danger: string): EmergencyNumber | undefined {
  const isOfBody = danger === 'medical_emergency' || danger === 'self_harm';
  const kinds = isOfBody ? (['medical', 'any', 'police'] as const) : (['any', 'police'] as const);
  for (const kind of kinds) {
    const found = numbers.find((number) => servesOf(number).includes(kind));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether the police answer: not at all, among others, or they alone. */
function policeIn(serves: readonly string[]): 'no' | 'among' | 'only' {
  if (!serves.includes('police')) return 'no';
  return serves.length === 1 ? 'only' : 'among';
}

const servesOf = ({ serves }: EmergencyNumber): NonNullable<EmergencyNumber['serves']> => serves ?? ['any'];

/** The specialised line, with its hours where the directory has them. */
function lineFor(services: readonly Hotline[], country: string, danger: string): JsonValue | undefined {
  for (const service of services) {
    if (service.country !== country || service.confidence !== 'confirmed') continue;
    const phone = service.phones.find(({ crisis }) => crisis?.some((one) => one === danger) === true);
    if (phone === undefined) continue;
    return {
      number: phone.number,
      name: service.name,
      ...(service.schedule === '' ? {} : { hours: { es: service.schedule, en: service.schedule_en } }),
    };
  }
  return undefined;
}
