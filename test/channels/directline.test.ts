import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../src/core/errors.ts';
import { conversationId, languageTag } from '../../src/core/ids.ts';
import { startDirectLine, testSecret, type DirectLineServer } from '../support/direct-line-server.ts';

const page = 'https://chat.example.org';
let server: DirectLineServer;

beforeAll(async () => {
  server = await startDirectLine();
});
afterAll(async () => {
  await server.close();
});

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Replies are JSON of many shapes; each test checks the members it reads.
  readonly body: Record<string, unknown>;
}

async function call(
  method: string,
  path: string,
  options: {
    token?: string;
    body?: unknown;
    raw?: string | FormData | Uint8Array<ArrayBuffer>;
    headers?: Record<string, string>;
    at?: DirectLineServer;
  } = {},
): Promise<Reply> {
  const { token, body, raw, headers, at = server } = options;
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${at.url}/v3/directline${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

async function visitor(at = server): Promise<{ id: string; token: string }> {
  const { body } = await call('POST', '/tokens/generate', { headers: { origin: page }, at });
  return { id: String(body['conversationId']), token: String(body['token']) };
}

async function started(at = server): Promise<{ id: string; token: string; stream: string }> {
  const { id, token } = await visitor(at);
  const { body } = await call('POST', '/conversations', { token, body: { user: {} }, at });
  return { id, token, stream: String(body['streamUrl']) };
}

const say = (text: string, more: object = {}) => ({ type: 'message', from: { id: 'me' }, text, ...more });

function claimsOf(token: unknown): Record<string, unknown> {
  return JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

describe('tokens', () => {
  test('a page on the list gets a visitor token with a user id of our making', async () => {
    const { status, body, headers } = await call('POST', '/tokens/generate', {
      headers: { origin: page },
      body: { user: { id: 'dl_chosen-by-page' } },
    });
    expect({ status, expires: body['expires_in'] }).toEqual({ status: 200, expires: 1800 });
    expect(claimsOf(body['token'])['user']).toMatch(/^dl_[\w-]{22}$/u);
    expect(claimsOf(body['token'])['origin']).toEqual([page]);
    expect(headers.get('access-control-allow-origin')).toBe(page);
  });

  const pages: readonly (readonly [string, number])[] = [
    ['http://localhost:5173', 200],
    ['http://127.0.0.1', 200],
    ['http://chat.example.org', 403],
    ['https://chat.example.org:8443', 403],
    ['https://chat.example.org.evil.test', 403],
    ['https://evil-chat.example.org', 403],
    ['https://CHAT.example.org', 403],
    ['http://localhost.evil.test', 403],
    ['http://127.0.0.1.evil.test', 403],
    ['null', 403],
  ];
  test.each(pages)('the page %s is answered %d', async (origin, status) => {
    expect((await call('POST', '/tokens/generate', { headers: { origin } })).status).toBe(status);
  });

  test('a user named with the secret must begin with dl_, in any case of the member names', async () => {
    const wrong = await call('POST', '/tokens/generate', {
      token: testSecret,
      body: { user: { id: 'ana' } },
    });
    const right = await call('POST', '/tokens/generate', {
      token: testSecret,
      body: { User: { Id: 'dl_ana' } },
    });
    expect([wrong.status, right.status, claimsOf(right.body['token'])['user']]).toEqual([400, 200, 'dl_ana']);
  });

  test('refreshing keeps conversation and user', async () => {
    const { id, token } = await visitor();
    const { status, body } = await call('POST', '/tokens/refresh', { token });
    expect([status, body['conversationId'], claimsOf(body['token'])['user']]).toEqual([
      200,
      id,
      claimsOf(token)['user'],
    ]);
  });

  test('an expired token is told so and cannot be refreshed', async () => {
    const { id, token } = await visitor();
    server.clock.shift(1_801_000);
    const answers = [
      await call('POST', '/tokens/refresh', { token }),
      await call('GET', `/conversations/${id}/activities`, { token }),
    ];
    server.clock.shift(-1_801_000);
    expect(answers.map(({ status, body }) => [status, body['error']])).toEqual([
      [403, { code: 'TokenExpired', message: 'Token has expired.' }],
      [403, { code: 'TokenExpired', message: 'Token has expired.' }],
    ]);
  });

  test('forged, foreign and misused tokens are refused', async () => {
    const { id, token, stream } = await started();
    const other = await visitor();
    const [head = '', payload = '', signature = ''] = token.split('.');
    const none = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    const streamToken = new URL(stream).searchParams.get('t') ?? '';
    const changed = `${head}.${payload.slice(0, -2)}AA.${signature}`;
    const statuses = [];
    for (const bearer of [
      other.token,
      none,
      changed,
      `${head}.${payload}`,
      streamToken,
      'x',
      `${testSecret}x`,
    ])
      statuses.push((await call('GET', `/conversations/${id}/activities`, { token: bearer })).status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403, 403]);
    expect((await call('POST', '/tokens/generate', { token })).status).toBe(403);
  });

  test('a token is of no use to another page, nor is a call without any', async () => {
    const { id, token } = await started();
    const path = `/conversations/${id}/activities`;
    const foreign = await call('GET', path, { token, headers: { origin: 'http://localhost:9' } });
    const bare = await call('GET', path);
    expect([foreign.status, foreign.body['error']]).toEqual([
      403,
      { code: 'Forbidden', message: 'This token belongs to another page.' },
    ]);
    expect([bare.status, (bare.body['error'] as { code: string }).code]).toEqual([401, 'MissingToken']);
  });
});

describe('a conversation', () => {
  test('starts with 201 and an absolute stream address, again with 200, and is joined once', async () => {
    const { id, token } = await visitor();
    const first = await call('POST', '/conversations', { token, body: { user: {}, locale: 'en-US' } });
    const second = await call('POST', '/conversations', { token, body: { user: {}, locale: '!!' } });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body['streamUrl']).toMatch(
      new RegExp(`^ws://127\\.0\\.0\\.1:\\d+/v3/directline/conversations/${id}/stream\\?watermark=0&t=`, 'u'),
    );
    expect(server.inbox.joined.filter(({ conversation }) => conversation === id)).toEqual([
      { conversation: id, sender: { locale: languageTag('en') } },
    ]);
  });

  test('uses the public address for streams when there is one', async () => {
    const behind = await startDirectLine({ publicUrl: 'https://puente.example.org/' });
    const { stream } = await started(behind);
    await behind.close();
    expect(stream).toMatch(/^wss:\/\/puente\.example\.org\/v3\/directline\/conversations\//u);
  });

  test('echoes a post with the same id everywhere and the bound user, before what the bot says', async () => {
    const { id, token } = await started();
    const channelData = { clientActivityID: 'c1', 'webchat:sequence-id': 4 };
    const { body } = await call('POST', `/conversations/${id}/activities`, {
      token,
      body: say('hola', {
        channelData,
        from: { id: 'somebody-else', role: 'bot' },
        custom: [1, { a: true }],
      }),
    });
    server.inbox.append(conversationId(id), { type: 'message', text: 'buenas', from: { id: 'puente' } });
    const list = await call('GET', `/conversations/${id}/activities`, { token });
    expect(body).toEqual({ id: `${id}|0000001` });
    expect(list.body).toEqual({
      watermark: '2',
      activities: [
        {
          type: 'message',
          id: `${id}|0000001`,
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/u),
          text: 'hola',
          channelId: 'directline',
          channelData,
          custom: [1, { a: true }],
          conversation: { id },
          from: { id: claimsOf(token)['user'], role: 'user' },
        },
        expect.objectContaining({ id: `${id}|0000002`, text: 'buenas' }),
      ],
    });
  });

  test('gives what came after the watermark, and everything for one it cannot read', async () => {
    const { id, token } = await started();
    for (let number = 1; number <= 60; number += 1)
      server.inbox.append(conversationId(id), { type: 'message', text: String(number) });
    const texts = async (query: string) => {
      const { body } = await call('GET', `/conversations/${id}/activities${query}`, { token });
      const activities = body['activities'] as { text: string }[];
      return [activities.length, activities[0]?.text, body['watermark']];
    };
    expect(await texts('')).toEqual([50, '1', '50']);
    expect(await texts('?watermark=50')).toEqual([10, '51', '60']);
    expect(await texts('?watermark=60')).toEqual([0, undefined, '60']);
    expect(await texts('?watermark=')).toEqual([50, '1', '50']);
    expect(await texts('?watermark=0001a-95')).toEqual([50, '1', '50']);
  });

  test('is read from its start again after it was erased', async () => {
    const { id, token } = await started();
    for (const text of ['1', '2', '3']) server.inbox.append(conversationId(id), { type: 'message', text });
    server.inbox.erase(conversationId(id));
    server.inbox.append(conversationId(id), { type: 'message', text: 'erased' });
    const { body } = await call('GET', `/conversations/${id}/activities?watermark=3`, { token });
    expect(body).toMatchObject({ watermark: '1', activities: [{ text: 'erased' }] });
  });

  test('answers a repeated post with the id of the first and keeps it once', async () => {
    const { id, token } = await started();
    const body = say('una vez', { channelData: { clientActivityID: 'same' } });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => call('POST', `/conversations/${id}/activities`, { token, body })),
    );
    const list = await call('GET', `/conversations/${id}/activities`, { token });
    expect(answers.map(({ status, body: answer }) => [status, answer['id']])).toEqual(
      answers.map(() => [200, `${id}|0000001`]),
    );
    expect(list.body['activities']).toHaveLength(1);
  });

  test('the same mark in two conversations is two messages', async () => {
    const body = say('hola', { channelData: { clientActivityID: '1' } });
    const lengths = [];
    for (const { id, token } of [await started(), await started()]) {
      await call('POST', `/conversations/${id}/activities`, { token, body });
      lengths.push(
        ((await call('GET', `/conversations/${id}/activities`, { token })).body['activities'] as []).length,
      );
    }
    expect(lengths).toEqual([1, 1]);
  });

  test('reconnecting gives a fresh token and a stream from the watermark', async () => {
    const { id, token } = await started();
    const { status, body } = await call('GET', `/conversations/${id}?watermark=7`, { token });
    expect([status, body['conversationId'], body['expires_in']]).toEqual([200, id, 1800]);
    expect(body['streamUrl']).toContain('/stream?watermark=7&t=');
    expect((await call('GET', `/conversations/${id}`, { token: String(body['token']) })).status).toBe(200);
  });

  test('with the secret a server starts, posts as whom it names and reads, but not without from.id', async () => {
    const start = await call('POST', '/conversations', { token: testSecret, body: { user: {} } });
    const path = `/conversations/${String(start.body['conversationId'])}/activities`;
    const nobody = await call('POST', path, { token: testSecret, body: { type: 'message', text: 'x' } });
    const somebody = await call('POST', path, { token: testSecret, body: say('x') });
    expect([start.status, nobody.status, somebody.status]).toEqual([201, 400, 200]);
    expect((await call('GET', path, { token: testSecret })).body).toMatchObject({
      activities: [{ from: { id: 'me' } }],
    });
    expect(
      (await call('GET', '/conversations/short/activities', { token: testSecret })).body['error'],
    ).toMatchObject({
      code: 'ConversationNotFound',
    });
  });
});

