import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createEgress, type Egress, type EgressOptions } from '../../src/recogniser/egress.ts';
import { plainly, startStandInModel } from '../support/stand-in-model.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function egressTo(baseUrl: string, more: Partial<EgressOptions> = {}): Egress {
  const egress = createEgress({ baseUrl, isProduction: true, ...more });
  open.push(egress);
  return egress;
}
/** A resolver that says these, one after another; the last for ever. */
function resolving(...rounds: readonly (readonly string[])[]): NonNullable<EgressOptions['lookup']> {
  let at = 0;
  return (_host, found) => {
    const addresses = rounds[Math.min(at, rounds.length - 1)] ?? [];
    at += 1;
    found(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
}
/** The whole chain of causes in words: fetch wraps what a lookup said. */
async function faultOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (cause) {
    const chain: string[] = [];
    for (let fault: unknown = cause; fault instanceof Error; fault = fault.cause)
      chain.push(`${fault.name}: ${fault.message}`);
    return chain.at(-1) ?? 'none';
  }
}
const inside = 'EgressRefused: an address inside';

describe('an address inside is not called', () => {
  test.each([
    '10.0.0.5',
    '172.16.3.4',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '127.0.0.1',
    '0.0.0.0',
    '::1',
    '::ffff:10.0.0.5',
    'fd00::1',
    'fe80::1',
    '64:ff9b::a00:5',
    '2002:a00:5::1',
  ])('behind a name: %s', async (address) => {
    const egress = egressTo('https://llm.example', { lookup: resolving([address]) });
    expect(await faultOf(egress.fetch('https://llm.example/v1'))).toBe(inside);
  });

  test('among others behind a name', async () => {
    const egress = egressTo('https://llm.example', { lookup: resolving(['192.0.2.1', '10.0.0.5']) });
    expect(await faultOf(egress.fetch('https://llm.example/v1'))).toBe(inside);
  });

  test.each([
    'https://10.0.0.5',
    'https://[::1]',
    'https://2130706433',
    'https://0x7f.1',
    'http://127.0.0.1:9',
  ])('written out: %s', async (address) => {
    expect(await faultOf(egressTo(address).fetch(`${address}/v1`))).toBe(inside);
  });

  test('that is this machine, unless the setting says so and it is no production', async () => {
    const model = await startStandInModel();
    open.push(model);
    model.answerWith(plainly('{}'));
    const local = egressTo(model.baseUrl, { isProduction: false });
    expect((await local.fetch(`${model.baseUrl}/models`)).status).toBe(200);
    expect(await faultOf(egressTo(model.baseUrl).fetch(`${model.baseUrl}/models`))).toBe(inside);
    const named = model.baseUrl.replace('127.0.0.1', 'localhost');
    const byName = egressTo(named, { isProduction: false, lookup: resolving(['127.0.0.1']) });
    expect((await byName.fetch(`${named}/models`)).status).toBe(200);
  });

  test('that a name leads to only the second time', async () => {
    const lookup = resolving(['127.0.0.1'], ['10.0.0.5']);
    const server = createServer((_request, response) =>
      response.writeHead(200, { connection: 'close' }).end('{}'),
    );
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A server that listens on a port has an address with one.
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    const egress = egressTo(url, { isProduction: false, lookup });
    expect((await egress.fetch(url)).status).toBe(200);
    expect(await faultOf(egress.fetch(url))).toBe(inside);
    server.close();
  });
});

test.each([
  'https://llm.example.evil.org/v1',
  'http://llm.example/v1',
  'https://llm.example:444/v1',
  'https://evil@other.example/v1',
])('another host is not called: %s', async (url) => {
  const called: string[] = [];
  const egress = egressTo('https://llm.example', {
    fetch: (address) => {
      called.push(address);
      return Promise.resolve(new Response('{}'));
    },
  });
  expect(await faultOf(egress.fetch(url))).toBe('EgressRefused: another host');
  expect(called).toEqual([]);
});

test.each([301, 302, 303, 307, 308])(
  'a redirect (%d) is not followed, nor to the same host',
  async (status) => {
    const [model, other] = [await startStandInModel(), await startStandInModel()];
    open.push(model, other);
    const egress = egressTo(model.baseUrl, { isProduction: false });
    for (const location of [`${other.baseUrl}/chat/completions`, '/v1/elsewhere']) {
      model.answerWith(plainly('', status, { location }));
      const call = egress.fetch(`${model.baseUrl}/chat/completions`, { method: 'POST', body: '{}' });
      expect(await faultOf(call)).toBe('EgressRefused: a redirect');
    }
    expect([model.asked.length, other.asked.length]).toEqual([2, 0]);
  },
);
