import { describe, expect, test } from '@jest/globals';
import { chosenValue } from '../../src/core/choice.ts';
import type { LastSaid } from '../../src/core/conversation.ts';
import { languageTag } from '../../src/core/ids.ts';
import type { SayChoice } from '../../src/core/values.ts';
import { morning, testContext } from '../support/talk.ts';

const es = languageTag('es');
const context = testContext(morning);
const titled = (titles: readonly string[]): LastSaid => ({
  parts: [],
  choices: titles.map((text, index): SayChoice => ({ value: `value-${index + 1}`, title: { text } })),
});
const said = (text: string, offered: LastSaid | undefined) =>
  chosenValue({ kind: 'text', text }, { offered, context, language: es, form: 'usted' });

const ways = titled(['Me interesa', 'Más datos', 'Una persona']);
const yesNo = titled(['Sí', 'No']);

describe('a number typed', () => {
  test.each([
    ['1', 'value-1'],
    [' 2. ', 'value-2'],
    ['3)', 'value-3'],
    ['opción 2', 'value-2'],
    ['la 1', 'value-1'],
    ['el número 3', 'value-3'],
    ['dos', 'value-2'],
    ['la primera', 'value-1'],
    ['the second', 'value-2'],
    ['la tercera', 'value-3'],
    ['1 por llamada cuando puede', 'value-1'],
    ['1. es q ellos tienen la escritura de mi mamá', 'value-1'],
    ['1️⃣', 'value-1'],
    ['4', undefined],
    ['0', undefined],
    ['10', undefined],
    ['2 3', undefined],
    ['2026', undefined],
    ['dos hijos', undefined],
    ['constructor', undefined],
    ['toString', undefined],
  ])('%j means %s', (text, value) => {
    expect(said(text, ways)).toBe(value);
  });
});

describe('a title typed', () => {
  test.each([
    ['me interesa', 'value-1'],
    ['MAS DATOS', 'value-2'],
    ['mas datos!!', 'value-2'],
    ['más', 'value-2'],
    ['mas', 'value-2'],
    ['inter', undefined],
    ['una persona', 'value-3'],
    ['pues una persona', 'value-3'],
    ['me interesa mucho saber', undefined],
    ['', undefined],
    ['🙏', undefined],
  ])('%j means %s', (text, value) => {
    expect(said(text, ways)).toBe(value);
  });
});

test('a title with little words in it is read as it stands', () => {
  const offered = titled(['Borrar lo mío', 'Hablar con alguien']);
  expect([said('borrar lo mío', offered), said('hablar con alguien', offered)]).toEqual([
    'value-1',
    'value-2',
  ]);
});

test('the beginning of two titles chooses neither', () => {
  const offered = titled(['Curso de pan', 'Curso de dulces']);
  expect([said('curso', offered), said('curso de d', offered)]).toEqual([undefined, 'value-2']);
});

describe('what cannot be undone', () => {
  const exactly = (text: string) =>
    chosenValue(
      { kind: 'text', text },
      { offered: yesNo, context, language: es, form: 'usted', exactly: 'value-1' },
    );
  test.each([
    ['sí', 'value-1'],
    [' SI. ', 'value-1'],
    ['yes', 'value-1'],
    ['1', 'value-1'],
    ['opción 1', 'value-1'],
    ['uno', 'value-1'],
    ['si no entendi', undefined],
    ['sí por favor', undefined],
    ['dale', undefined],
    ['ok', undefined],
    ['¿sí?', undefined],
    ['1 pero qué pasa con mi curso', undefined],
    ['1?', undefined],
    ['no, gracias', 'value-2'],
    ['2 mejor no', 'value-2'],
  ])('%j means %s', (text, value) => {
    expect(exactly(text)).toBe(value);
  });
});

describe('yes and no', () => {
  test.each([
    ['sí', 'value-1'],
    ['SI', 'value-1'],
    ['si por favor', 'value-1'],
    ['no', 'value-2'],
    ['no, mejor no', 'value-2'],
    ['si me borra todo pierdo mi curso', undefined],
    ['¿si borro pierdo el curso?', undefined],
    ['si borro?', undefined],
    ['no?', 'value-2'],
    ['sirve', undefined],
    ['nose', undefined],
    ['si no entendi', undefined],
    ['si quiero', undefined],
    ['no se', undefined],
    ['no sé si es seguro', undefined],
    ['claro', 'value-1'],
    ['dale, gracias', 'value-1'],
    ['ok', 'value-1'],
    ['yes please', 'value-1'],
    ['no gracias', 'value-2'],
    ['claro que no', 'value-2'],
  ])('%j means %s', (text, value) => {
    expect(said(text, yesNo)).toBe(value);
  });
});

describe('other ways to choose', () => {
  test('a tapped button is its value, whatever was offered last', () => {
    expect(
      chosenValue(
        { kind: 'choice', value: 'enrol', title: 'Me interesa' },
        { offered: undefined, context, language: es, form: 'usted' },
      ),
    ).toBe('enrol');
  });

  test('titles of the locale files are read in the language of the talk', () => {
    const offered: LastSaid = {
      parts: [],
      choices: [{ value: 'control:person', title: { key: 'common:choice.control_person' } }],
    };
    expect(said('una persona', offered)).toBe('control:person');
    expect(said('a person', offered)).toBeUndefined();
  });

  test('a title whose words this release no longer has fits nothing, and stops nothing', () => {
    const offered: LastSaid = {
      parts: [],
      choices: [
        { value: 'old', title: { key: 'removed:choice.old' } },
        { value: 'value-2', title: { text: 'Más datos' } },
      ],
    };
    expect(said('más datos', offered)).toBe('value-2');
    expect(said('1', offered)).toBe('old');
  });

  test('a number is no choice when nothing was offered', () => {
    expect([said('1', undefined), said('1', titled([]))]).toEqual([undefined, undefined]);
  });

  test('a photo with a number under it is no choice', () => {
    const photo = { kind: 'media', media: 'image', caption: '1' } as const;
    expect(chosenValue(photo, { offered: ways, context, language: es, form: 'usted' })).toBeUndefined();
  });
});
