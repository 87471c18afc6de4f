import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { choiceWords, controlOf, dialogs } from '../dialogs/index.ts';
import { loadDirectory } from '../src/directory/load.ts';
import { createDirectory } from '../src/directory/search.ts';
import { createTranslator } from '../src/i18n/index.ts';
import { readJourneys } from '../src/journeys/journey.ts';
import { runJourney } from '../src/journeys/run.ts';
import { createRecogniser } from '../src/recogniser/recogniser.ts';

const folder = join(import.meta.dirname, 'journeys');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const loaded = loadDirectory(join(import.meta.dirname, '../directory'));
const { trainingLookUp, emergencyLookUp } = createDirectory(loaded);
const world = {
  dialogs,
  lookUps: { training: trainingLookUp, emergency: emergencyLookUp },
  recogniser: createRecogniser(loaded),
  controlOf,
  choiceWords,
  translator: createTranslator(join(import.meta.dirname, '../locales')),
};

describe.each(files)('with the real directory and recogniser, %s', (name) => {
  const journeys = readJourneys(readFileSync(join(folder, name), 'utf8'));
  test.each(journeys.map((journey) => [journey.title, journey] as const))('%s', (_title, journey) => {
    const { faults } = runJourney(journey, world);
    expect(faults).toEqual([]);
  });
});