describe('what a client may send', () => {
  const contents: readonly (readonly [string, object, unknown])[] = [
    ['text', { text: 'quiero un curso' }, { kind: 'text', text: 'quiero un curso' }],
    [
      'a tapped choice',
      { text: 'Cocina', value: 'cooking' },
      { kind: 'choice', value: 'cooking', title: 'Cocina' },
    ],
    ['a postBack', { text: '', value: 'yes' }, { kind: 'choice', value: 'yes', title: 'yes' }],
    ['a filled card', { value: { a: 1 } }, { kind: 'form', name: 'value', answers: '{"a":1}' }],
    [
      'a named file without its address',
      {
        text: 'mi papel',
        attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/', name: 'a.png' }],
      },
      { kind: 'media', media: 'image', caption: 'mi papel', fileName: 'a.png' },
    ],
    ['a voice note', { attachments: [{ contentType: 'audio/ogg' }] }, { kind: 'media', media: 'audio' }],
    ['nothing', {}, { kind: 'unsupported' }],
    ['nulls', { text: null, value: null, attachments: null }, { kind: 'unsupported' }],
    ['broken characters', { text: 'a\ud800b\0' }, { kind: 'text', text: 'a\ufffdb' }],
  ];
  test.each(contents)('%s', async (_name, activity, content) => {
    const { id, token } = await started();
    const { status } = await call('POST', `/conversations/${id}/activities`, {
      token,
      body: { type: 'message', ...activity },
    });
    expect(status).toBe(200);
    expect(server.inbox.received.at(-1)?.message.content).toEqual(content);
    expect(JSON.stringify(server.inbox.received.at(-1)?.activity)).not.toContain('169.254');
  });

  test('of a text over 10,000 characters the beginning and the end are kept', async () => {
    const { id, token } = await started();
    const text = `inicio ${'a'.repeat(20_000)} me quieren matar`;
    await call('POST', `/conversations/${id}/activities`, { token, body: say(text) });
    const kept = (server.inbox.received.at(-1)?.message.content as { text: string }).text;
    expect([kept.length, kept.startsWith('inicio '), kept.endsWith('me quieren matar')]).toEqual([
      10_000,
      true,
      true,
    ]);
  });

  test('passing activities are answered with an id and not kept', async () => {
    const { id, token } = await started();
    const before = server.inbox.received.length;
    const answers = [];
    for (const type of ['typing', 'event', 'endOfConversation', 'conversationUpdate'])
      answers.push(await call('POST', `/conversations/${id}/activities`, { token, body: { type } }));
    expect(answers.map(({ status, body }) => [status, typeof body['id']])).toEqual(
      answers.map(() => [200, 'string']),
    );
    expect(server.inbox.received.length).toBe(before);
    expect(server.inbox.joined.filter(({ conversation }) => conversation === id)).toHaveLength(1);
  });

  const wrongs: readonly (readonly [string, string, Record<string, string>, number, string])[] = [
    ['JSON that is none', '{"type":', {}, 400, 'BadSyntax'],
    ['no type', '{"text":"x"}', {}, 400, 'BadArgument'],
    ['a text that is a number', '{"type":"message","text":5}', {}, 400, 'BadArgument'],
    ['a list', '[]', {}, 400, 'BadArgument'],
    ['no body', '', {}, 400, 'BadArgument'],
    ['an invoke', '{"type":"invoke"}', {}, 400, 'BadArgument'],
    ['over 64 KB', JSON.stringify({ type: 'message', text: 'x'.repeat(66_000) }), {}, 413, 'BadArgument'],
    ['something compressed', 'x', { 'content-encoding': 'gzip' }, 415, 'UnsupportedMediaType'],
  ];
  test.each(wrongs)('%s is refused', async (_name, raw, headers, status, code) => {
    const { id, token } = await started();
    const reply = await call('POST', `/conversations/${id}/activities`, { token, raw, headers });
    expect([reply.status, (reply.body['error'] as { code: string }).code]).toEqual([status, code]);
    expect(reply.headers.get('x-request-id')).toMatch(/^[\w-]{11}$/u);
  });

  test('deep nesting and names of prototypes do no harm', async () => {
    const { id, token } = await started();
    const raw = `{"type":"message","text":"x","__proto__":{"polluted":1},"channelData":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`;
    expect((await call('POST', `/conversations/${id}/activities`, { token, raw })).status).toBe(200);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(server.inbox.received.at(-1)?.activity)).not.toContain('polluted');
  });
});

