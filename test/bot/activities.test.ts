import { describe, expect, test } from '@jest/globals';
import {
  activityOf,
  heardEvent,
  isOfPerson,
  messageOf,
  referenceOf,
  replyOf,
} from '../../src/bot/activities.ts';
import { conversationId, languageTag, messageId } from '../../src/core/ids.ts';
import type { InboundContent, OutboundMessage } from '../../src/core/message.ts';
import { newConversation } from '../../src/core/turn.ts';
import { messageEvent, morning } from '../support/talk.ts';

const blank = newConversation(conversationId('somebody'), languageTag('es'));
const plain: OutboundMessage = {
  text: '¿Qué quiere aprender?',
  language: languageTag('es'),
  choices: [],
  sendClass: 'ordinary',
  keys: ['training:askTrade'],
};

describe('a message as activity and back', () => {
  test.each<readonly [string, OutboundMessage]>([
    ['plain', plain],
    [
      'with choices, one of them described',
      {
        ...plain,
        choices: [
          { value: 'gt-1', title: 'INTECAP' },
          { value: 'gt-2', title: 'Certifícate', description: 'Certifique lo que ya sabe' },
        ],
      },
    ],
    ['in danger', { ...plain, sendClass: 'crisis', keys: ['danger:ack.violence', 'danger:isSafe'] }],
    ['about a document', { ...plain, sendClass: 'disclosure', language: languageTag('quc') }],
    ['by a caseworker', { ...plain, author: 'Rosa', keys: [] }],
    ['odd words', { ...plain, text: '{{name}} ${x} %s\n<b>&amp;</b> 🙏🏽' }],
  ])('%s', (_name, message) => {
    expect(messageOf(replyOf(message))).toEqual(message);
  });

  test('choices are suggested actions, which any client shows', () => {
    expect(replyOf({ ...plain, choices: [{ value: 'yes', title: 'Sí' }] }).suggestedActions).toEqual({
      to: [],
      actions: [{ type: 'postBack', title: 'Sí', value: 'yes' }],
    });
    expect(replyOf(plain)).not.toHaveProperty('suggestedActions');
  });
});

describe('what a person sent as activity', () => {
  test.each<readonly [InboundContent, Record<string, unknown>]>([
    [{ kind: 'text', text: 'hola' }, { text: 'hola' }],
    [
      { kind: 'choice', value: 'yes', title: 'Sí' },
      { text: 'Sí', value: 'yes' },
    ],
    [
      { kind: 'media', media: 'image', caption: 'mire', fileName: 'a.jpg' },
      { text: 'mire', attachments: [{ contentType: 'image/*', name: 'a.jpg' }] },
    ],
    [{ kind: 'media', media: 'audio' }, { attachments: [{ contentType: 'audio/*' }] }],
    [
      { kind: 'location', latitude: 14.8, longitude: -91.5 },
      { entities: [{ type: 'GeoCoordinates', latitude: 14.8, longitude: -91.5 }] },
    ],
    [{ kind: 'form', name: 'value', answers: '{}' }, { value: { name: 'value', answers: '{}' } }],
    [{ kind: 'contacts' }, {}],
    [{ kind: 'reaction' }, {}],
    [{ kind: 'unsupported' }, {}],
  ])('%j', (content, form) => {
    const event = messageEvent(morning, content, 1);
    const activity = activityOf(blank, event);
    expect(activity).toMatchObject({ type: 'message', ...form });
    expect(heardEvent(event, activity as Parameters<typeof heardEvent>[1])).toBe(event);
  });

  test('an answer to an earlier message names it', () => {
    const event = messageEvent(morning, { kind: 'text', text: 'sí' }, 1);
    const replying = { ...event, message: { ...event.message, replyTo: messageId('message-0') } };
    expect(activityOf(blank, replying).replyToId).toBe('message-0');
  });
});

test('a conversation without an address has a place too', () => {
  expect(referenceOf(blank)).toMatchObject({ channelId: 'internal', conversation: { id: 'somebody' } });
});

test('the person is present in messages and joins only', () => {
  expect(isOfPerson(messageEvent(morning, { kind: 'contacts' }, 1))).toBe(true);
  expect(isOfPerson({ kind: 'canary', at: morning })).toBe(false);
});
