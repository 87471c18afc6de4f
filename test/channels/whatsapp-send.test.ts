import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WhatsAppOutlet } from '../../src/channels/whatsapp/index.ts';
import { readSendTag, writeSendTag } from '../../src/channels/whatsapp/send-tag.ts';
import type { OutboundMessage } from '../../src/core/message.ts';
import {
  accessToken,
  address,
  choices,
  message,
  outletTo,
  startGraph,
  tag,
  type LocalGraph,
} from './whatsapp-send-surroundings.ts';
import { keptLog } from './whatsapp-surroundings.ts';

let meta: LocalGraph;
let log: ReturnType<typeof keptLog>;
let outlet: WhatsAppOutlet;

beforeEach(async () => {
  meta = await startGraph();
  log = keptLog();
  outlet = outletTo(meta.url, log);
});
afterEach(async () => {
  await outlet.close();
  await meta.close();
});

const sentBody = async (sent: OutboundMessage, recipient = '50212345678'): Promise<unknown> => {
  expect(await outlet.send({ ...address, recipient }, sent, tag)).toEqual({ kind: 'accepted' });
  return meta.calls[0]?.body;
};

describe('the call', () => {
  test('goes to version and number with the token and carries the tag', async () => {
    expect(await sentBody(message('Hola'))).toEqual({
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+50212345678',
      type: 'text',
      text: { preview_url: false, body: 'Hola' },
      biz_opaque_callback_data: 'p17:1795435200000-3:Zm9vYmFyYmF6cXV4MTIzNA',
    });
    expect(meta.calls[0]?.url).toBe('/v26.0/800000000000002/messages');
    expect(meta.calls[0]?.authorization).toBe(`Bearer ${accessToken}`);
  });

  test('keeps the path of the base address', async () => {
    const other = outletTo(`${meta.url}/simulator/graph/`, log);
    await other.send(address, message('Hola'), tag);
    await other.close();
    expect(meta.calls[0]?.url).toBe('/simulator/graph/v26.0/800000000000002/messages');
  });

  test('puts a business-scoped user id in recipient and never in to', async () => {
    const body = await sentBody(message('Hola'), 'GT.10000000000000000002');
    expect(body).toMatchObject({ recipient: 'GT.10000000000000000002' });
    expect(body).not.toHaveProperty('to');
  });

  test('reads its own tag back', () => {
    expect(readSendTag(writeSendTag(tag))).toEqual(tag);
  });

  test.each([undefined, '', 'turn-0001', 'p17:1-2', 'p17:1-2:con:versation', 'px:1-2:abc'])(
    'reads no tag from %p',
    (text) => {
      expect(readSendTag(text)).toBeUndefined();
    },
  );
});

describe('the form of a message', () => {
  test('has buttons with numbers for up to three short choices', async () => {
    expect(await sentBody(message('¿Quiere que le avise?', choices('Sí', 'No')))).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'button',
        body: { text: '¿Quiere que le avise?' },
        action: {
          buttons: [
            { type: 'reply', reply: { id: 'value-1', title: '1 Sí' } },
            { type: 'reply', reply: { id: 'value-2', title: '2 No' } },
          ],
        },
      },
    });
  });

  test('has a list for four to ten choices, with the numbered lines in the text', async () => {
    const four = choices('Cursos', 'Trabajo', 'Crédito', 'Documentos');
    const described = four.map((choice) => ({ ...choice, description: 'd'.repeat(80) }));
    expect(await sentBody(message('¿Qué necesita?', described.slice(0, 4)))).toMatchObject({
      type: 'interactive',
      interactive: {
        type: 'list',
        body: {
          text: `¿Qué necesita?\n\n1 Cursos: ${'d'.repeat(80)}\n2 Trabajo: ${'d'.repeat(80)}\n3 Crédito: ${'d'.repeat(80)}\n4 Documentos: ${'d'.repeat(80)}`,
        },
        action: {
          button: 'Ver opciones',
          sections: [
            {
              rows: [
                { id: 'value-1', title: '1 Cursos', description: `${'d'.repeat(71)}…` },
                { id: 'value-2', title: '2 Trabajo', description: `${'d'.repeat(71)}…` },
                { id: 'value-3', title: '3 Crédito', description: `${'d'.repeat(71)}…` },
                { id: 'value-4', title: '4 Documentos', description: `${'d'.repeat(71)}…` },
              ],
            },
          ],
        },
      },
    });
  });

  test.each([
    ['a title of 18 characters takes a button', choices('a'.repeat(18)), 'button'],
    ['a title of 19 characters takes a list', choices('a'.repeat(19)), 'list'],
    ['a title of 22 characters takes a list', choices('a'.repeat(22)), 'list'],
    ['a title of 23 characters takes lines', choices('a'.repeat(23)), 'text'],
    ['ten choices take a list', choices(...'abcdefghij'.split('')), 'list'],
    ['eleven choices take lines', choices(...'abcdefghijk'.split('')), 'text'],
    ['an id with a blank at its end takes lines', [{ value: 'x ', title: 'Sí' }], 'text'],
    ['an id of 201 characters takes lines', [{ value: 'x'.repeat(201), title: 'Sí' }], 'text'],
  ])('%s', async (_name, offered, form) => {
    const body = (await sentBody(message('Elija', offered))) as {
      readonly type: string;
      readonly interactive?: { readonly type: string };
    }; // the shape this test looks at
    expect(body.interactive?.type ?? body.type).toBe(form);
  });

  test('has numbered lines when the choices are too long for anything else', async () => {
    const offered = choices('Una opción con un título demasiado largo', 'Otra');
    expect(await sentBody(message('Elija una:', offered))).toMatchObject({
      type: 'text',
      text: { body: 'Elija una:\n\n1 Una opción con un título demasiado largo\n2 Otra' },
    });
  });

  test('has lines when the text is too long for buttons', async () => {
    expect(await sentBody(message('a'.repeat(1025), choices('Sí')))).toMatchObject({
      type: 'text',
      text: { body: `${'a'.repeat(1025)}\n\n1 Sí` },
    });
  });

  test('names the caseworker who wrote it, without markup', async () => {
    expect(await sentBody({ ...message('Buenos días'), author: '*Marta*\n_R._' })).toMatchObject({
      text: { body: '*Marta R.*\nBuenos días' },
    });
  });

  test.each([
    ['a text of 4097 characters', message('a'.repeat(4097)), '50212345678'],
    ['an empty text', message('  '), '50212345678'],
    ['a recipient of no known form', message('Hola'), '+502 1234'],
  ])('is refused here, without a call, for %s', async (_name, sent, recipient) => {
    expect(await outlet.send({ ...address, recipient }, sent, tag)).toEqual({
      kind: 'failed',
      error: 'send-rejected',
    });
    expect(meta.calls).toEqual([]);
  });
});
