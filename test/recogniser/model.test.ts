import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadIntentModel } from '../../src/recogniser/model/intent-model.ts';
import { loadLanguageModel } from '../../src/recogniser/model/language-model.ts';
import { decodeModel, encodeModel } from '../../src/recogniser/model/model-file.ts';
import { inputsDigest } from './training/inputs.ts';
import { createDraw, slips, texting, wordSlips } from './training/noise.ts';
import { readLanguageSamples, readPhrases } from './training/phrases.ts';
import { trainIntents } from './training/train-intents.ts';
import { trainLanguages } from './training/train-languages.ts';

const folder = path.join(import.meta.dirname, '..', '..', 'src', 'recogniser', 'model');
const intentBytes = readFileSync(path.join(folder, 'intents.bin'));
const languageBytes = readFileSync(path.join(folder, 'languages.bin'));
const intents = loadIntentModel(intentBytes);
const languages = loadLanguageModel(languageBytes);
const phrases = readPhrases();
const megabyte = 1_000_000;

const medianOf = (texts: readonly string[], work: (text: string) => unknown): number => {
  const times = texts.map((text) => {
    const started = performance.now();
    work(text);
    return performance.now() - started;
  });
  return times.sort((left, right) => left - right)[Math.floor(times.length / 2)]!;
};

describe('the models in the repository', () => {
  test('are those of the present phrases and code ("npm run train" brings them up to date)', () => {
    expect(decodeModel(intentBytes).inputs).toBe(inputsDigest());
    expect(decodeModel(languageBytes).inputs).toBe(inputsDigest());
  });

  test('come out the same, byte for byte, when they are trained again', () => {
    const inputs = inputsDigest();
    expect(Buffer.compare(encodeModel(trainIntents(phrases, { inputs })), intentBytes)).toBe(0);
    const samples = [...phrases, ...readLanguageSamples()];
    expect(Buffer.compare(encodeModel(trainLanguages(samples, inputs)), languageBytes)).toBe(0);
  }, 300_000);

  test('are small', () => {
    expect(intentBytes.byteLength).toBeLessThan(4 * megabyte);
    expect(languageBytes.byteLength).toBeLessThan(0.3 * megabyte);
  });

  test('are loaded within a tenth of a second', () => {
    const load = () => loadIntentModel(intentBytes);
    expect(medianOf(['', '', '', '', ''], load)).toBeLessThan(100);
  });

  test('read a usual message within a few tenths of a millisecond', () => {
    const texts = phrases.filter((_phrase, index) => index % 10 === 0).map(({ text }) => text);
    expect(medianOf(texts, (text) => [intents.scores(text), languages.scores(text)])).toBeLessThan(0.4);
  });
});

describe('training', () => {
  const few = phrases.filter((_phrase, index) => index % 20 === 0);

  test('depends on the phrases: without some of them another model comes out', () => {
    const train = (all: typeof few) => encodeModel(trainIntents(all, { inputs: '', pace: { rounds: 1 } }));
    expect(Buffer.compare(train(few), train(few))).toBe(0);
    expect(Buffer.compare(train(few), train(few.slice(1)))).not.toBe(0);
  }, 60_000);

  test('understands most of the writers that it never read', () => {
    const model = loadIntentModel(
      encodeModel(
        trainIntents(
          phrases.filter(({ isEvaluation }) => !isEvaluation),
          { inputs: '', pace: { rounds: 2 } },
        ),
      ),
    );
    const apart = phrases.filter(({ isEvaluation }) => isEvaluation);
    const right = apart.filter(({ text, intent }) => model.scores(text).scores[0]?.intent === intent);
    expect(right.length / apart.length).toBeGreaterThan(0.72);
  }, 120_000);
});

