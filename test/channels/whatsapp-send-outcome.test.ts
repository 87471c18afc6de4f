import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { WhatsAppOutlet } from '../../src/channels/whatsapp/index.ts';
import { failureOf } from '../../src/channels/whatsapp/send-errors.ts';
import {
  accessToken,
  address,
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

const refusedWith = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
  meta.state.answer = (_request, response) => response.writeHead(status, headers).end(JSON.stringify(body));
};

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
    const elsewhere = await startGraph();
    refusedWith(302, {}, { location: `${elsewhere.url}/` });
    expect(await outlet.send(address, message('Hola'), tag)).toEqual({
      kind: 'failed',
      error: 'send-rejected',
    });
    expect(elsewhere.calls).toEqual([]);
    await elsewhere.close();
  });

  test('is a failure that may be tried again when nobody listens', async () => {
    const gone = await startGraph();
    await gone.close();
    const other = outletTo(gone.url, log);
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
