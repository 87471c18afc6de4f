import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import { createStandInGraph, type StandInGraph } from '../../src/channels/simulator/index.ts';
import {
  createWhatsAppOutlet,
  createWhatsAppRouter,
  type WhatsAppOutlet,
} from '../../src/channels/whatsapp/index.ts';
import { StoreUnavailable } from '../../src/core/errors.ts';
import { conversationId, languageTag, outboxId, partition } from '../../src/core/ids.ts';
import type { OutboundMessage } from '../../src/core/message.ts';
import type { SendOutcome } from '../../src/core/ports.ts';
import {
  collectingInbox,
  type CollectingInbox,
  keptLog,
  type Listening,
  listening,
  realClock,
  until,
} from './whatsapp-surroundings.ts';

const phone = '50255550101';
const tag = {
  partition: partition(3),
  outboxId: outboxId('1795435200000-1'),
  conversationId: conversationId('conversation-of-the-test'),
};
const noFaults = {
  graphFails: false,
  answerLost: false,
  windowClosed: false,
  noStatuses: false,
  webhookTwice: false,
};

let inbox: CollectingInbox;
let standIn: StandInGraph;
let outlet: WhatsAppOutlet;
let service: Listening;
let url: string;

beforeEach(async () => {
  inbox = collectingInbox();
  const log = keptLog();
  const random = { id: (bits: number) => randomBytes(bits / 8).toString('base64url'), fraction: () => 0.5 };
  const secrets = { appSecret: 'secret-of-the-simulator', verifyToken: 'token-of-the-simulator' };
  const { appSecret, verifyToken } = secrets;
  standIn = createStandInGraph({
    ...secrets,
    webhookUrl: () => `${url}/webhooks/whatsapp`,
    phoneNumberId: '800000000000002',
    clock: realClock,
    random,
    log,
    firstWaitMs: 10,
  });
  const app = express.Router();
  app.use('/simulator/graph', standIn.router);
  app.use('/simulator/api', standIn.phoneRouter);
  app.use(
    '/webhooks/whatsapp',
    createWhatsAppRouter({
      inbox,
      verifyToken,
      appSecrets: [appSecret],
      accounts: ['800000000000002'],
      clock: realClock,
      log,
      vault: { logIdOf: () => 'log-id' },
    }),
  );
  service = await listening(app);
  url = service.url;
  outlet = createWhatsAppOutlet({
    baseUrl: `${url}/simulator/graph`,
    version: 'v26.0',
    phoneNumberId: '800000000000002',
    accessToken: 'any-token',
    listButton: () => 'Ver opciones',
    clock: realClock,
    log,
    timeoutMs: 2_000,
  });
});
afterEach(async () => {
  await outlet.close();
  await standIn.close();
  await service.close();
});

const act = (body: unknown, type = 'application/json'): Promise<Response> =>
  fetch(`${url}/simulator/api/phones/${phone}/messages`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });
