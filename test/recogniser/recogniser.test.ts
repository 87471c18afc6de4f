import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { languageTag } from '../../src/core/ids.ts';
import { sureEnough } from '../../src/core/repair.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { createRecogniser } from '../../src/recogniser/recogniser.ts';
import { englishMessages } from './english-messages.ts';
import { spanishMessages } from './spanish-messages.ts';

const recogniser = createRecogniser(loadDirectory(join(import.meta.dirname, '../../directory')));
const understand = (text: string) => recogniser.recognise(text, {});

/** The intent that would be acted on. */
function intentOf(text: string): string {
  const best = understand(text).candidates[0];
  return best !== undefined && best.confidence >= sureEnough ? best.intent : 'none';
}

describe.each([
  ['Spanish', spanishMessages],
  ['English', englishMessages],
])('messages in %s as people write them', (_language, messages) => {
  test.each(messages)('%s: %s', (text, intent, slots) => {
    expect(intentOf(text)).toBe(intent);
    expect(understand(text).slots).toMatchObject(slots);
  });
});

describe('several requests in one message', () => {
  test.each([
    ['quiero un curso de soldadura en xela y también un préstamo', ['training_search', 'credit_business']],
    [
      'quiero un curso de electricidad en gracias lempira y hablar con alguien',
      ['training_search', 'human_handoff'],
    ],
    ['perdí mi dpi y ando buscando trabajo', ['document_lost', 'job_search']],
    ['hola, busco trabajo', ['job_search']],
    ['i lost my id and i need a job', ['document_lost', 'job_search']],
    ['curso de cocina y repostería', ['training_search']],
    ['gracias', ['thanks_bye']],
    ['mmm pues fijese', []],
  ])('%s', (text, requests) => {
    expect(understand(text).requests).toEqual(requests);
  });

  test('the first of two is the one that is acted on', () => {
    expect(intentOf('perdí mi dpi y ando buscando trabajo')).toBe('document_lost');
    expect(intentOf('ando buscando trabajo y perdí mi dpi')).toBe('job_search');
  });
});

describe('places', () => {
  test.each([
    ['curso en gracias lempira', { country: 'HN', department: 'Lempira', city: 'Gracias' }],
    ['estoy en Gracias, Lempira', { country: 'HN', department: 'Lempira', city: 'Gracias' }],
    ['muchas gracias', {}],
    ['grcias', {}],
    ['cursos en san pedro sula', { country: 'HN', department: 'Cortés', city: 'San Pedro Sula' }],
    [
      'keria saver d cursos en tegusigalpa',
      { country: 'HN', department: 'Francisco Morazán', city: 'Tegucigalpa' },
    ],
    ['curso en Huehuetenago', { country: 'GT', department: 'Huehuetenango', city: 'Huehuetenango' }],
    ['vivo en la libertad peten', { country: 'GT', department: 'Petén', city: 'La Libertad' }],
    ['departamento de escuintla', { country: 'GT', department: 'Escuintla' }],
    [
      'san pedro sacatepequez san marcos',
      { country: 'GT', department: 'San Marcos', city: 'San Pedro Sacatepéquez' },
    ],
    ['guadalajara jalisco', { country: 'MX', department: 'Jalisco', city: 'Guadalajara' }],
    ['en la ciudad de mexico', { country: 'MX', department: 'Ciudad de México', city: 'Ciudad de México' }],
    ['república dominicana', { country: 'DO' }],
    ['soy chapin', { country: 'GT' }],
    ['en texas', { country: 'US', city: 'Texas' }],
    ['me duele, dolores', {}],
    ['vivo en dolores peten', { country: 'GT', department: 'Petén', city: 'Dolores' }],
  ])('%s', (text, slots) => {
    expect(understand(text).slots).toEqual(slots);
  });

  test.each([
    ['santa ana', { city: 'Santa Ana' }],
    ['santa ana el salvador', { country: 'SV', department: 'Santa Ana', city: 'Santa Ana' }],
    ['la paz', { city: 'La Paz' }],
    ['la paz honduras', { country: 'HN', department: 'La Paz', city: 'La Paz' }],
    ['en la libertad', { city: 'La Libertad' }],
    ['estoy en el progreso', { city: 'El Progreso' }],
    ['el progreso yoro', { country: 'HN', department: 'Yoro', city: 'El Progreso' }],
    ['san pedro', { city: 'San Pedro' }],
    ['san pedro honduras', { country: 'HN', department: 'Cortés', city: 'San Pedro Sula' }],
  ])('a name of several countries is left open until the message says which: %s', (text, slots) => {
    expect(understand(text).slots).toEqual(slots);
  });

  test('where somebody comes from is not where they want something', () => {
    expect(understand('vengo de houston y quiero curso en xela').slots['city']).toBe('Quetzaltenango');
    expect(understand('me deportaron de houston').slots).toEqual({});
  });

  test('two places make a list', () => {
    expect(understand('trabajo en xela o toto').slots['city']).toEqual(['Quetzaltenango', 'Totonicapán']);
  });
});

