import { afterAll, describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../src/core/errors.ts';
import { startDirectLine } from '../support/direct-line-server.ts';
import { clientOf, codeOf, page, say } from './directline-surroundings.ts';

const server = await startDirectLine();
const { call, started } = clientOf(server);
afterAll(() => server.close());

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
        (await clientOf(strict).call('POST', '/tokens/generate', { headers: { origin: page } })).status,
      );
    await strict.close();
    expect([statuses.slice(0, 60).every((status) => status === 200), statuses[60]]).toEqual([true, 429]);
  });

  test('a store that cannot keep anything is 503 with the time to wait', async () => {
    const down = await startDirectLine({ checkStore: () => Promise.reject(new StoreUnavailable()) });
    const reply = await clientOf(down).call('POST', '/tokens/generate', { headers: { origin: page } });
    await down.close();
    expect([reply.status, reply.headers.get('retry-after'), codeOf(reply)]).toEqual([
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
    const reply = await call('GET', '/nowhere');
    expect([reply.status, codeOf(reply)]).toEqual([404, 'ResourceNotFound']);
  });
});

test('no secret, token or text is ever logged', () => {
  expect(server.lines).toEqual([]);
});
