import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWhatsAppOutlet, type WhatsAppOutlet } from '../../src/channels/whatsapp/index.ts';
import { failureOf } from '../../src/channels/whatsapp/send-errors.ts';
import { readSendTag, writeSendTag } from '../../src/channels/whatsapp/send-tag.ts';
import { channelName, conversationId, languageTag, outboxId, partition } from '../../src/core/ids.ts';
import type { OutboundChoice, OutboundMessage } from '../../src/core/message.ts';
import { keptLog, realClock } from './whatsapp-surroundings.ts';

const accessToken = 'canary-access-token-0123456789';
const tag = {
  partition: partition(17),
  outboxId: outboxId('1795435200000-3'),
  conversationId: conversationId('Zm9vYmFyYmF6cXV4MTIzNA'),
};
const address = {
  channel: channelName('whatsapp'),
  account: '800000000000002',
  recipient: '50212345678',
};

interface Call {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A Graph API of this machine: `calls` is what came in, `answer` what goes back. */
async function graph() {
  const calls: Call[] = [];
  const state: { answer: Answer } = {
    answer: (_request, response) => response.end('{"messages":[{"id":"wamid.OUT"}]}'),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      calls.push({ url: request.url, authorization: request.headers.authorization, body });
      state.answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP, so it is no string
  return { calls, state, server, url: `http://127.0.0.1:${port}` };
}

let meta: Awaited<ReturnType<typeof graph>>;
let log: ReturnType<typeof keptLog>;
let outlet: WhatsAppOutlet;

const outletTo = (baseUrl: string): WhatsAppOutlet =>
  createWhatsAppOutlet({
    baseUrl,
    version: 'v26.0',
    phoneNumberId: '800000000000002',
    accessToken,
    listButton: (language) => (language === 'en' ? 'See options' : 'Ver opciones'),
    clock: realClock,
    log,
    timeoutMs: 200,
  });

beforeEach(async () => {
  meta = await graph();
  log = keptLog();
  outlet = outletTo(meta.url);
});
afterEach(async () => {
  await outlet.close();
  meta.server.closeAllConnections();
  await new Promise((resolve) => meta.server.close(resolve));
});

const message = (text: string, choices: readonly OutboundChoice[] = []): OutboundMessage => ({
  text,
  language: languageTag('es'),
  choices,
  sendClass: 'ordinary',
  keys: ['test:words'],
});
const choices = (...titles: readonly string[]): readonly OutboundChoice[] =>
  titles.map((title, index) => ({ value: `value-${index + 1}`, title }));
const sentBody = async (sent: OutboundMessage, recipient = '50212345678'): Promise<unknown> => {
  expect(await outlet.send({ ...address, recipient }, sent, tag)).toEqual({ kind: 'accepted' });
  return meta.calls[0]?.body;
};
const refusedWith = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
  meta.state.answer = (_request, response) => response.writeHead(status, headers).end(JSON.stringify(body));
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
    const other = outletTo(`${meta.url}/simulator/graph/`);
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

describe('what came of it', () => {
  test('is the error of the code in the answer', async () => {
    refusedWith(400, { error: { message: 'x', code: 131047, error_data: { details: '50212345678' } } });
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'failed',
      error: 'send-window-closed',
    });
  });

  test('is to wait at least as long as Retry-After says', async () => {
    refusedWith(429, { error: { code: 130429 } }, { 'retry-after': '30' });
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'failed',
      error: 'send-throttled',
      afterMs: 30_000,
    });
  });

  test('is unavailable when the answer is a page and no JSON', async () => {
    meta.state.answer = (_request, response) => response.writeHead(502).end('<html>');
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'failed',
      error: 'send-unavailable',
    });
  });

  test('is a failure when redirected, and the token goes nowhere else', async () => {
    const elsewhere = await graph();
    refusedWith(302, {}, { location: `${elsewhere.url}/` });
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'failed',
      error: 'send-rejected',
    });
    expect(elsewhere.calls).toEqual([]);
    await new Promise((resolve) => elsewhere.server.close(resolve));
  });

  test('is a failure that may be tried again when nobody listens', async () => {
    const gone = await graph();
    await new Promise((resolve) => gone.server.close(resolve));
    const other = outletTo(gone.url);
    expect(await other.send(address, message('Hola'), tag)).toEqual({
      kind: 'failed',
      error: 'send-network',
    });
    await other.close();
  });

  test('is in doubt when the connection is cut after the message went out', async () => {
    meta.state.answer = (request) => request.socket.destroy();
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'in-doubt',
      error: 'send-network',
    });
  });

  test('is in doubt when no answer comes in time', async () => {
    meta.state.answer = () => undefined;
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'in-doubt',
      error: 'send-timeout',
    });
  });

  test('never brings token, recipient or text into the log', async () => {
    refusedWith(400, {
      error: { message: `50212345678 ${accessToken}`, code: 190, error_data: { details: 'canary' } },
    });
    await outlet.send(address, message('canary words'), tag);
    meta.state.answer = (request) => request.socket.destroy();
    await outlet.send(address, message('canary words'), tag);
    await outlet.send(address, message('canary'.repeat(4000)), tag);
    const text = JSON.stringify(log.lines);
    expect(log.lines).toHaveLength(3);
    for (const word of ['canary', '50212345678', 'Bearer']) expect(text).not.toContain(word);
  });
});

describe('each code of Meta', () => {
  test.each([
    ['send-unavailable', [2, 131016, 131057, 133004, 133015, 134101, 139102, 139103, 2494100]],
    ['send-throttled', [4, 80007, 130429, 132069]],
    ['send-pair-limit', [131056]],
    ['send-unknown', [1, 131000, 131053]],
    ['send-window-closed', [131047]],
    [
      'send-credentials',
      [
        0, 3, 10, 33, 190, 200, 250, 299, 368, 131005, 131031, 131037, 131042, 131044, 131045, 131048, 131064,
        133000, 133005, 133006, 133008, 133009, 133010, 133016,
      ],
    ],
    ['send-undeliverable', [130472, 130497, 131021, 131026, 131030, 131049, 131050, 131062, 137000]],
    [
      'send-rejected',
      [
        100, 131008, 131009, 131051, 131052, 131055, 131060, 131063, 132000, 132001, 132005, 132007, 132008,
        132012, 132015, 132016, 132018, 132068, 134011, 134100, 134102, 135000, 139100, 139101, 139200,
      ],
    ],
  ] as const)('that means %s is treated so', (error, codes) => {
    expect(codes.filter((code) => failureOf(code, 400).error !== error)).toEqual([]);
  });

  test.each([
    [131056, 6_000],
    [133015, 300_000],
    [80007, 60_000],
    [131026, undefined],
  ])('%d asks to wait %p ms', (code, afterMs) => {
    expect(failureOf(code, 400).afterMs).toBe(afterMs);
  });

  test.each([
    [500, 'send-unavailable'],
    [429, 'send-throttled'],
    [401, 'send-credentials'],
    [404, 'send-rejected'],
  ] as const)('that is unknown is treated by the HTTP status %d', (status, error) => {
    expect(failureOf(999_999, status).error).toBe(error);
    expect(failureOf(undefined, status).error).toBe(error);
  });
});