describe('intents', () => {
  test.each([
    ['kiero sakar mi dpi', 'document_requirements'],
    ['hay cursos de soldadura en xela', 'training_search'],
    ['como me apunto al curso de panaderia', 'training_enrol'],
    ['ando buscando chamba de lo que sea', 'job_search'],
    ['quiero un prestamo para poner mi pulperia', 'credit_business'],
    ['cuanto pagaria al mes por 10 mil a dos años', 'credit_simulation'],
    ['ya salio el pasaporte de mi hermano?', 'family_document_status'],
    ['perdi mi cedula', 'document_lost'],
    ['quiero hablar con una persona', 'human_handoff'],
    ['ya no me manden mensajes', 'stop_optout'],
    ['borren todos mis datos', 'privacy_delete_my_data'],
    ['how do i sign up for the welding course', 'training_enrol'],
    ['m bezwen travay', 'job_search'],
    ['quero apagar meus dados', 'privacy_delete_my_data'],
    ['je veux parler a quelqu un', 'human_handoff'],
    ['quien gano el partido anoche', 'out_of_scope'],
    ['cuanto cobra el coyote hasta houston', 'out_of_scope'],
  ])('%s: %s', (text, intent) => {
    expect(intents.scores(text).scores[0]?.intent).toBe(intent);
  });

  test.each([[''], ['😀😀'], ['\ud800'], ['у меня есть вопрос'], ['我要找工作'], ['!!! ... ???']])(
    'nothing readable is out of scope: %j',
    (text) => {
      expect(intents.scores(text).scores[0]?.intent).toBe('out_of_scope');
    },
  );

  test.each([['a'.repeat(100_000)], ['quiero un curso '.repeat(6_250)]])(
    'a very long text is read in no time',
    (text) => {
      const started = performance.now();
      intents.scores(text);
      expect(performance.now() - started).toBeLessThan(50);
    },
  );

  test('probabilities are those of all intents and add up to one, best first', () => {
    const probabilities = intents.scores('quiero un curso').scores.map(({ probability }) => probability);
    expect(probabilities).toHaveLength(27);
    expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1, 6);
    expect(probabilities).toEqual([...probabilities].sort((left, right) => right - left));
  });
});

describe('languages', () => {
  test.each([
    ['quiero sacar mi pasaporte', 'es'],
    ['kiero trabajo en xela', 'es'],
    ['where can i get a job', 'en'],
    ['m bezwen yon travay', 'ht'],
    ['quero fazer um curso', 'pt'],
    ['je cherche du travail ici', 'fr'],
  ])('%s: %s', (text, language) => {
    expect(languages.scores(text)[0]?.language).toBe(language);
  });

  test('of nothing readable no language is likelier than another', () => {
    expect(languages.scores('😀').map(({ probability }) => probability)).toEqual(Array(8).fill(0.125));
  });
});

describe('a model file', () => {
  test('that is none is refused', () => {
    expect(() => loadIntentModel(new Uint8Array(50))).toThrow('Not a model file');
  });

  test('keeps every number', () => {
    const model = decodeModel(languageBytes);
    expect(Buffer.compare(encodeModel(model), languageBytes)).toBe(0);
  });
});

describe('noise', () => {
  test('is the same for the same seed and another for another', () => {
    const text = 'quiero un curso de soldadura porque no tengo trabajo';
    expect(slips(0.2)(text, createDraw(1))).toBe(slips(0.2)(text, createDraw(1)));
    expect(slips(0.2)(text, createDraw(1))).not.toBe(slips(0.2)(text, createDraw(2)));
  });

  test('slips in a tenth of the words change about a tenth of them', () => {
    const words = Array.from({ length: 2_000 }, () => 'palabra').join(' ');
    const slipped = wordSlips(0.1)(words, createDraw(3))
      .split(' ')
      .filter((word) => word !== 'palabra');
    expect(slipped.length / 2_000).toBeGreaterThan(0.06);
    expect(slipped.length / 2_000).toBeLessThan(0.12);
  });

  test('texting writes no accents and no signs', () => {
    expect(texting('¿Dónde está la oficina?', createDraw(4))).toMatch(/^[a-z ]+$/u);
  });
});
