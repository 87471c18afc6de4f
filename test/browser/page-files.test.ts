import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, statSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { request } from 'undici';
import { buildPages } from '../../src/commands/build-pages.ts';
import { keptLog } from '../channels/whatsapp-surroundings.ts';
import { root, startPageServer, type PageServer } from '../support/page-server.ts';

const built = path.join(root, 'dist', 'pages');
let server: PageServer;

beforeAll(async () => {
  server = await startPageServer({ frameAncestors: ['https://site.example.org'] });
});
afterAll(async () => {
  await server.close();
});

const sizeOf = (pattern: RegExp): number =>
  readdirSync(built, { recursive: true, encoding: 'utf8' })
    .filter((name) => pattern.test(name))
    .reduce((sum, name) => sum + statSync(path.join(built, name)).size, 0);

describe('weight', () => {
  test('script and style of the chat are at most 18 KB compressed', () => {
    const size = sizeOf(/assets\/chat-.*\.(?:js|css)\.br$/u);
    expect(size).toBeGreaterThan(2_000);
    expect(size).toBeLessThanOrEqual(18 * 1024);
  });

  test('the script for other sites is under 3 KB before compression', () => {
    expect(sizeOf(/^embed\.js$/u)).toBeLessThan(3 * 1024);
  });

  test('the page itself is under 6 KB compressed', async () => {
    const { body } = await request(server.url, { headers: { 'accept-encoding': 'br' } });
    expect((await body.arrayBuffer()).byteLength).toBeLessThan(6 * 1024);
  });
});

describe('files', () => {
  test('with their hash in the name are kept for ever, and come compressed', async () => {
    const html = await (await fetch(server.url)).text();
    const script = /src="(\/assets\/chat-[\w-]+\.js)"/u.exec(html)?.[1] ?? '';
    const plain = await request(server.url + script, { headers: { 'accept-encoding': 'identity' } });
    const { headers, body } = await request(server.url + script, {
      headers: { 'accept-encoding': 'gzip, br' },
    });
    expect([headers['cache-control'], headers['content-encoding'], headers['content-type']]).toEqual([
      'public, max-age=31536000, immutable',
      'br',
      'text/javascript; charset=utf-8',
    ]);
    expect(brotliDecompressSync(await body.arrayBuffer()).toString()).toBe(await plain.body.text());
  });

  test('with a steady name are asked for again, and not sent again when they are the same', async () => {
    const { headers, body } = await request(`${server.url}/embed.js`);
    await body.dump();
    expect([headers['cache-control'], headers['cross-origin-resource-policy']]).toEqual([
      'public, max-age=3600',
      'cross-origin',
    ]);
    const again = await request(`${server.url}/embed.js`, {
      headers: { 'if-none-match': String(headers['etag']) },
    });
    await again.body.dump();
    expect(again.statusCode).toBe(304);
  });

  test.each([
    '/assets/none.js',
    '/assets/..%2f..%2fpackage.json',
    '/assets/chat.js.br',
    '/pages.json',
    '/.built',
  ])('that are not ours to give are not there: %s', async (address) => {
    expect((await fetch(server.url + address)).status).toBe(404);
  });
});

describe('the page', () => {
  test.each([
    ['/', 'es-GT,es;q=0.9,en;q=0.8', 'es'],
    ['/', 'en-US', 'en'],
    ['/', 'fr', 'es'],
    ['/', '', 'es'],
    ['/?lang=en', 'es', 'en'],
    ['/?lang=xx', 'en', 'en'],
    ['/?lang=en&lang=es', 'es', 'es'],
  ])('%s for "%s" is in %s', async (address, accepted, language) => {
    const { body } = await request(server.url + address, { headers: { 'accept-language': accepted } });
    expect(/<html lang="(\w+)"/u.exec(await body.text())?.[1]).toBe(language);
  });

  test('may be shown by the sites that are named, and by no other', async () => {
    const { headers } = await fetch(server.url);
    expect(headers.get('content-security-policy')).toContain('; frame-ancestors https://site.example.org; ');
    expect(headers.get('x-frame-options')).toBeNull();
    const simulator = await fetch(`${server.url}/simulator`);
    expect(simulator.headers.get('content-security-policy')).toContain("; frame-ancestors 'none'; ");
  });
});

test('the simulator is not there when it is not shown', async () => {
  const hidden = await startPageServer({ isSimulatorShown: false });
  expect((await fetch(`${hidden.url}/simulator`)).status).toBe(404);
  await hidden.close();
});

test('pages are built when something of them changed, and only then', async () => {
  const copy = await mkdtemp(path.join(tmpdir(), 'puente-pages-'));
  const sources = ['src/pages', 'src/commands/build-pages.ts', 'locales', 'vite.config.ts', 'tsconfig.json'];
  for (const name of [...sources, 'package.json'])
    await cp(path.join(root, name), path.join(copy, name), { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  const build = () => buildPages({ root: copy, log: keptLog() });
  expect([await build(), await build()]).toEqual(['built', 'unchanged']);
  const words = path.join(copy, 'locales', 'es', 'page.json');
  await writeFile(
    words,
    (await readFile(words, 'utf8')).replace('"open": "Mensajes"', '"open": "Escríbanos"'),
  );
  expect(await build()).toBe('built');
  expect(await readFile(path.join(copy, 'dist', 'pages', 'embed.js'), 'utf8')).toContain('Escríbanos');
  expect(readdirSync(path.join(copy, 'dist'))).toEqual(['pages']);
  await rm(copy, { recursive: true });
});
