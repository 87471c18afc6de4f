import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { logTexts, openChat, say } from '../support/chat-page.ts';
import { startCutOffProxy, type CutOffProxy } from '../support/cut-off-proxy.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';

let server: PageServer;
let wire: CutOffProxy;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([startPageServer({}, { tokenSeconds: 4 }), launchBrowser()]);
  wire = await startCutOffProxy(server.url);
});
afterAll(async () => {
  await browser.close();
  await wire.close();
  await server.close();
});
beforeEach(async () => {
  watched = await openPage(browser, [wire.url]);
  ({ page } = watched);
});
afterEach(async () => {
  await watched.close();
});

const receivedTexts = (since: number): readonly string[] =>
  server.inbox.received
    .slice(since)
    .map(({ message }) => (message.content.kind === 'text' ? message.content.text : message.content.kind));
const states = () => page.locator('.own .state').allTextContents();
const write = async (text: string): Promise<void> => {
  await page.locator('#write').fill(text);
  await page.keyboard.press('Enter');
};

test('without a connection what is typed is kept, and goes out in order when it is back, once', async () => {
  await openChat(page, wire.url);
  await say(page, 'antes', 'antes');
  const since = server.inbox.received.length;
  wire.cut();
  await page.getByText('Sin conexión. Lo que escriba se queda aquí y se enviará al volver.').waitFor();
  for (const text of ['uno', 'dos', 'tres']) await write(text);
  await page.locator('#write').fill('a medias');
  expect(await states()).toEqual(['Enviado', ...Array<string>(3).fill('Se enviará al volver')]);
  wire.mend();
  await page.locator('.program .text', { hasText: 'tres' }).waitFor({ timeout: 8_000 });
  expect(receivedTexts(since)).toEqual(['uno', 'dos', 'tres']);
  expect(await states()).toEqual(Array<string>(4).fill('Enviado'));
  expect(await page.locator('#write').inputValue()).toBe('a medias');
  expect(await page.locator('.status').textContent()).toBe('');
  const own = await page.locator('.own .text').allTextContents();
  expect(own).toEqual(['antes', 'uno', 'dos', 'tres']);
});

test('a message whose answer got lost is not sent twice', async () => {
  await openChat(page, wire.url);
  const since = server.inbox.received.length;
  let isFirst = true;
  await page.route('**/activities', async (route) => {
    if (isFirst) {
      isFirst = false;
      await route.fetch();
      await route.abort('connectionreset');
    } else await route.fallback();
  });
  await write('una vez');
  await page.locator('.program .text', { hasText: 'una vez' }).waitFor();
  await say(page, 'y otra', 'y otra');
  expect(receivedTexts(since)).toEqual(['una vez', 'y otra']);
  expect(await states()).toEqual(['Enviado', 'Enviado']);
});

test('what the service refuses is not sent, says so, and can be tried again', async () => {
  await openChat(page, wire.url);
  await page.route('**/activities', (route) => route.fulfill({ status: 400, body: '{}' }));
  await write('tal cual');
  await page.getByRole('button', { name: 'Enviar otra vez' }).waitFor();
  expect([await states(), await page.locator('.status').textContent()]).toEqual([
    ['No se envió'],
    'No se envió',
  ]);
  await page.unroute('**/activities');
  await page.getByRole('button', { name: 'Enviar otra vez' }).click();
  await page.locator('.program .text', { hasText: 'tal cual' }).waitFor();
  expect([await states(), await page.locator('.status').textContent()]).toEqual([['Enviado'], '']);
});

test('a service that is busy is asked again, without a word from the person', async () => {
  await openChat(page, wire.url);
  let isFirst = true;
  await page.route('**/activities', async (route) => {
    if (isFirst) await route.fulfill({ status: 429, headers: { 'retry-after': '1' }, body: '{}' });
    else await route.fallback();
    isFirst = false;
  });
  await say(page, 'con calma', 'con calma');
  expect(await states()).toEqual(['Enviado']);
});

test('where sockets do not come through, the page asks by calls', async () => {
  await page.routeWebSocket('**/stream*', (socket) => socket.close());
  await openChat(page, wire.url);
  await say(page, 'sin enchufe', 'sin enchufe');
  expect(await page.locator('.status').textContent()).toBe('');
});

test('the token is renewed before it ends', async () => {
  const renewed = page.waitForResponse('**/tokens/refresh');
  await openChat(page, wire.url);
  expect((await renewed).status()).toBe(200);
  await say(page, 'sigo aquí', 'sigo aquí');
});

test('a conversation that ended says so, and a new one keeps what was not sent', async () => {
  await openChat(page, wire.url);
  await page.route('**/activities', (route) => route.fulfill({ status: 403, body: '{}' }));
  await write('mi pregunta');
  await page.getByText('Esta conversación se cerró. Lo escrito y no enviado sigue aquí.').waitFor();
  expect(await states()).toEqual(['No se envió']);
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Empezar de nuevo');
  await page.unroute('**/activities');
  await page.getByRole('button', { name: 'Empezar de nuevo' }).click();
  await page.locator('.choice').first().waitFor();
  expect(await page.locator('#write').inputValue()).toBe('mi pregunta');
  await page.keyboard.press('Enter');
  await page.locator('.program .text', { hasText: 'mi pregunta' }).waitFor();
});

describe('after a reload', () => {
  beforeEach(async () => {
    await openChat(page, wire.url);
    await say(page, 'mi secreto', 'mi secreto');
    await page.reload();
    await page.getByRole('button', { name: 'Seguir la conversación' }).waitFor();
  });

  test('nothing of the conversation is on the page or in the tab', async () => {
    expect(await page.locator('body').innerText()).not.toMatch(/secreto|Buenas/u);
    expect(await page.content()).not.toMatch(/secreto/u);
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toMatch(/secreto|Buenas/u);
  });

  test('who goes on gets what is new and nothing of before', async () => {
    const message = { text: 'Llegó mientras tanto', choices: [], sendClass: 'ordinary', keys: [] } as const;
    server.say({ ...message, language: 'es' as never });
    await page.getByRole('button', { name: 'Seguir la conversación' }).click();
    await page.getByText('Llegó mientras tanto').waitFor();
    await say(page, 'sigo', 'sigo');
    expect(await logTexts(page)).toEqual([
      'Sigue la misma conversación. Para ver otra vez lo último, escriba REPITA.',
      'Llegó mientras tanto',
      'sigo',
      'sigo',
    ]);
  });

  test('who starts again has another conversation', async () => {
    const before = server.inbox.joined.length;
    await page.getByRole('button', { name: 'Empezar de nuevo' }).click();
    await page.locator('.choice').first().waitFor();
    expect(server.inbox.joined.length - before).toBe(1);
    expect(await page.content()).not.toMatch(/secreto/u);
  });
});
