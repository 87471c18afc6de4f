import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { CrisisClass } from '../../src/core/recognition.ts';
import { foldText } from '../../src/core/text.ts';
import { createCrisisDetector } from '../../src/recogniser/crisis.ts';
import { isKeptLine, readCrisisLines } from '../../src/recogniser/crisis/examples.ts';
import { scoreOf } from '../support/crisis-score.ts';
import { disguises } from '../support/disguises.ts';

const recogniser = new URL('../../src/recogniser/', import.meta.url);
const linesOf = (name: string) => readCrisisLines(new URL(`phrases/crisis/${name}.tsv`, recogniser));
const [developed, learnt, held, once] = [linesOf('dev'), linesOf('train'), linesOf('held'), linesOf('once')];
/** The weights were not learnt from these, but the threshold was chosen on them: their figures flatter. */
const unseen = [...developed.filter((_line, index) => isKeptLine(index)), ...held];
const crisisOf = createCrisisDetector();

describe('the scorer', () => {
  const lines = [
    { class: 'violence', kind: 'explicit', language: 'es', text: 'one' },
    { class: 'gbv', kind: 'indirect', language: 'es', text: 'two' },
    { class: 'none', kind: 'negative', language: 'es', text: 'three' },
  ] as const;

  const nothing = { explicit: 0, indirect: 0, rightClass: 0, falseAlarms: 0 };
  const everything = { explicit: 1, indirect: 1, rightClass: 0.5, falseAlarms: 1 };
  const right = { explicit: 1, indirect: 1, rightClass: 1, falseAlarms: 0 };
  const answers: Readonly<Record<string, CrisisClass>> = { one: 'violence', two: 'gbv', three: 'none' };
  const detectors: readonly (readonly [string, (text: string) => CrisisClass, object])[] = [
    ['one that hears nothing', () => 'none', nothing],
    ['one that always cries', () => 'violence', everything],
    ['one that is right', (text) => answers[text] ?? 'none', right],
  ];

  test.each(detectors)('judges %s', (_name, detector, expected) => {
    expect(scoreOf(lines, detector)).toMatchObject(expected);
  });
});

describe('the sets', () => {
  test('the development set is large, half of it harmless, three quarters of it Spanish', () => {
    expect(developed.length).toBeGreaterThanOrEqual(520);
    const harmless = developed.filter(({ kind }) => kind === 'negative').length;
    expect(harmless / developed.length).toBeGreaterThan(0.45);
    expect(harmless / developed.length).toBeLessThan(0.55);
    const spanish = developed.filter(({ language }) => language === 'es').length;
    expect(spanish / developed.length).toBeGreaterThan(0.7);
  });

  test('no message stands twice, in one set or in two', () => {
    const folded = [...developed, ...learnt, ...held, ...once].map(({ text }) => foldText(text));
    expect(folded.filter((text, index) => folded.indexOf(text) !== index)).toEqual([]);
  });
});

describe('on messages its weights were not learnt from', () => {
  const plain = scoreOf(unseen, crisisOf);

  test('danger said outright is heard', () => {
    expect(plain.explicit).toBeGreaterThanOrEqual(0.96);
  });

  test('danger between the lines is mostly heard', () => {
    expect(plain.indirect).toBeGreaterThanOrEqual(0.7);
  });

  test('its class is right', () => {
    expect(plain.rightClass).toBeGreaterThanOrEqual(0.9);
  });

  test('alarming words without danger raise no alarm', () => {
    expect(plain.falseAlarms).toBeLessThanOrEqual(0.07);
  });

  test.each(Object.entries(disguises))('%s hide at most five of a hundred dangers', (_name, disguise) => {
    const dangers = unseen.filter(({ kind }) => kind !== 'negative');
    const heard = (change: (text: string) => string) =>
      dangers.filter(({ text }) => crisisOf(change(text)) !== 'none').length / dangers.length;
    expect(heard((text) => text) - heard(disguise)).toBeLessThanOrEqual(0.05);
  });
});

/**
 * Written when everything was fixed, and scored once: the honest figures, on few messages. Whoever chooses anything by this
 * set, or learns from it, has to write another.
 */
describe('on messages that nothing was chosen by', () => {
  const honest = scoreOf(once, crisisOf);

  test('danger said outright is heard', () => {
    expect(honest.explicit).toBeGreaterThanOrEqual(0.97);
  });

  // The promise is 0.80 of danger between the lines and 0.85 of the classes; neither is kept here yet.
  test('more than half of the danger between the lines is heard', () => {
    expect(honest.indirect).toBeGreaterThanOrEqual(0.6);
  });

  test('three of four classes are right', () => {
    expect(honest.rightClass).toBeGreaterThanOrEqual(0.75);
  });

  test('at most one alarming word in ten raises a false alarm', () => {
    expect(honest.falseAlarms).toBeLessThanOrEqual(0.1);
  });
});

test('nearly all of the development set is right', () => {
  const { explicit, indirect, rightClass, falseAlarms } = scoreOf(developed, crisisOf);
  expect(explicit).toBeGreaterThanOrEqual(0.99);
  expect(indirect).toBeGreaterThanOrEqual(0.93);
  expect(rightClass).toBeGreaterThanOrEqual(0.96);
  expect(falseAlarms).toBeLessThanOrEqual(0.03);
});

