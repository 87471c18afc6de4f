import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { openChat, say, tabStorage } from '../support/chat-page.ts';
import { startCutOffProxy } from '../support/cut-off-proxy.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';

const exitUrl = 'https://exit.example.org/';
const before = 'https://before.example.org/';

/** In the page: tells how long after the last key or click its body had nothing in it. */
const noteWhenEmptied = `
  let last = 0;
  for (const name of ['keydown', 'click']) addEventListener(name, (event) => { last = event.timeStamp; }, true);
  new MutationObserver(() => {
    if (last > 0 && document.body.childElementCount === 0) noteEmptied(performance.now() - last);
  }).observe(document, { childList: true, subtree: true });
`;

let server: PageServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let emptiedAfter: number | undefined;

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
  emptiedAfter = undefined;
  await page.exposeFunction('noteEmptied', (ms: number) => {
    emptiedAfter = ms;
  });
  await page.addInitScript({ content: noteWhenEmptied });
  await page.goto(before);
  await openChat(page, server.url);
  await say(page, 'mi secreto', 'mi secreto');
});
afterEach(async () => {
  await watched.close();
});

async function press(key: string, times: number): Promise<void> {
  for (let pressed = 0; pressed < times; pressed += 1) await page.keyboard.press(key);
}

test.each([
  ['the button', () => page.getByRole('link', { name: 'Salir' }).click()],
  ['Esc three times', () => press('Escape', 3)],
  ['Shift three times', () => press('Shift', 3)],
])('%s leaves within 200 ms, with nothing to come back to', async (_name, leave) => {
  await leave();
  await page.waitForURL(exitUrl);
  expect(emptiedAfter).toBeLessThan(200);
  await page.goBack();
  expect(page.url()).toBe(before);
  // Whoever goes there anyway meets a page that knows nothing.
  await page.goto(server.url);
  await page.locator('.choice').first().waitFor();
  expect(await page.content()).not.toMatch(/secreto/u);
  expect(await page.getByRole('button', { name: 'Seguir la conversación' }).count()).toBe(0);
});

test('nothing is left in the tab for the page that follows', async () => {
  expect(await tabStorage(page)).toMatch(/token/u);
  await press('Escape', 3);
  await page.waitForURL(exitUrl);
  const next = await page.context().newPage();
  await next.goto(`${server.url}/icon.svg`);
  expect(await next.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
  await page.goto(`${server.url}/icon.svg`);
  expect(await page.evaluate('JSON.stringify({ ...sessionStorage })')).toBe('{}');
});

test('capital letters, two presses, or slow ones do not leave', async () => {
  await page.locator('#write').focus();
  await page.keyboard.type('ABC');
  for (const key of ['A', 'B', 'C', 'D']) await page.keyboard.press(`Shift+${key}`);
  await press('Escape', 2);
  await page.waitForTimeout(2_100);
  await press('Escape', 2);
  await page.keyboard.press('x');
  await press('Shift', 2);
  await press('Escape', 1);
  expect(page.url()).toBe(`${server.url}/`);
  expect(await page.locator('#write').inputValue()).toBe('ABCABCDx');
});

test('it works without a connection', async () => {
  const wire = await startCutOffProxy(server.url);
  const cutOff = await openPage(browser, [wire.url]);
  await openChat(cutOff.page, wire.url);
  wire.cut();
  for (let presses = 0; presses < 3; presses += 1) await cutOff.page.keyboard.press('Escape');
  await cutOff.page.waitForURL(exitUrl);
  await cutOff.close();
  await wire.close();
});

test('going elsewhere and back shows no conversation, only the offer to go on', async () => {
  await page.goto('https://elsewhere.example.org/');
  await page.goBack();
  await page.getByRole('button', { name: 'Seguir la conversación' }).waitFor();
  expect(await page.content()).not.toMatch(/secreto/u);
});

test('the tab tells nothing: a neutral title, a neutral icon, an address that never changes', async () => {
  expect(await page.title()).toBe('Mensajes');
  expect(page.url()).toBe(`${server.url}/`);
  expect(await page.locator('link[rel=icon]').getAttribute('href')).toBe('/icon.svg');
});
