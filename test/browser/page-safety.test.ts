import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { languageTag } from '../../src/core/ids.ts';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { openChat, say } from '../support/chat-page.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';
import { xssVectors } from '../support/xss-vectors.ts';

let server: PageServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startPageServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});
beforeEach(async () => {
  watched = await openPage(browser, [server.url]);
  ({ page } = watched);
});
afterEach(async () => {
  await watched.close();
});

const message = {
  text: '',
  choices: [],
  sendClass: 'ordinary',
  keys: [],
  language: languageTag('es'),
} as const;
/** In the page: what only markup could have made of a text. */
const foreignElements =
  "document.querySelectorAll('.message :is(script, img, iframe, a, form, input, object, embed, video, style, meta)').length";

describe('markup', () => {
  test('in 210 messages and their buttons and names is text', async () => {
    await openChat(page, server.url);
    for (const vector of xssVectors)
      server.say({
        ...message,
        text: vector,
        author: vector,
        choices: [{ value: vector, title: vector, description: vector }],
      });
    await page.locator('.message').nth(xssVectors.length).waitFor();
    const texts = await page.locator('.colleague .text').allTextContents();
    expect(texts).toEqual(xssVectors);
    expect(await page.locator('.colleague .title').count()).toBe(210);
    expect(await page.evaluate(foreignElements)).toBe(0);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(await page.title()).toBe('Mensajes');
    expect([watched.complaints, watched.strangers]).toEqual([[], []]);
  });

  test.each([xssVectors[0]!, xssVectors[21]!, xssVectors[84]!])(
    'typed by a person is text: %s',
    async (vector) => {
      await openChat(page, server.url);
      await say(page, vector, vector);
      expect(await page.locator('.own .text').textContent()).toBe(vector);
      expect(await page.evaluate(foreignElements)).toBe(0);
      expect(watched.complaints).toEqual([]);
    },
  );

  test('in the name of the organisation is text, with and without the script', async () => {
    const text =
      'Contesta un programa automático de Casa Ejemplo <i>, no una persona. No hace falta que diga su nombre.';
    await openChat(page, server.url);
    expect(await page.locator('[data-word=what]').textContent()).toBe(text);
    const plain = await openPage(browser, [server.url], { script: false });
    await plain.page.goto(server.url);
    expect(await plain.page.locator('[data-word=what]').textContent()).toBe(text);
    await plain.close();
  });
});

describe('policy', () => {
  test('the page cannot run what was written into it, and says so', async () => {
    await openChat(page, server.url);
    await page.evaluate(`
      const made = document.createElement('div');
      try { made.innerHTML = '<img src=x onerror="globalThis.hacked=1">'; } catch {}
      const inline = document.createElement('button');
      try { inline.setAttribute('onclick', 'globalThis.hacked=1'); } catch {}
      document.body.append(made, inline);
      inline.click();
    `);
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined();
    expect(watched.complaints.length).toBeGreaterThan(0);
  });

  test.each(['/', '/simulator'])('of %s allows our own files only, and no frame', async (address) => {
    const response = await fetch(server.url + address);
    expect(response.headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob:; " +
        "media-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types 'none'",
    );
    const named = [
      'cache-control',
      'x-frame-options',
      'referrer-policy',
      'x-content-type-options',
      'x-robots-tag',
    ];
    expect(named.map((name) => response.headers.get(name))).toEqual([
      'no-store',
      'DENY',
      'no-referrer',
      'nosniff',
      'noindex, nofollow',
    ]);
  });

  test('no page holds a script or a style of its own', async () => {
    for (const address of ['/', '/simulator']) {
      const html = await (await fetch(server.url + address)).text();
      const scripts = [...html.matchAll(/<script([^>]*)>/gu)].map(([, attributes]) => attributes);
      expect(scripts).toEqual([
        expect.stringMatching(/^ type="module" src="\/assets\/\w+-[\w-]+\.js"$/u),
        ' type="application/json" id="facts"',
      ]);
      expect(html).not.toMatch(/<style|style=|\son\w+=/u);
    }
  });
});