describe('danger of others is heard as one’s own', () => {
  test.each([
    ['mi esposo me pega', 'a mi hermana su esposo le pega', 'gbv'],
    ['me quiero morir', 'mi hijo se quiere morir', 'self_harm'],
    ['me quieren matar', 'quieren matar a mi primo', 'violence'],
    ['me violaron en el camino', 'violaron a mi sobrina en el camino', 'gbv'],
    ['los mareros me cobran renta', 'los mareros le cobran renta a mi papá', 'extortion_gang'],
    [
      'tengo 13 años y estoy solo en la terminal',
      'hay un niño de 13 años solo en la terminal',
      'child_alone',
    ],
    ['no puedo respirar', 'mi mamá no puede respirar', 'medical_emergency'],
    ['me obligan a prostituirme', 'obligan a mi prima a prostituirse', 'trafficking'],
    ['i want to kill myself', 'my brother wants to kill himself', 'self_harm'],
    ['my husband beats me', 'my sister’s husband beats her', 'gbv'],
    ['they want to kill me', 'they want to kill my cousin', 'violence'],
  ])('%s; %s', (first, third, expected) => {
    expect([crisisOf(first), crisisOf(third)]).toEqual([expected, expected]);
  });
});

describe('saying that it is a joke, or none, changes nothing', () => {
  const remarks = [
    'jaja',
    'jajajaja',
    'xd',
    'lol',
    'es broma',
    'no es broma',
    'just kidding',
    'no estoy jugando',
  ];

  test.each([
    'me quiero matar',
    'ya no quiero vivir',
    'mi esposo me pega',
    'los mareros me cobran renta',
    'i want to kill myself',
    'mi familia estaría mejor sin mí',
  ])('%s', (text) => {
    const answers = remarks.flatMap((remark) => [`${text} ${remark}`, `${remark} ${text}`]).map(crisisOf);
    expect(new Set(answers)).toEqual(new Set([crisisOf(text)]));
    expect(crisisOf(text)).not.toBe('none');
  });
});

describe('the same words, in danger and out of it', () => {
  test.each([
    ['me quieren matar', 'me matan los nervios por la entrevista'],
    ['los mareros me cobran la renta', 'cuánto cobran de renta por el cuarto'],
    ['me piden derecho de piso en mi puesto', 'quiero poner piso de cerámica en mi casa'],
    ['mi marido me pegó', 'me pegó una gripe'],
    ['me quiero morir', 'me muero de hambre'],
    ['la mara me quiere matar', 'fui de la 18 y quiero trabajar'],
    ['ya no quiero vivir', 'ya no quiero vivir en la capital'],
    ['me dieron 24 horas para irme del barrio', 'me dieron 24 horas para pagar la matrícula'],
    ['tengo 15 años y estoy solo en la frontera', 'tengo 15 años y quiero un curso de cocina'],
    ['mi papá no respira', 'no respiro tranquilo hasta que salga mi pasaporte'],
    ['me secuestraron', 'vi una película donde secuestran a un niño'],
    ['they want to kill me', 'this heat is killing me'],
  ])('%s; %s', (danger, ordinary) => {
    expect(crisisOf(danger)).not.toBe('none');
    expect(crisisOf(ordinary)).toBe('none');
  });
});

describe('danger is heard among other things', () => {
  test.each([
    'hola buenas tardes, quería preguntar por el curso de soldadura en Xela, y también es que mi esposo me pega y me amenaza con un cuchillo, gracias',
    `Quiero saber qué papeles piden para el pasaporte. ${'Vivo en Comayagua. '.repeat(400)}Los mareros me quieren matar. ${'¿A qué hora abren? '.repeat(400)}`.slice(
      -9_000,
    ),
    `me quieren matar ${'hola '.repeat(30_000)}`,
    `${'hola '.repeat(30_000)} me quieren matar`,
  ])('%#', (text) => {
    expect(crisisOf(text)).not.toBe('none');
  });
});

describe('texts that are no messages', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['a lone surrogate', '\ud83d'],
    ['lone surrogates in words', 'ho\udc00la bue\ud83dnas'],
    ['emoji', '👨‍👩‍👧 🇬🇹 👍🏽'],
    ['another script', 'こんにちは、元気ですか'],
    ['laughter alone', 'jajaja lol'],
    ['digits', '12345678901234567890'],
    ['control characters', '\u0000\u0001\u0002'],
    ['100,000 letters', 'a'.repeat(100_000)],
    ['100,000 words', 'hola '.repeat(20_000)],
  ])('%s', (_name, text) => {
    expect(crisisOf(text)).toBe('none');
  });

  test('a lone surrogate does not hide danger', () => {
    expect(crisisOf('me quie\ud83dren matar')).toBe('violence');
  });
});

test('the committed model is what the phrases teach (else run test/support/write-crisis-model.ts)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'crisis-model-'));
  try {
    const file = join(folder, 'weights.bin');
    const script = fileURLToPath(new URL('../support/write-crisis-model.ts', import.meta.url));
    execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', script, file], {
      timeout: 120_000,
    });
    const [taught, committed] = [readFileSync(file), readFileSync(new URL('crisis/weights.bin', recogniser))];
    expect(taught.equals(committed)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 130_000);