const switchFaults = (faults: object): Promise<Response> =>
  fetch(`${url}/simulator/api/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...noFaults, ...faults }),
  });
interface Shown {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly tick: string;
  readonly listButton?: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}
interface Screen {
  readonly messages: readonly Shown[];
  readonly lines: readonly { readonly kind: string; readonly answer: number; readonly signature?: string }[];
}
const screen = async (): Promise<Screen> =>
  // The shape of our own API.
  (await (await fetch(`${url}/simulator/api/phones/${phone}`)).json()) as Screen;
/** The phone's screen once it fits a condition; fails after 200 looks. */
async function screenWith(fits: (seen: Screen) => boolean): Promise<Screen> {
  for (let looks = 0; looks < 200; looks += 1) {
    const seen = await screen();
    if (fits(seen)) return seen;
  }
  throw new Error('the screen did not come to fit');
}
const send = (message: Partial<OutboundMessage> = {}): Promise<SendOutcome> => {
  const address = { channel: outlet.channel, account: '800000000000002', recipient: phone };
  const common = {
    text: 'Hola',
    language: languageTag('es'),
    choices: [],
    sendClass: 'ordinary',
    keys: [],
  } as const;
  return outlet.send(address, { ...common, ...message }, tag);
};
const reported = (): readonly string[] => inbox.reports.map((report) => report.status);

test('the stand-in is taken for Meta when it verifies the webhook', async () => {
  expect(await standIn.subscribe()).toBe(true);
});

describe('what a person does on a phone', () => {
  test('arrives as a signed webhook and is ticked once it is kept', async () => {
    expect((await act({ kind: 'text', text: '¿Dónde saco mi DPI? 👶' })).status).toBe(202);
    await until(() => inbox.received.length === 1);
    const [received] = inbox.received;
    expect(received?.message.content).toEqual({ kind: 'text', text: '¿Dónde saco mi DPI? 👶' });
    expect(received?.from).toEqual({ kind: 'person', ids: ['GT.50255550101', '50255550101'] });
    expect(received?.address.recipient).toBe('50255550101');
    expect(received?.sender).toEqual({ numberCountry: 'GT' });
    const { messages, lines } = await screenWith((seen) => seen.messages[0]?.tick === 'sent');
    expect(messages.map((message) => message.tick)).toEqual(['sent']);
    expect(lines).toEqual([
      expect.objectContaining({
        kind: 'webhook',
        answer: 200,
        signature: expect.stringMatching(/^sha256=[0-9a-f]{64}$/u),
      }),
    ]);
  });

  test.each([
    ['voice', { kind: 'media', media: 'audio', mediaId: expect.any(String) }],
    ['photo', { kind: 'media', media: 'image', mediaId: expect.any(String) }],
    ['location', { kind: 'location', latitude: 14.6349, longitude: -90.5069 }],
  ])('may be a %s', async (kind, content) => {
    await act({ kind });
    await until(() => inbox.received.length === 1);
    expect(inbox.received[0]?.message.content).toEqual(content);
  });

  test('is tried again until the service can keep it', async () => {
    inbox.fault = new StoreUnavailable('not now');
    await act({ kind: 'text', text: 'Hola' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    inbox.fault = undefined;
    await until(() => inbox.received.length === 1);
    const { messages, lines } = await screenWith((seen) => seen.messages[0]?.tick === 'sent');
    expect(messages.map((message) => message.tick)).toEqual(['sent']);
    expect(lines[0]?.answer).toBe(503);
    expect(lines.at(-1)?.answer).toBe(200);
  });

  test('arrives twice when that fault is switched on, and is kept once', async () => {
    await switchFaults({ webhookTwice: true });
    await act({ kind: 'text', text: 'Hola' });
    const { lines } = await screenWith((seen) => seen.lines.length === 2);
    expect(lines.map((line) => line.answer)).toEqual([200, 200]);
    expect(inbox.received).toHaveLength(1);
  });

  test('keeps the order it was done in', async () => {
    for (const text of ['uno', 'dos', 'tres', 'cuatro', 'cinco']) await act({ kind: 'text', text });
    await until(() => inbox.received.length === 5);
    const texts = inbox.received.map(({ message }) =>
      message.content.kind === 'text' ? message.content.text : '',
    );
    expect(texts).toEqual(['uno', 'dos', 'tres', 'cuatro', 'cinco']);
  });

  test.each([
    ['no text', { kind: 'text', text: ' ' }, 400],
    ['a choice nobody offered', { kind: 'choice', messageId: 'wamid.x', value: 'y' }, 404],
    ['something unknown', { kind: 'dance' }, 400],
  ])('is refused for %s', async (_name, body, status) => {
    expect((await act(body)).status).toBe(status);
  });

  test('is refused as a plain form of another site would send it', async () => {
    expect((await act({ kind: 'text', text: 'Hola' }, 'text/plain')).status).toBe(400);
    expect(inbox.received).toEqual([]);
  });
});

describe('what the service sends', () => {
  test('shows on the phone and comes back as sent and delivered with the tag', async () => {
    expect(await send()).toEqual({ kind: 'accepted' });
    await until(() => reported().length === 2);
    expect(inbox.reports).toEqual([
      { ...tag, status: 'sent', at: expect.any(Number) },
      { ...tag, status: 'delivered', at: expect.any(Number) },
    ]);
    expect((await screen()).messages).toMatchObject([{ from: 'business', text: 'Hola', tick: 'delivered' }]);
  });

  test('is read while a page looks at the phone', async () => {
    const page = new AbortController();
    await fetch(`${url}/simulator/api/phones/${phone}/events`, { signal: page.signal });
    await send();
    await until(() => reported().length === 3);
    expect(reported()).toEqual(['sent', 'delivered', 'read']);
    page.abort();
  });

  test('is read when a page looks later', async () => {
    await send();
    await until(() => reported().length === 2);
    const page = new AbortController();
    await fetch(`${url}/simulator/api/phones/${phone}/events`, { signal: page.signal });
    await until(() => reported().includes('read'));
    page.abort();
  });

  test('with buttons is answered by a tap with the value', async () => {
    await send({
      text: '¿Le aviso?',
      choices: [
        { value: 'notify:yes', title: 'Sí' },
        { value: 'notify:no', title: 'No' },
      ],
    });
    const [message] = (await screen()).messages;
    expect(message?.choices).toEqual([
      { value: 'notify:yes', title: '1 Sí' },
      { value: 'notify:no', title: '2 No' },
    ]);
    await act({ kind: 'choice', messageId: message?.id, value: 'notify:no' });
    await until(() => inbox.received.length === 1);
    expect(inbox.received[0]?.message.content).toEqual({ kind: 'choice', value: 'notify:no', title: '2 No' });
    expect(inbox.received[0]?.message.replyTo).toBe(message?.id);
  });

  test('with a list is answered by a row with the value', async () => {
    const titles = ['Cursos', 'Trabajo', 'Crédito', 'Documentos'];
    await send({
      choices: titles.map((title, index) => ({ value: `topic:${index}`, title, description: title })),
    });
    const [message] = (await screen()).messages;
    expect(message?.listButton).toBe('Ver opciones');
    await act({ kind: 'choice', messageId: message?.id, value: 'topic:2' });
    await until(() => inbox.received.length === 1);
    expect(inbox.received[0]?.message.content).toEqual({
      kind: 'choice',
      value: 'topic:2',
      title: '3 Crédito',
    });
  });

  test.each([
    ['Meta answers 500', { graphFails: true }, { kind: 'failed', error: 'send-unknown' }, 0],
    ['the window is closed', { windowClosed: true }, { kind: 'failed', error: 'send-window-closed' }, 0],
    ['the answer is lost', { answerLost: true }, { kind: 'in-doubt', error: 'send-network' }, 1],
  ])('fails honestly when %s', async (_name, faults, outcome, shown) => {
    await switchFaults(faults);
    expect(await send()).toEqual(outcome);
    expect((await screen()).messages).toHaveLength(shown);
  });

  test('comes without statuses when that fault is switched on', async () => {
    await switchFaults({ noStatuses: true });
    await send();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(reported()).toEqual([]);
  });

  test.each([
    ['no token', {}, {}, 401, 190],
    ['an unknown field', { surprise: 1 }, { authorization: 'Bearer x' }, 400, 100],
    ['a user id in to', { to: 'GT.50255550101' }, { authorization: 'Bearer x' }, 400, 100],
  ])('is refused like Meta does for %s', async (_name, change, headers, status, code) => {
    const body = {
      messaging_product: 'whatsapp',
      to: `+${phone}`,
      type: 'text',
      text: { body: 'x' },
      ...change,
    };
    const response = await fetch(`${url}/simulator/graph/v26.0/800000000000002/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });
});

test('news reach a page as server-sent events', async () => {
  const page = new AbortController();
  const response = await fetch(`${url}/simulator/api/phones/${phone}/events`, { signal: page.signal });
  const reader = response.body?.getReader();
  await send();
  let text = '';
  while (!text.includes('"tick":"sent"'))
    text += Buffer.from((await reader?.read())?.value ?? []).toString('utf8');
  expect(text).toContain('event: message\ndata: {"id":"wamid.');
  page.abort();
});