describe('uploads', () => {
  test('an activity with a file, a file alone and a bare body become messages', async () => {
    const { id, token } = await started();
    const path = `/conversations/${id}/upload?userId=me`;
    const file = new Blob(['%PDF-'], { type: 'application/pdf' });
    const activity = { type: 'message', text: 'mi papel', channelData: { clientActivityID: 'u1' } };
    const whole = new FormData();
    whole.append(
      'activity',
      new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
      'blob',
    );
    whole.append('file', file, '../../papel.pdf');
    const alone = new FormData();
    alone.append('file', file, 'solo.pdf');
    const statuses = [
      (await call('POST', path, { token, raw: whole })).status,
      (await call('POST', path, { token, raw: alone })).status,
      (
        await call('POST', path, {
          token,
          raw: 'bytes',
          headers: { 'content-type': 'image/jpeg', 'content-disposition': 'name="file"; filename="a.jpg"' },
        })
      ).status,
    ];
    expect(statuses).toEqual([200, 200, 200]);
    expect(server.inbox.received.slice(-3).map(({ message }) => message.content)).toEqual([
      { kind: 'media', media: 'document', caption: 'mi papel', fileName: 'papel.pdf' },
      { kind: 'media', media: 'document', fileName: 'solo.pdf' },
      { kind: 'media', media: 'image', fileName: 'a.jpg' },
    ]);
    expect((await call('GET', `/conversations/${id}/activities`, { token })).body).toMatchObject({
      activities: [
        { text: 'mi papel', channelData: { clientActivityID: 'u1' }, attachments: [{ name: 'papel.pdf' }] },
        {},
        {},
      ],
    });
  });

  test('more than 4 MB, an unreadable form and an empty body are refused', async () => {
    const { id, token } = await started();
    const path = `/conversations/${id}/upload?userId=me`;
    const large = await call('POST', path, { token, raw: new Uint8Array(4 * 1024 * 1024 + 1) });
    const torn = await call('POST', path, {
      token,
      raw: 'x',
      headers: { 'content-type': 'multipart/form-data' },
    });
    const empty = await call('POST', path, { token });
    expect(
      [large, torn, empty].map(({ status, body }) => [status, (body['error'] as { code: string }).code]),
    ).toEqual([
      [413, 'FileTooLarge'],
      [400, 'BadArgument'],
      [400, 'BadArgument'],
    ]);
  });
});

