import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { choiceWords, controlOf, dialogs } from '../dialogs/index.ts';
import { createTranslator } from '../src/i18n/index.ts';
import { readJourneys } from '../src/journeys/journey.ts';
import { runJourney } from '../src/journeys/run.ts';
import { scriptedLookUps } from './support/scripted-directory.ts';
import { scriptedRecogniser } from './support/scripted-recogniser.ts';
import { allExits, watchExits } from './support/visited-exits.ts';

const folder = join(import.meta.dirname, 'journeys');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const { watched, visited } = watchExits(dialogs);
const world = {
  dialogs: watched,
  lookUps: scriptedLookUps,
  recogniser: scriptedRecogniser,
  controlOf,
  choiceWords,
  translator: createTranslator(join(import.meta.dirname, '../locales')),
};

describe.each(files)('%s', (name) => {
  const journeys = readJourneys(readFileSync(join(folder, name), 'utf8'));
  test.each(journeys.map((journey) => [journey.title, journey] as const))('%s', (_title, journey) => {
    const { faults } = runJourney(journey, world);
    expect(faults).toEqual([]);
  });
});

test('every exit of every branch and choice is taken in some journey', () => {
  expect(allExits(dialogs).filter((exit) => !visited.has(exit))).toEqual([]);
});
