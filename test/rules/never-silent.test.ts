import { describe, expect, test } from '@jest/globals';
import type { InboundContent } from '../../src/core/message.ts';
import { everyWaitingStep, otherStates } from '../support/every-state.ts';

const text = (words: string): InboundContent => ({ kind: 'text', text: words });
const messages: readonly (readonly [string, InboundContent])[] = [
  ...[
    'xyz',
    'hola',
    'gracias',
    '1',
    '99',
    'sí',
    'no',
    '',
    '   ',
    '🙏🏽👨‍👩‍👧',
    '{{name}} ${x} %s',
    'constructor',
  ].map((words) => [JSON.stringify(words), text(words)] as const),
  ...[
    'ayuda',
    'atrás',
    'repita',
    'menú',
    'cancelar',
    'PERSONA',
    'BORRAR',
    'ALTO',
    'INICIO',
    'soy otra persona',
  ].map((words) => [words, text(words)] as const),
  ['a long text', text('a '.repeat(5_000))],
  ['a lone surrogate', text('\ud83d')],
  ['a button of another time', { kind: 'choice', value: 'more', title: 'Más datos' }],
  ['a button nobody made', { kind: 'choice', value: '__proto__', title: '__proto__' }],
  ['a language nobody speaks', { kind: 'choice', value: 'language:xx', title: 'xx' }],
  ['a dialog that is gone', { kind: 'choice', value: 'start:removed', title: 'x' }],
  ['a voice note', { kind: 'media', media: 'audio' }],
  ['a sticker', { kind: 'media', media: 'sticker' }],
  ['a place', { kind: 'location', latitude: 0, longitude: 0 }],
  ['somebody’s number', { kind: 'contacts' }],
  ['something new', { kind: 'unsupported' }],
];

/** There ordinary messages wait for the answer; there a machine is met with silence. */
const maySayNothing = /look-up under way|a machine/u;

describe.each([...everyWaitingStep, ...otherStates.filter(([name]) => !maySayNothing.test(name))])(
  'at %s',
  (_name, stand) => {
    test.each(messages)('%s gets an answer', (_message, content) => {
      const talk = stand();
      const keys = talk.sends(content);
      expect(keys.length).toBeGreaterThan(0);
      expect(new Set(keys).size).toBe(keys.length);
    });
  },
);
