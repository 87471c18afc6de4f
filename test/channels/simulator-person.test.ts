import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../src/core/errors.ts';
import { startSimulatedMeta, type SimulatedMeta } from './simulator-surroundings.ts';
import { until } from './whatsapp-surroundings.ts';

let meta: SimulatedMeta;
beforeEach(async () => {
  meta = await startSimulatedMeta();
});
afterEach(() => meta.close());

test('the stand-in is taken for Meta when it verifies the webhook', async () => {
  expect(await meta.standIn.subscribe()).toBe(true);
});

describe('what a person does on a phone', () => {
  test('arrives as a signed webhook and is ticked once it is kept', async () => {
    expect((await meta.act({ kind: 'text', text: '¿Dónde saco mi DPI? 👶' })).status).toBe(202);
    await until(() => meta.inbox.received.length === 1);
    const [received] = meta.inbox.received;
    expect(received?.message.content).toEqual({ kind: 'text', text: '¿Dónde saco mi DPI? 👶' });
    expect(received?.from).toEqual({ kind: 'person', ids: ['GT.50255550101', '50255550101'] });
    expect(received?.address.recipient).toBe('50255550101');
    expect(received?.sender).toEqual({ numberCountry: 'GT' });
    const { messages, lines } = await meta.screenWith((seen) => seen.messages[0]?.tick === 'sent');
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
    await meta.act({ kind });
    await until(() => meta.inbox.received.length === 1);
    expect(meta.inbox.received[0]?.message.content).toEqual(content);
  });

  test('is tried again until the service can keep it', async () => {
    meta.inbox.fault = new StoreUnavailable('not now');
    await meta.act({ kind: 'text', text: 'Hola' });
    await new Promise((resolve) => setTimeout(resolve, 30));
    meta.inbox.fault = undefined;
    await until(() => meta.inbox.received.length === 1);
    const { messages, lines } = await meta.screenWith((seen) => seen.messages[0]?.tick === 'sent');
    expect(messages.map((message) => message.tick)).toEqual(['sent']);
    expect(lines[0]?.answer).toBe(503);
    expect(lines.at(-1)?.answer).toBe(200);
  });

  test('arrives twice when that fault is switched on, and is kept once', async () => {
    await meta.switchFaults({ webhookTwice: true });
    await meta.act({ kind: 'text', text: 'Hola' });
    const { lines } = await meta.screenWith((seen) => seen.lines.length === 2);
    expect(lines.map((line) => line.answer)).toEqual([200, 200]);
    expect(meta.inbox.received).toHaveLength(1);
  });

  test('keeps the order it was done in', async () => {
    for (const text of ['uno', 'dos', 'tres', 'cuatro', 'cinco']) await meta.act({ kind: 'text', text });
    await until(() => meta.inbox.received.length === 5);
    const texts = meta.inbox.received.map(({ message }) =>
      message.content.kind === 'text' ? message.content.text : '',
    );
    expect(texts).toEqual(['uno', 'dos', 'tres', 'cuatro', 'cinco']);
  });

  test.each([
    ['no text', { kind: 'text', text: ' ' }, 400],
    ['a choice nobody offered', { kind: 'choice', messageId: 'wamid.x', value: 'y' }, 404],
    ['something unknown', { kind: 'dance' }, 400],
  ])('is refused for %s', async (_name, body, status) => {
    expect((await meta.act(body)).status).toBe(status);
  });

  test('is refused as a plain form of another site would send it', async () => {
    expect((await meta.act({ kind: 'text', text: 'Hola' }, 'text/plain')).status).toBe(400);
    expect(meta.inbox.received).toEqual([]);
  });
});
