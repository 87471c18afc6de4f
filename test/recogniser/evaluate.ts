import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Understanding } from '../../src/core/recognition.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { createCrisisDetector } from '../../src/recogniser/crisis.ts';
import { loadIntentModel } from '../../src/recogniser/model/intent-model.ts';
import { loadLanguageModel } from '../../src/recogniser/model/language-model.ts';
import { encodeModel } from '../../src/recogniser/model/model-file.ts';
import { createRecogniser } from '../../src/recogniser/recogniser.ts';
import { calibrationPlot } from './training/calibration-plot.ts';
import { readCrisisMessages, scoreCrisis } from './training/crisis-messages.ts';
import {
  createDraw,
  inCapitals,
  texting,
  transcribed,
  withoutAccents,
  wordSlips,
  type Noise,
} from './training/noise.ts';
import { phraseLanguages, readLanguageSamples, readPhrases, type Phrase } from './training/phrases.ts';
import { calibrationOf, confusionsOf, scoreOf, type Answer } from './training/scorer.ts';
import { readSlotExamples, scoreSlots } from './training/slot-examples.ts';
import { trainIntents } from './training/train-intents.ts';
import { trainLanguages } from './training/train-languages.ts';

/**
 * `npm run evaluate`: trains on all writers but those marked "(evaluation)", and tells how those are understood. The
 * models in the repository have read every writer; on writers that nobody here has seen they should do a little better.
 */
const seed = 99;
const root = path.join(import.meta.dirname, '..', '..');
const noises: readonly (readonly [string, Noise])[] = [
  ['as written', (text) => text],
  ['no accents', withoutAccents],
  ['slips in 10 % of words', wordSlips(0.1)],
  ['slips in 30 % of words', wordSlips(0.3)],
  ['texting', texting],
  ['capitals', inCapitals],
  ['voice transcript', transcribed],
];

const phrases = readPhrases();
const samples = readLanguageSamples();
const apart = phrases.filter(({ isEvaluation }) => isEvaluation);
const inputs = 'without the evaluation writers';
const learnt = (all: readonly Phrase[]) => all.filter(({ isEvaluation }) => !isEvaluation);
const intents = loadIntentModel(encodeModel(trainIntents(learnt(phrases), { inputs })));
const languages = loadLanguageModel(encodeModel(trainLanguages(learnt([...phrases, ...samples]), inputs)));
const recogniser = createRecogniser({ ...loadDirectory(path.join(root, 'directory')), model: intents });

printIntents();
printWhole();
printConfusions();
drawCalibration();
printLanguages();
printCrisis();
printSlots();
printTimes();

function answersOf(all: readonly Phrase[], noise: Noise): readonly Answer[] {
  const draw = createDraw(seed);
  return all.map(({ intent, text }) => {
    const [best] = intents.scores(noise(text, draw)).scores;
    return { expected: intent, got: best?.intent ?? '', confidence: best?.probability ?? 0 };
  });
}

/** Word lists first, the model where they say nothing: what a conversation acts upon. */
function printWhole(): void {
  console.log(
    'Word lists and model together, as conversations use them (acted upon and right, refused when out of scope)',
  );
  for (const language of phraseLanguages) {
    const own = apart.filter((phrase) => phrase.language === language);
    const acted = own.map(({ intent, text }) => {
      const [best] = recogniser.recognise(text, {}).candidates;
      const got = best !== undefined && best.confidence >= 0.5 ? best.intent : 'out_of_scope';
      return { intent, got };
    });
    const good = acted.filter(({ intent }) => intent !== 'out_of_scope' && intent !== 'crisis_safety');
    const strangers = acted.filter(({ intent }) => intent === 'out_of_scope');
    const right = good.filter(({ intent, got }) => intent === got).length;
    const refused = strangers.filter(({ got }) => got === 'out_of_scope').length;
    const wrong = good.filter(({ intent, got }) => got !== intent && got !== 'out_of_scope').length;
    console.log(
      `  ${language}: right ${percent(right / good.length)}, wrong ${percent(wrong / good.length)}, out of scope refused ${percent(refused / strangers.length)}`,
    );
  }
}

