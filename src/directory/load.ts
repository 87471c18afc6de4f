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
  const files = countryFilesIn(folder).map((file) => readFile(folder, file));
  const { services, emergency, faults } = checkDirectory(files);
  const places = readPlaces(readFile(folder, 'places.json'));
  const trades = readTrades(readFile(folder, 'trades.json'));
  const none = {
    file: folder,
    place: 'the folder',
    field: 'the content',
    sentence: 'holds no country file such as gt.json',
  };
  return {
    services,
    emergency,
    places: places.places,
    trades: trades.trades,
    faults: [...(files.length === 0 ? [none] : []), ...faults, ...places.faults, ...trades.faults],
  };
}

function readFile(folder: string, file: string): NamedContent {
  try {
    return { file, content: JSON.parse(readFileSync(join(folder, file), 'utf8')) as unknown };
  } catch (fault) {
    return { file, unreadable: fault instanceof Error ? fault.message : String(fault) };
  }
}

/** Reads the folder at start. Throws `SetupFaults` that names every fault: file, place, field. */
export function loadDirectory(folder: string): LoadedDirectory {
  const { faults, ...directory } = readDirectory(folder);
  if (faults.length > 0) throw new SetupFaults(faults.map(faultLine));
  return directory;
}

function countryFilesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => countryFile.test(name))
      .sort();
  } catch {
    return [];
  }
}
