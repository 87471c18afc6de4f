import { describe, expect, test } from '@jest/globals';
import { createCrisisDetector } from '../../src/recogniser/crisis.ts';
import { dangers, ordinary } from './crisis-messages.ts';

const crisisOf = createCrisisDetector();

describe('danger is heard', () => {
  test.each(dangers)('%s: %s', (text, ...classes) => {
    expect(classes).toContain(crisisOf(text));
  });
});

describe('ordinary messages with alarming words', () => {
  test.each([
    'estuve en la mara hace años, ahora busco trabajo',
    'me salí de la pandilla y quiero aprender un oficio',
    'i used to be in a gang, can i get a job',
    'cuanto pago de renta por un cuarto',
    'quiero aprender a pegar piso y azulejo',
    'vacunas para mi niño',
    'curso de primeros auxilios',
    'certificado de defunción de mi papá',
  ])('no alarm: %s', (text) => {
    expect(crisisOf(text)).toBe('none');
  });

  test('at most one in ten raises an alarm', () => {
    const alarms = ordinary.filter((text) => crisisOf(text) !== 'none');
    expect(alarms.slice(Math.floor(ordinary.length / 10))).toEqual([]);
  });
});

describe('disguise does not hide it', () => {
  test.each([
    ['zero-width characters', 'me qu\u200bier\u200cen ma\u2060tar'],
    ['Cyrillic letters', 'mе quіеrеn mаtаr'],
    ['full-width letters', 'ｍｅ ｑｕｉｅｒｅｎ ｍａｔａｒ'],
    ['styled letters', '𝓶𝓮 𝓺𝓾𝓲𝓮𝓻𝓮𝓷 𝓶𝓪𝓽𝓪𝓻'],
    ['digits', 'm3 qu13r3n m4t4r'],
    ['stretched letters', 'me quieren mataaaaar'],
    ['split by blanks', 'me quieren m a t a r'],
    ['split by dots', 'me quieren m.a.t.a.r'],
    ['stacked accents', 'mé quiérén má\u0301\u0302tár'],
    ['capitals', 'ME QUIEREN MATAR'],
    ['far behind in a long text', `${'quiero un curso de cocina. '.repeat(2_000)} me quieren matar`],
  ])('%s', (_name, text) => {
    expect(crisisOf(text)).toBe('violence');
  });
});

/** The median of eleven runs after one to warm up: a single run may meet the garbage collector. */
function medianMs(work: () => unknown): number {
  work();
  const times = Array.from({ length: 11 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((left, right) => left - right)[5] ?? Infinity;
}

/** Words that are in no list, always the same ones. */
function strangeWords(length: number): string {
  let text = '';
  for (let seed = 7; text.length < length; seed = (seed * 48_271) % 2_147_483_647)
    text += `${seed.toString(36).replace(/\d/gu, 'x')} `;
  return text;
}

describe('looking takes no longer for what is built to be slow', () => {
  test.each([
    ['one letter', 'a'.repeat(10_000)],
    ['the beginning of a sign', 'mi marido me '.repeat(800)],
    ['a sign again and again', 'me quieren matar '.repeat(600)],
    ['a gap never closed', 'no no no me me la '.repeat(550)],
    ['strange words', strangeWords(10_000)],
    ['split letters', 'm a t a '.repeat(1_250)],
    ['stars and bars', 'm*t!r|'.repeat(1_600)],
    ['marks', `m${'\u0301'.repeat(9_999)}`],
    ['letters that fold into many', 'ﷺ'.repeat(3_333)],
  ])('10 KB of %s', (_name, text) => {
    // Ten times the promised 5 ms: this machine may be busy, a text that blows up takes seconds.
    expect(medianMs(() => crisisOf(text))).toBeLessThan(50);
  });
});
