import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { controlOf, choiceWords, dialogs } from '../../dialogs/index.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { createDirectory } from '../../src/directory/search.ts';
import { createTranslator } from '../../src/i18n/index.ts';
import { readJourneys, type Journey } from '../../src/journeys/journey.ts';
import { runJourney } from '../../src/journeys/run.ts';
import { createRecogniser } from '../../src/recogniser/recogniser.ts';
import { directLinePerson } from '../support/direct-line-person.ts';
import { startPuente, type RunningPuente } from '../support/running-puente.ts';
import { simulatedPhone } from '../support/simulated-phone.ts';

const limit = 60_000;
const root = path.join(import.meta.dirname, '../..');
const prefixes: Readonly<Record<string, string>> = { GT: '502', HN: '504', SV: '503', BZ: '501', US: '1512' };
const loaded = loadDirectory(path.join(root, 'directory'));
const { trainingLookUp: training, emergencyLookUp: emergency } = createDirectory(loaded);
const world = {
  dialogs,
  controlOf,
  choiceWords,
  lookUps: { training, emergency },
  recogniser: createRecogniser(loaded),
  translator: createTranslator(path.join(root, 'locales')),
};

/** Journeys of people who only write and tap, on the settings the service below runs with. */
const sample = ['training', 'person', 'my-data', 'danger']
  .flatMap((name) => readJourneys(readFileSync(path.join(root, `test/journeys/${name}.yaml`), 'utf8')))
  .filter(
    (journey) =>
      journey.language === 'es' &&
      journey.organisation === 'ngo' &&
      journey.duty.kind === 'on-duty' &&
      journey.duty.withinMinutes === 20 &&
      journey.channel === 'whatsapp' &&
      prefixes[journey.number ?? 'US'] !== undefined &&
      journey.steps.every(
        (step) => 'person' in step || 'tap' in step || ('bot' in step && step.bot.length > 0),
      ),
  )
  .slice(0, 24);

let puente: RunningPuente;
beforeAll(async () => {
  puente = await startPuente({
    ORGANISATION_NAME: 'Casa Camino',
    TEAM_HOURS: 'sun-sat 00:00-24:00',
    TEAM_ANSWERS_WITHIN: '20',
    TEAM_LONG_QUEUE: '1000',
  });
}, limit);
afterAll(async () => {
  await puente.remove();
}, limit);

/** What the core says in the journey, message by message, as it leaves for a phone. */
const spokenBy = (journey: Journey): readonly string[] =>
  runJourney(journey, world)
    .transcript.filter(({ who }) => who === 'bot')
    .map(({ text }) => firstLines(text));

/** Without the choices, which each channel shows in its own way. */
const firstLines = (text: string): string =>
  text
    .split('\n')
    .filter((line) => !/^\d /u.test(line))
    .join('\n');

/** Taps are WhatsApp's; erasing empties the log that this plain client counts in (the page is tested for that). */
function isForWebChat({ steps, after }: Journey): boolean {
  return after.erased !== true && steps.every((step) => !('tap' in step));
}

test('there is a sample worth running', () => {
  expect(sample.length).toBeGreaterThanOrEqual(15);
});

describe('journeys through the whole service', () => {
  test.each(sample.map((journey, index) => [journey.title, journey, index] as const))(
    'WhatsApp says what the core says: %s',
    async (_title, journey, index) => {
      const phone = simulatedPhone(
        puente.url,
        `${prefixes[journey.number ?? 'US'] ?? ''}5555${1000 + index}`,
      );
      const heard: string[] = [];
      let last: Awaited<ReturnType<typeof phone.write>> | undefined;
      for (const step of journey.steps) {
        if ('person' in step) last = await phone.write(step.person);
        else if ('tap' in step && last !== undefined) last = await phone.tap(last, step.tap);
        else continue;
        heard.push(firstLines(last.text).trim());
      }
      expect(heard).toEqual(spokenBy(journey).map((text) => text.trim()));
    },
    limit,
  );

  test.each(sample.filter(isForWebChat).map((journey) => [journey.title, journey] as const))(
    'web chat says what the journey asks for: %s',
    async (_title, journey) => {
      const person = await directLinePerson(puente.url);
      await person.next();
      let last = '';
      for (const step of journey.steps) {
        if ('person' in step) last = (await person.write(step.person)).text ?? '';
        if (!('bot' in step)) continue;
        for (const words of step.says ?? []) if (!isOfChannel(words)) expect(last).toContain(words);
        for (const words of step['does not say'] ?? []) expect(last).not.toContain(words);
      }
    },
    limit,
  );
});

/** The notice came with the greeting, WhatsApp is not spoken of, and a web page has no number to tell a country. */
const isOfChannel = (words: string): boolean =>
  /WhatsApp|Casa Camino|Guatemala|Honduras|El Salvador|\d/u.test(words);
