import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createWhatsAppRouter } from '../../src/channels/whatsapp/index.ts';
import { StoreUnavailable } from '../../src/core/errors.ts';
import {
  collectingInbox,
  type CollectingInbox,
  fixture,
  keptLog,
  type Listening,
  listening,
  realClock,
  signatureOf,
} from './whatsapp-surroundings.ts';

const secret = 'canary-app-secret-0123456789';
const oldSecret = 'canary-old-secret-0123456789';
const verifyToken = 'canary-verify-token-0123456789';

let inbox: CollectingInbox;
let log: ReturnType<typeof keptLog>;
let service: Listening;

beforeEach(async () => {
  inbox = collectingInbox();
  log = keptLog();
  const router = createWhatsAppRouter({
    inbox,
    verifyToken,
    appSecrets: [secret, oldSecret],
    accounts: ['800000000000002'],
    clock: realClock,
    log,
    vault: { logIdOf: (id) => `log-id-${id.length}` },
  });
  service = await listening(router, '/webhooks/whatsapp');
});
afterEach(() => service.close());

const post = (body: Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${service.url}/webhooks/whatsapp`, {
    method: 'POST',
    // A plain copy: fetch's type asks for an ArrayBuffer that is not shared.
    body: new Uint8Array(body),
    headers: { 'content-type': 'application/json', ...headers },
  });
const postSigned = (body: Uint8Array, by = secret): Promise<Response> =>
  post(body, { 'x-hub-signature-256': signatureOf(body, by) });
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

describe('the signature', () => {
  const body = bytes('{"object":"whatsapp_business_account","entry":[]}');
  const right = signatureOf(body, secret);
  test.each([
    ['missing', undefined],
    ['empty', ''],
    ['of another secret', signatureOf(body, 'another')],
    ['in upper case', right.toUpperCase().replace('SHA256', 'sha256')],
    ['too short', right.slice(0, -2)],
    ['too long', `${right}00`],
    ['without its name', right.slice('sha256='.length)],
    ['sha1 only', `sha1=${right.slice('sha256='.length, 47)}`],
  ])('that is %s is refused with 401 and nothing is kept', async (_name, header) => {
    const response = await post(body, header === undefined ? {} : { 'x-hub-signature-256': header });
    expect(response.status).toBe(401);
    expect(inbox.quarantined).toEqual([]);
  });

  test('of the older secret is taken while the secret is being changed', async () => {
    expect((await postSigned(body, oldSecret)).status).toBe(200);
  });
});

describe('verification by GET', () => {
  const get = (query: string): Promise<Response> => fetch(`${service.url}/webhooks/whatsapp?${query}`);

  test('echoes the challenge as plain text', async () => {
    const response = await get(`hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=1158201444`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('1158201444');
  });

  test.each([
    ['a wrong token', 'hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1', 403],
    ['no token', 'hub.mode=subscribe&hub.challenge=1', 403],
    ['another mode', `hub.mode=other&hub.verify_token=${verifyToken}&hub.challenge=1`, 403],
    [
      'a repeated token',
      `hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.verify_token=x&hub.challenge=1`,
      403,
    ],
    ['no challenge', `hub.mode=subscribe&hub.verify_token=${verifyToken}`, 400],
    [
      'markup for a challenge',
      `hub.mode=subscribe&hub.verify_token=${verifyToken}&hub.challenge=%3Cscript%3E`,
      400,
    ],
  ])('refuses %s', async (_name, query, status) => {
    const response = await get(query);
    expect(response.status).toBe(status);
    expect(await response.text()).not.toContain('script');
  });
});

describe('a signed body', () => {
  test('is answered 200 once its message is kept', async () => {
    expect((await postSigned(fixture('01-text-basic.json'))).status).toBe(200);
    expect(inbox.received.map((received) => received.message.messageId)).toEqual(['wamid.SU4tVEVYVC0wMDAx']);
    expect(inbox.received[0]?.repeatsBy).toBe('sent-time');
    expect(inbox.received[0]?.address).toEqual({
      channel: 'whatsapp',
      account: '800000000000002',
      recipient: '50212345678',
    });
  });

  test('with the same message twice hands it in twice and is kept once', async () => {
    expect((await postSigned(fixture('57-duplicate-wamid-inside-one-post.json'))).status).toBe(200);
    expect(inbox.received).toHaveLength(1);
  });

  test('with several messages of one person keeps their order', async () => {
    await postSigned(fixture('51-batch-three-messages-one-change.json'));
    expect(inbox.received.map((received) => received.message.sentAt)).toEqual([
      1795435400000, 1795435401000, 1795435402000,
    ]);
  });

  test('about a new number changes the identity', async () => {
    await postSigned(fixture('31-system-user-changed-number.json'));
    expect(inbox.changes).toEqual([
      {
        channel: 'whatsapp',
        account: '800000000000002',
        previous: ['GT.10000000000000000001', '50212345678'],
        next: ['GT.10000000000000000091', '50255550000'],
        address: { channel: 'whatsapp', account: '800000000000002', recipient: '50255550000' },
      },
    ]);
  });

  test.each([
    ['no JSON', '{"object":', 'envelope'],
    ['nested 10,000 deep', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'envelope'],
    ['a list', '[]', 'envelope'],
    ['entries that are an object', '{"object":"whatsapp_business_account","entry":{}}', 'envelope'],
    [
      'a message without an id',
      '{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"800000000000002"},"messages":[{"type":"text"}]}}]}]}',
      'message',
    ],
    [
      'a message from nobody',
      '{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"800000000000002"},"messages":[{"id":"m1","timestamp":"1795435200","type":"text","text":{"body":"x"}}]}}]}]}',
      'sender',
    ],
  ])('that is %s goes to quarantine byte by byte and is answered 200', async (_name, text, reason) => {
    expect((await postSigned(bytes(text))).status).toBe(200);
    expect(inbox.quarantined.map((kept) => [kept.reason, Buffer.from(kept.body).toString()])).toEqual([
      [reason, text],
    ]);
  });

  test('with a text that has no body is answered as unsupported and set aside too', async () => {
    const text = fixture('02-text-escaped-unicode.json')
      .toString()
      .replace(/"text":\{[^}]*\}/u, '"text":7');
    expect((await postSigned(bytes(text))).status).toBe(200);
    expect(inbox.received[0]?.message.content).toEqual({ kind: 'unsupported' });
    expect(inbox.quarantined.map((kept) => kept.reason)).toEqual(['content']);
  });

  test('with hostile keys changes no prototype and still reads the message', async () => {
    const text = fixture('02-text-escaped-unicode.json')
      .toString()
      .replace(
        '{"object"',
        '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"object"',
      );
    expect((await postSigned(bytes(text))).status).toBe(200);
    expect(inbox.received).toHaveLength(1);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('of a very long text keeps its head and its tail within 10,000 characters', async () => {
    const long = `ayuda${'a'.repeat(100_000)}me quiere matar`;
    const text = fixture('02-text-escaped-unicode.json')
      .toString()
      .replace(/"body":"[^"]*"/u, `"body":"${long}"`);
    await postSigned(bytes(text));
    const content = inbox.received[0]?.message.content;
    const kept = content?.kind === 'text' ? content.text : '';
    expect(kept).toHaveLength(10_000);
    expect(kept.startsWith('ayuda')).toBe(true);
    expect(kept.endsWith('me quiere matar')).toBe(true);
  });

  test('with lone surrogates and NUL is stored as valid text', async () => {
    const text = fixture('02-text-escaped-unicode.json')
      .toString()
      .replace(/"body":"[^"]*"/u, '"body":"a\\ud83d b\\u0000c"');
    await postSigned(bytes(text));
    expect(inbox.received[0]?.message.content).toEqual({ kind: 'text', text: 'a\ufffd b\ufffdc' });
  });
});

describe('a body that cannot be taken now', () => {
  test('is answered 503 with Retry-After when the store cannot keep it', async () => {
    inbox.fault = new StoreUnavailable('no store');
    const response = await postSigned(fixture('01-text-basic.json'));
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(inbox.received).toEqual([]);
  });

  test('is answered 500 without details when something throws', async () => {
    inbox.fault = new Error('canary detail');
    const response = await postSigned(fixture('01-text-basic.json'));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('canary');
  });

  test('is answered 413 when its length says more than 3 MB', async () => {
    expect((await postSigned(Buffer.alloc(3 * 1024 * 1024 + 1, 0x20))).status).toBe(413);
  });

  test('is taken at exactly 3 MB', async () => {
    const padded = Buffer.alloc(3 * 1024 * 1024, 0x20);
    fixture('01-text-basic.json').copy(padded);
    expect((await postSigned(padded)).status).toBe(200);
    expect(inbox.received).toHaveLength(1);
  });

  test('is answered 413 when it comes in pieces beyond 3 MB', async () => {
    const piece = 'x'.repeat(64 * 1024);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(service.url).port), '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk.toString();
        socket.destroy();
        resolve(text);
      });
      socket.on('error', reject);
      socket.write('POST /webhooks/whatsapp HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n');
      for (let sent = 0; sent < 49; sent += 1) {
        socket.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
      }
    });
    expect(answer).toMatch(/^HTTP\/1\.1 413 /u);
  });

  test('is answered 415 when it is compressed', async () => {
    const body = gzipSync(fixture('01-text-basic.json'));
    const response = await post(body, {
      'content-encoding': 'gzip',
      'x-hub-signature-256': signatureOf(body, secret),
    });
    expect(response.status).toBe(415);
  });

  test('is refused as a problem whose id the log has', async () => {
    const response = await post(bytes('{}'));
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/u);
    // The shape is what this test is about.
    const problem = (await response.json()) as { status: number; instance: string };
    expect(problem.status).toBe(401);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ event: 'webhook-refused', status: 401, reference: problem.instance }),
    );
  });
});

test('neither secrets, texts, names, numbers nor ids reach the log', async () => {
  await postSigned(fixture('01-text-basic.json'));
  await postSigned(fixture('31-system-user-changed-number.json'));
  await postSigned(fixture('44-status-failed-131047.json'));
  await postSigned(bytes('{"canary":'));
  await post(fixture('01-text-basic.json'));
  await fetch(`${service.url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${verifyToken}x`);
  const text = JSON.stringify(log.lines);
  expect(text).toContain('webhook-refused');
  for (const secretWord of ['canary', 'vacunas', 'Ana', '50212345678', 'GT.1', 'wamid', '50255550000']) {
    expect(text).not.toContain(secretWord);
  }
});
