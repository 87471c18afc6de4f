import { afterAll, describe, expect, test } from '@jest/globals';
import { startDirectLine, testSecret } from '../support/direct-line-server.ts';
import { claimsOf, clientOf, codeOf, page } from './directline-surroundings.ts';

const server = await startDirectLine();
const { call, visitor, started } = clientOf(server);
afterAll(() => server.close());

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
    expect([bare.status, codeOf(bare)]).toEqual([401, 'MissingToken']);
  });
});

test('no secret, token or text is ever logged', () => {
  expect(server.lines).toEqual([]);
});
