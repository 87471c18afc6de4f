import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { SetupFaults } from '../core/errors.ts';
import { checkDirectory, faultLine, type DirectoryFault, type NamedContent } from './check.ts';
import { readPlaces, type MappedPlace } from './places.ts';
import type { EmergencyNumber, Service } from './schema.ts';
import { readTrades, type Trade } from './trades.ts';

/** Everything the directory knows, checked. */
export interface LoadedDirectory {
  readonly services: readonly Service[];
  readonly emergency: ReadonlyMap<string, readonly EmergencyNumber[]>;
  readonly places: readonly MappedPlace[];
  readonly trades: readonly Trade[];
}

const countryFile = /^[a-z]{2}\.json$/u;

/** Reads and checks the folder. Gives every fault there is, together with what could be read. */
export function readDirectory(
  folder: string,
): LoadedDirectory & { readonly faults: readonly DirectoryFault[] } {
  const faults: DirectoryFault[] = [];
  const read = (file: string): readonly NamedContent[] => {
    try {
      return [{ file, content: JSON.parse(readFileSync(join(folder, file), 'utf8')) }];
    } catch (fault) {
      const sentence = `cannot be read: ${fault instanceof Error ? fault.message : String(fault)}`;
      faults.push({ file, place: 'the file', field: 'the content', sentence });
      return [];
    }
  };
  const files = namesIn(folder).flatMap(read);
  if (files.length === 0 && faults.length === 0)
    faults.push({
      file: folder,
      place: 'the folder',
      field: 'the content',
      sentence: 'holds no country file such as gt.json',
    });
  const { services, emergency, faults: inCountries } = checkDirectory(files);
  const [places] = read('places.json').map(({ content }) => readPlaces(content));
  const [trades] = read('trades.json').map(({ content }) => readTrades(content));
  return {
    services,
    emergency,
    places: places?.places ?? [],
    trades: trades?.trades ?? [],
    faults: [...faults, ...inCountries, ...(places?.faults ?? []), ...(trades?.faults ?? [])],
  };
}

/** Reads the folder at start. Throws `SetupFaults` that names every fault: file, place, field. */
export function loadDirectory(folder: string): LoadedDirectory {
  const { faults, ...directory } = readDirectory(folder);
  if (faults.length > 0) throw new SetupFaults(faults.map(faultLine));
  return directory;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => countryFile.test(name))
      .sort();
  } catch {
    return [];
  }
}
