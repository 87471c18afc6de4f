import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { loadDirectory } from '../../src/directory/load.ts';
import { createRedactor, restored } from '../../src/recogniser/redaction.ts';
import {
  plantedKinds,
  plantedMessages,
  secretsLeft,
  type PlantedKind,
} from '../support/personal-messages.ts';

const root = path.join(import.meta.dirname, '../..');
const placeNames = loadDirectory(path.join(root, 'directory')).places.flatMap(({ name, names }) => [
  name,
  ...names,
]);
const redact = createRedactor(placeNames);
const textOf = (text: string): string => redact(text).text;
const perKind = 200;

/** Share of the messages of a kind of which nothing planted is left. */
function recall(kind: PlantedKind): number {
  const messages = plantedMessages(kind, perKind, 20_261);
  const clean = messages.filter((message) => secretsLeft(message, textOf(message.text)).length === 0);
  return clean.length / messages.length;
}

describe('of 2,000 messages with something planted in them', () => {
  test.each(plantedKinds.filter((kind) => kind !== 'name'))('%s: 99 in 100 lose all of it', (kind) => {
    expect(recall(kind)).toBeGreaterThanOrEqual(0.99);
  });

  test('names: 95 in 100 lose all of it', () => {
    expect(recall('name')).toBeGreaterThanOrEqual(0.95);
  });

  test('the scorer finds what was left standing, whatever it is written with, and nothing in clean text', () => {
    const planted = { text: '', kind: 'phone', secrets: ['5555', '1234'] } as const;
    expect(secretsLeft(planted, 'llame al 5 5 5-5 hoy')).toEqual(['5555']);
    expect(secretsLeft(planted, 'llame al ５５５５ １２３４')).toEqual(['5555', '1234']);
    expect(secretsLeft(planted, 'llame al [PHONE_1] hoy')).toEqual([]);
    expect(secretsLeft(planted, '55 [PHONE_1] 55')).toEqual([]);
    const name = { text: '', kind: 'name', secrets: ['lopez'] } as const;
    expect(secretsLeft(name, 'soy [NAME_1] López')).toEqual(['lopez']);
    expect(secretsLeft(name, 'soy Lopezcano')).toEqual([]);
  });

  test.each(plantedKinds)('%s: in each message the scorer finds it before', (kind) => {
    for (const message of plantedMessages(kind, perKind, 20_261)) {
      expect(secretsLeft(message, message.text)).not.toEqual([]);
    }
  });
});

describe('ordinary words stay', () => {
  test.each(['es', 'en', 'fr', 'pt', 'ht'])(
    'in %s fewer than 2 lines in 100 of our phrases change',
    (language) => {
      const folder = path.join(root, 'src/recogniser/phrases', language);
      const lines = readdirSync(folder)
        .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'))
        .filter((line) => line !== '' && !line.startsWith('##'));
      const changed = lines.filter((line) => textOf(line) !== line);
      expect(lines.length).toBeGreaterThan(900);
      expect(changed.length / lines.length).toBeLessThan(0.02);
    },
  );

  test.each([
    'quiero un crédito de 5 mil quetzales a 12 meses',
    'necesito Q5,000 o unos $1,500.00 para mi negocio',
    'un préstamo de 150 000 lempiras',
    'son 25,000,000 de pesos o L25,500.00, L150000 no',
    'me dijeron 30 días y ya van dos meses',
    'de lunes a viernes de 8:00 a 17:00, del 1 al 15',
    'soy albañil de San Pedro Sula, Honduras',
    'soy Guatemalteco y busco trabajo de soldador',
    'vivo en la zona 18 de Guatemala',
    'curso en Francisco Morazán, en Santa Rosa de Copán o en Puerto Cortés',
    'mi DPI y el pasaporte, ¿qué necesito?',
    'trabajé del 2019 al 2024 en la obra',
    'la partida de nacimiento cuesta 20 quetzales',
    'sáqueme la cuenta de 30 mil a tres años',
    'tengo 3 hijos de 5, 8 y 12 años',
    'la forma I-589 y el permiso H2A',
    'busco a la par del mercado La Terminal',
  ])('%j', (text) => {
    expect(textOf(text)).toBe(text);
  });
});