describe('limits and faults', () => {
  test('the 21st post at once has to wait, in that conversation only', async () => {
    const [busy, calm] = [await started(), await started()];
    const goOn = server.clock.stop();
    const statuses = [];
    for (let number = 0; number < 20; number += 1)
      statuses.push(
        (await call('POST', `/conversations/${busy.id}/activities`, { token: busy.token, body: say('x') }))
          .status,
      );
    const refused = await call('POST', `/conversations/${busy.id}/activities`, {
      token: busy.token,
      body: say('x'),
      headers: { origin: page },
    });
    goOn();
    expect(statuses.every((status) => status === 200)).toBe(true);
    expect([refused.status, refused.headers.get('retry-after'), refused.body['error']]).toEqual([
      429,
      '1',
      { code: 'TooManyRequests', message: 'Too many requests; wait before trying again.' },
    ]);
    expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
    const other = await call('POST', `/conversations/${calm.id}/activities`, {
      token: calm.token,
      body: say('x'),
    });
    expect(other.status).toBe(200);
  });

  test('an address gets 60 tokens at once unless it is exempt', async () => {
    const strict = await startDirectLine({ exemptLoopback: false });
    const statuses = [];
    for (let number = 0; number < 61; number += 1)
      statuses.push(
        (await call('POST', '/tokens/generate', { headers: { origin: page }, at: strict })).status,
      );
    await strict.close();
    expect([statuses.slice(0, 60).every((status) => status === 200), statuses[60]]).toEqual([true, 429]);
  });

  test('a store that cannot keep anything is 503 with the time to wait', async () => {
    const down = await startDirectLine({ checkStore: () => Promise.reject(new StoreUnavailable()) });
    const { status, headers, body } = await call('POST', '/tokens/generate', {
      headers: { origin: page },
      at: down,
    });
    await down.close();
    expect([status, headers.get('retry-after'), (body['error'] as { code: string }).code]).toEqual([
      503,
      '2',
      'ServiceError',
    ]);
  });

  test('a preflight allows what Microsoft’s client sends, from pages on the list', async () => {
    const headers = { origin: page, 'access-control-request-method': 'POST' };
    const listed = await call('OPTIONS', '/conversations', { headers });
    const foreign = await call('OPTIONS', '/conversations', {
      headers: { ...headers, origin: 'https://evil.test' },
    });
    expect([listed.status, listed.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type, x-ms-bot-agent, x-requested-with',
    ]);
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('an unknown address is 404 in Direct Line’s form', async () => {
    const { status, body } = await call('GET', '/nowhere');
    expect([status, (body['error'] as { code: string }).code]).toEqual([404, 'ResourceNotFound']);
  });

  test('no secret, token or text is ever logged', () => {
    expect(server.lines).toEqual([]);
  });
});
