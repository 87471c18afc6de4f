import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startRedis, type RedisServer } from '../support/redis-server.ts';
import { startPuente, type RunningPuente } from '../support/running-puente.ts';

const limit = 60_000;
const client = path.join(
  import.meta.dirname,
  '../../node_modules/botframework-directlinejs/dist/directline.js',
);
const secrets = {
  DIRECTLINE_SECRET: 'microsoft-client-0123456789abcdefgh',
  ENCRYPTION_KEYS: 'k1:q3Zx0h7mJwYb2uVtN5kLr8PzQfXcE1sGdA4oTiRyUeM',
};

/** Runs in the page: a talk with Microsoft's client; gives what it saw. */
const talk = `async ({ url, webSocket, streamUrl, texts }) => {
  const generated = await fetch(url + '/v3/directline/tokens/generate', { method: 'POST' });
  const { token } = await generated.json();
  const client = new DirectLine.DirectLine({
    domain: url + '/v3/directline', token, webSocket, pollingInterval: 300,
  });
  const seen = [];
  const statuses = [];
  client.connectionStatus$.subscribe((status) => statuses.push(status));
  client.activity$.subscribe((activity) => seen.push(activity));
  const until = async (done) => {
    for (let tries = 0; tries < 200 && !done(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  const answers = () => seen.filter((one) => one.type === 'message' && one.from.role === 'bot');
  await until(() => answers().length === 1);
  const ids = [];
  for (const [index, text] of texts.entries()) {
    const message = { type: 'message', text, from: { id: 'r_1' }, channelData: { clientActivityID: 'own-' + index } };
    client.postActivity(message).subscribe((id) => ids.push(id));
    await until(() => answers().length === index + 2);
  }
  client.end();
  return { statuses, ids, seen: seen.map(({ id, text, from, channelData }) => ({
    id, text, role: from.role, own: channelData && channelData.clientActivityID })) };
}`;

interface Seen {
  readonly statuses: readonly number[];
  readonly ids: readonly string[];
  readonly seen: readonly {
    readonly id: string;
    readonly text?: string;
    readonly role?: string;
    readonly own?: string;
  }[];
}

let browser: Browser;
let pages: Server;
let redis: RedisServer;
let first: RunningPuente;
let second: RunningPuente;
beforeAll(async () => {
  redis = await startRedis();
  browser = await launchBrowser();
  first = await startPuente({ ...secrets, REDIS_URL: redis.url });
  second = await startPuente({ ...secrets, REDIS_URL: redis.url });
  const script = readFileSync(client);
  pages = createServer((request, response) => {
    if (request.url === '/client.js') response.setHeader('content-type', 'text/javascript').end(script);
    else
      response
        .setHeader('content-type', 'text/html')
        .end('<title>A site</title><script src="/client.js"></script>');
  }).listen(0, '127.0.0.1');
  await once(pages, 'listening');
}, limit);
afterAll(async () => {
  await browser.close();
  pages.close();
  await Promise.all([first.remove(), second.remove()]);
  await redis.stop();
}, limit);

/** A page of another site on this machine, with the client in it. */
async function talkFrom(url: string, webSocket: boolean): Promise<Seen> {
  const { port } = pages.address() as AddressInfo; // a listening TCP server has one
  const site = `http://127.0.0.1:${port}`;
  const watched = await openPage(browser, [site, first.url, second.url]);
  try {
    await watched.page.goto(site);
    const options = { url, webSocket, texts: ['quiero un curso de soldadura en xela', '3'] };
    return await watched.page.evaluate<Seen>(`(${talk})(${JSON.stringify(options)})`);
  } finally {
    await watched.close();
  }
}

describe.each([
  ['by socket', true],
  ['by polling', false],
])('Microsoft’s botframework-directlinejs, unchanged, %s', (_how, webSocket) => {
  test(
    'greets, finds a course, takes a number, and shows everything once and in order',
    async () => {
      const { statuses, ids, seen } = await talkFrom(first.url, webSocket);
      expect(statuses.slice(0, 3)).toEqual([0, 1, 2]);
      expect(seen.map(({ role }) => role)).toEqual(['bot', 'user', 'bot', 'user', 'bot']);
      expect(seen.map(({ own }) => own)).toEqual([undefined, 'own-0', undefined, 'own-1', undefined]);
      expect(ids).toEqual([seen[1]?.id, seen[3]?.id]);
      expect(seen[2]?.text).toContain('INTECAP');
      expect(new Set(seen.map(({ id }) => id)).size).toBe(5);
    },
    limit,
  );
});

test(
  'posts to one process and hears by a socket of the other',
  async () => {
    const { port } = pages.address() as AddressInfo; // a listening TCP server has one
    const site = `http://127.0.0.1:${port}`;
    const watched = await openPage(browser, [site, first.url, second.url]);
    try {
      await watched.page.goto(site);
      const heard = await watched.page.evaluate(
        `(${crossing})(${JSON.stringify({ post: first.url, listen: second.url })})`,
      );
      expect(heard).toEqual(['bot', 'user', 'bot']);
    } finally {
      await watched.close();
    }
  },
  limit,
);

/** Runs in the page: a conversation started and posted to at one address, its stream opened at the other. */
const crossing = `async ({ post, listen }) => {
  const call = async (path, token, body) => (await fetch(post + '/v3/directline' + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: 'Bearer ' + token } : {}) },
    body: JSON.stringify(body),
  })).json();
  const { token } = await call('/tokens/generate', undefined, {});
  const started = await call('/conversations', token, { user: {} });
  const stream = new URL(started.streamUrl);
  const other = new URL(listen);
  const roles = [];
  const socket = new WebSocket('ws://' + other.host + stream.pathname + stream.search);
  socket.onmessage = ({ data }) => {
    if (data !== '') for (const { from } of JSON.parse(data).activities) roles.push(from.role);
  };
  const until = async (count) => {
    for (let tries = 0; tries < 200 && roles.length < count; tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  };
  await until(1);
  await call('/conversations/' + started.conversationId + '/activities', started.token,
    { type: 'message', text: 'curso de cocina en tegucigalpa', from: { id: 'person' } });
  await until(3);
  socket.close();
  return roles;
}`;