describe('trades', () => {
  test.each([
    ['trabajé de albañil y quiero aprender electricidad', 'electricidad'],
    ['fui albañil 20 años', 'albañilería'],
    ['curso de cocina o repostería', ['cocina', 'repostería']],
    ['mwen vle aprann soude', 'soldadura'],
    ['quero aprender soldagem', 'soldadura'],
    ['je veux apprendre la plomberie', 'fontanería'],
    ['curso de inglés', 'inglés'],
    ['en inglés por favor', undefined],
    ['hablo inglés y busco trabajo', undefined],
    ['aprender mecánica de motos', 'mecánica de motos'],
    ['aprender mecánica', 'mecánica automotriz'],
  ])('%s: %s', (text, occupation) => {
    expect(understand(text).slots['occupation']).toEqual(occupation);
  });
});

describe('language', () => {
  test.each([
    ['quiero un curso de cocina', 'es'],
    ['kiero un kurso de soldadura en xela', 'es'],
    ['i want to learn welding', 'en'],
    ['mwen bezwen travay', 'ht'],
    ['quero fazer um curso de soldagem', 'pt'],
    ['je cherche une formation de cuisine', 'fr'],
    ['saqarik tat, kwaj jun chak', 'quc'],
  ])('%s is %s', (text, language) => {
    expect(understand(text).language).toBe(language);
  });

  test('the hint stays for a short or foreign word, and yields to a plain sentence', () => {
    const hint = { language: languageTag('en') };
    expect(recogniser.recognise('ok', hint).language).toBe('en');
    expect(recogniser.recognise('Quetzaltenango', hint).language).toBe('en');
    expect(recogniser.recognise('quiero aprender a cocinar en mi pueblo', hint).language).toBe('es');
  });

  test.each(['hola', 'hello', 'gracias', 'thank you', 'si', 'no'])('"%s" alone is never sure', (text) => {
    expect(understand(text).languageConfidence).toBeLessThan(0.9);
  });

  test('a few words in English are sure enough to switch', () => {
    expect(understand('i want to learn welding').languageConfidence).toBeGreaterThanOrEqual(0.6);
  });
});

describe('anything at all has a defined answer', () => {
  test.each([
    ['nothing', ''],
    ['blanks', ' \n\t '],
    ['emoji', '😀👍🏽🇬🇹'],
    ['lone surrogates', '\ud800\udc00\ud800'],
    ['another script', 'สวัสดี ครับ'],
    ['numbers', '777 888'],
    ['a hundred thousand letters', 'a'.repeat(100_000)],
    ['a hundred thousand words', 'quiero '.repeat(15_000)],
    ['marks without end', `e${'\u0301'.repeat(5_000)}`],
    ['nul and right-to-left', '\u0000\u202e olah'],
  ])('%s', (_name, text) => {
    const { candidates, slots, languageConfidence } = understand(text);
    expect(candidates.length).toBeLessThanOrEqual(3);
    expect(slots).toEqual({});
    expect(languageConfidence).toBeLessThanOrEqual(1);
  });

  test('the same text always has the same answer', () => {
    const text = 'kiero un kurso de soldadura en xela y un prestamo';
    expect(understand(text)).toEqual(understand(text));
  });
});