function printIntents(): void {
  console.log('Intents, writers kept apart');
  const rows = phraseLanguages.flatMap((language) =>
    noises.map(([name, noise]) => {
      const score = scoreOf(
        answersOf(
          apart.filter((phrase) => phrase.language === language),
          noise,
        ),
      );
      return {
        language,
        noise: name,
        messages: score.messages,
        right: percent(score.right),
        'macro F1': percent(score.macroF1),
        'out of scope refused': percent(score.refused),
        'falsely refused': percent(score.falselyRefused),
        'calibration error': percent(score.calibrationError),
      };
    }),
  );
  console.table(rows);
}

function printConfusions(): void {
  console.log('Taken for each other most often');
  for (const { expected, got, count } of confusionsOf(answersOf(apart, (text) => text)).slice(0, 20))
    console.log(`${String(count).padStart(4)}  ${expected} -> ${got}`);
}

function drawCalibration(): void {
  const calibration = calibrationOf(answersOf(apart, (text) => text));
  const folder = path.join(root, 'docs', 'pictures');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'calibration.svg'),
    calibrationPlot(calibration, 'Intents: how sure and how right'),
  );
  console.log('Calibration (confidence: right, messages), drawn in docs/pictures/calibration.svg');
  for (const { confidence, right, messages } of calibration)
    console.log(`  ${percent(confidence)}: ${percent(right)}, ${messages}`);
}

function printLanguages(): void {
  const least = 3;
  const most = 8;
  const rows = [...phraseLanguages, 'quc', 'mam', 'kek'].map((language) => {
    const pieces = [...phrases, ...samples]
      .filter((phrase) => phrase.isEvaluation && phrase.language === language)
      .map(({ text }) => text.split(/\s+/u).slice(0, most))
      .filter((words) => words.length >= least)
      .map((words) => words.join(' '));
    const right = pieces.filter((text) => languages.scores(text)[0]?.language === language).length;
    return { language, messages: pieces.length, right: percent(right / pieces.length) };
  });
  console.log(`Language of ${least} to ${most} words, writers kept apart`);
  console.table(rows);
}

function printCrisis(): void {
  const crisisOf = createCrisisDetector();
  for (const file of ['dev.tsv', 'held.tsv']) {
    console.log(`Danger, phrases/crisis/${file}`);
    console.table(
      scoreCrisis(readCrisisMessages(file), crisisOf).map(({ group, messages, alarms, classRight }) => ({
        group,
        messages,
        alarms: percent(alarms),
        'class right': percent(classRight),
      })),
    );
  }
}

function printSlots(): void {
  const { right, wanted, given, misses } = scoreSlots(readSlotExamples(), (text) => understand(text).slots);
  console.log(`Slots: ${right} of ${wanted} found (${percent(right / wanted)}), ${given} given`);
  for (const miss of misses) console.log(`  ${miss}`);
}

function printTimes(): void {
  const texts = apart.map(({ text }) => text);
  console.log('Median milliseconds a message');
  console.log(`  intent model   ${medianOf(texts, (text) => intents.scores(text))}`);
  console.log(`  language model ${medianOf(texts, (text) => languages.scores(text))}`);
  console.log(`  recogniser     ${medianOf(texts, understand)}`);
  const started = performance.now();
  loadIntentModel(readFileSync(path.join(root, 'src/recogniser/model/intents.bin')));
  console.log(`  loading        ${(performance.now() - started).toFixed(1)}`);
}

function understand(text: string): Understanding {
  return recogniser.recognise(text, {});
}

function medianOf(texts: readonly string[], work: (text: string) => unknown): string {
  const times = texts.map((text) => {
    const started = performance.now();
    work(text);
    return performance.now() - started;
  });
  return (times.sort((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0).toFixed(3);
}

function percent(share: number): string {
  return Number.isNaN(share) ? '-' : `${(share * 100).toFixed(1)} %`;
}