describe('what is taken out', () => {
  test.each([
    ['me llamo Juan Carlos Pérez y busco trabajo', 'me llamo [NAME_1] y busco trabajo'],
    ['ME LLAMO JUAN PEREZ Y QUIERO UN CURSO', 'ME LLAMO [NAME_1] Y QUIERO UN CURSO'],
    ['my name is xiomara quispe', 'my name is [NAME_1]'],
    ['mi hermana Rosa y don julio', 'mi hermana [NAME_1] y don [NAME_2]'],
    ['mi numero es 5 5 5 5 1 2 3 4', 'mi numero es [PHONE_1]'],
    ['al cinco cinco cinco cinco uno dos tres cuatro', 'al [PHONE_1]'],
    ['al cincuenta y cinco veinte treinta y uno doce', 'al [PHONE_1]'],
    ['al ５５５５-１２３４', 'al [PHONE_1]'],
    ['al +502 5555 1234.', 'al [PHONE_1].'],
    ['CUI 1234 56789 0101', 'CUI [ID_1]'],
    ['curp GOLJ 900101 HDFRRN09', 'curp [ID_1]'],
    ['juan punto perez arroba gmail punto com', '[EMAIL_1]'],
    ['escriba a ana.m99@gmail.com, gracias', 'escriba a [EMAIL_1], gracias'],
    ['vivo en la 5a calle 12-34 zona 1', 'vivo en la [ADDRESS_1]'],
    ['nací el 12 de enero de 1990', 'nací el [DATE_1]'],
    ['tengo 3,450 en mi cuenta', 'tengo [AMOUNT_1] en mi cuenta'],
    ['placas P-123ABC', 'placas [PLATE_1]'],
    ['el código K7P2M9XQ', 'el código [CODE_1]'],
    ['mire https://example.org/juan', 'mire [LINK_1]'],
  ])('%j', (text, expected) => {
    expect(textOf(text)).toBe(expected);
  });

  test('the same thing twice has one placeholder, another thing its own, and all can be put back', () => {
    const redacted = redact('de 5555-1234 al 5555-1234 y al 4444-1234');
    expect(redacted.text).toBe('de [PHONE_1] al [PHONE_1] y al [PHONE_2]');
    expect(restored('Llame al [PHONE_2], no al [PHONE_9].', redacted)).toBe(
      'Llame al 4444-1234, no al [PHONE_9].',
    );
  });

  test('a number that the cut of a long text goes through does not stay in pieces', () => {
    const text = `${'palabra '.repeat(249)}5 5 5 5 1 2 3 4`;
    expect(text.slice(0, 2_000)).toMatch(/5 5 5 5 $/u);
    expect(textOf(text)).not.toMatch(/\d/u);
  });
});

test.each([
  ['nothing', ''],
  ['100,000 letters', 'a'.repeat(100_000)],
  ['100,000 digits', '1'.repeat(100_000)],
  ['lone surrogates', '\ud83d\udc00 \udfff me llamo \ud83d'],
  ['another script', 'меня зовут Иван 你好 ๑๒๓'],
  ['one sign that is a sentence', '\ufdfa'.repeat(2_000)],
  ['an @ and no more', '@'.repeat(10_000)],
  ['marks upon marks', `n\u0303${'\u0301'.repeat(5_000)}`],
  ['a placeholder of their own', '[NAME_1] [PHONE_99]'],
])('%s gives a text, at once', (_what, text) => {
  const startedAt = performance.now();
  expect(typeof textOf(text)).toBe('string');
  expect(performance.now() - startedAt).toBeLessThan(200);
});
