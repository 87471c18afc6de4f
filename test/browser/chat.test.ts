import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { logTexts, openChat, say } from '../support/chat-page.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';

const greeting =
  'Buenas. Aquí puede buscar dónde aprender un oficio cerca de usted, los cursos gratis primero.\n¿Qué necesita?';

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

/** In the page: whether each row is closed, and the word beside the one that was chosen. */
const marks =
  "[...document.querySelectorAll('.choice')]" +
  ".map((row) => [row.getAttribute('aria-disabled'), row.querySelector('.used').textContent])";
const rows = () => page.locator('.choice');
const status = () => page.locator('.status').textContent();

test('a conversation needs no more than a keyboard', async () => {
  await openChat(page, server.url);
  await page.locator('#write').focus();
  await page.keyboard.type('Hola, ¿hay cursos?');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('de cocina');
  await page.keyboard.press('Enter');
  await page.getByText('Hola, ¿hay cursos?\nde cocina').nth(1).waitFor();
  await page.keyboard.type('lista');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Petén' }).waitFor();
  for (let back = 0; back < 5; back += 1) await page.keyboard.press('Shift+Tab');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('1GuatemalaCentros en Guatemala');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByText('Escogió place:Mixco.').waitFor();
  expect(await logTexts(page)).toEqual([
    greeting,
    'Hola, ¿hay cursos?\nde cocina',
    'Hola, ¿hay cursos?\nde cocina',
    'lista',
    '¿Dónde?',
    'Mixco',
    'Escogió place:Mixco.',
  ]);
  expect(await page.locator('.state').allTextContents()).toEqual(['Enviado', 'Enviado', 'Enviado']);
  expect([watched.complaints, watched.strangers]).toEqual([[], []]);
});

test('whoever listens hears who speaks and when, in a log that announces itself', async () => {
  await openChat(page, server.url);
  await say(page, 'hola', 'hola');
  const log = page.getByRole('log', { name: 'Conversación' });
  expect(await log.getAttribute('aria-live')).toBe('polite');
  const heads = await log.getByRole('listitem').locator('.head').allTextContents();
  expect(heads.map((head) => head.replace(/\d\d:\d\d/u, 'hh:mm'))).toEqual([
    'Puente (programa) hh:mm',
    'Usted hh:mm · Enviado',
    'Puente (programa) hh:mm',
  ]);
});

describe('choices', () => {
  test('are rows of at least 48 pixels with their numbers, posted as their values', async () => {
    await openChat(page, server.url);
    expect(await rows().allTextContents()).toEqual([
      '1Cursos y oficios',
      '2Trabajo',
      '3¿Quién lee esto?',
      '4Una persona',
    ]);
    for (const row of await rows().all()) {
      const box = await row.boundingBox();
      expect([box!.height >= 48, box!.width >= 300]).toEqual([true, true]);
    }
    await rows().nth(0).click();
    await page.getByText('Me interesa').waitFor();
    expect(server.inbox.received.at(-1)?.message.content).toEqual({
      kind: 'choice',
      value: 'start:training',
      title: 'Cursos y oficios',
    });
  });

  test('stay after use, marked, and can no longer be tapped', async () => {
    await openChat(page, server.url);
    await rows().nth(0).click();
    await page.getByText('Me interesa').waitFor();
    const before = server.inbox.received.length;
    await rows().nth(1).click({ force: true });
    await rows().nth(0).click({ force: true });
    await say(page, 'luego', 'luego');
    expect(server.inbox.received.length - before).toBe(1);
    expect(await page.evaluate(marks)).toEqual([
      ['true', 'elegido'],
      ['true', ''],
      ['true', ''],
      ['true', ''],
      ['true', ''],
      ['true', ''],
    ]);
  });

  test('of an older message close when a newer one brings its own', async () => {
    await openChat(page, server.url);
    await say(page, 'lista', '¿Dónde?');
    const before = Array<unknown>(4).fill(['true', '']);
    const now = Array<unknown>(5).fill(['false', '']);
    expect(await page.evaluate(marks)).toEqual([...before, ...now]);
  });
});

describe('the page says', () => {
  test('that the team was told, who of it came in, and when the program is back', async () => {
    await openChat(page, server.url);
    await say(page, 'PERSONA', 'Ya avisé al equipo.');
    expect(await status()).toBe('Pidió una persona. El equipo ya tiene el aviso.');
    await say(page, 'otra cosa', 'otra cosa');
    expect(await status()).toBe('Pidió una persona. El equipo ya tiene el aviso.');
    await say(page, 'colega', 'soy María');
    expect(await status()).toBe('Le atiende María.');
    expect(await page.locator('.note').allTextContents()).toEqual(['María entró a la conversación.']);
    expect(await page.locator('.message.colleague .speaker').textContent()).toBe('María (persona)');
    await say(page, 'vuelve', 'Vuelvo yo');
    expect(await status()).toBe('');
  });

  test('that everything was erased, and shows nothing of it any more', async () => {
    await openChat(page, server.url);
    await say(page, 'un secreto', 'un secreto');
    await say(page, 'BORRAR', 'Borré');
    expect(await logTexts(page)).toEqual([
      'Se borró lo que había en esta conversación.',
      'Listo. Borré lo que tenía de usted.',
    ]);
    await say(page, 'sigo', 'sigo');
    expect((await logTexts(page)).slice(2)).toEqual(['sigo', 'sigo']);
  });

  test('how much is left near 2,000 characters, and keeps what is too long', async () => {
    await openChat(page, server.url);
    const before = server.inbox.received.length;
    await page.locator('#write').fill('x'.repeat(1_900));
    expect(await page.locator('.hint').textContent()).toBe('Le quedan 100 letras.');
    await page.locator('#write').fill('x'.repeat(2_010));
    await page.keyboard.press('Enter');
    expect(await page.locator('.hint').textContent()).toBe(
      'Es muy largo: quite 10 letras y envíelo. Lo escrito sigue aquí.',
    );
    expect(await page.locator('#write').inputValue()).toHaveLength(2_010);
    expect(server.inbox.received.length).toBe(before);
  });

  test('how much is new to who reads further up, and does not move', async () => {
    await openChat(page, server.url);
    for (const text of ['uno', 'dos', 'tres']) await say(page, text, text);
    await page.evaluate('scrollTo(0, 0)');
    const message = { text: 'Algo nuevo', choices: [], sendClass: 'ordinary', keys: [] } as const;
    server.say({ ...message, language: 'es' as never });
    await page.getByRole('button', { name: 'Ver lo nuevo (1)' }).click();
    await page.getByRole('button', { name: 'Ver lo nuevo (1)' }).waitFor({ state: 'hidden' });
    expect(await page.getByText('Algo nuevo').isVisible()).toBe(true);
  });
});

describe('language', () => {
  test('is the one of the browser, and can be switched: the program is asked to follow', async () => {
    await openChat(page, server.url);
    expect(server.inbox.joined.at(-1)?.sender).toEqual({ locale: 'es' });
    await page.getByRole('link', { name: 'English' }).click();
    await page.getByText('All right, in English from now on.').waitFor();
    expect(server.inbox.received.at(-1)?.message.content).toEqual({
      kind: 'choice',
      value: 'language:en',
      title: 'English',
    });
    expect(await page.locator('.speaker').allTextContents()).toEqual([
      'Puente (program)',
      'You',
      'Puente (program)',
    ]);
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await page.getByRole('button', { name: 'Send' }).isVisible()).toBe(true);
    expect(new URL(page.url()).search).toBe('');
  });

  test('is English for an English browser', async () => {
    const english = await openPage(browser, [server.url], { locale: 'en-US' });
    await openChat(english.page, server.url);
    expect(server.inbox.joined.at(-1)?.sender).toEqual({ locale: 'en' });
    expect(await english.page.title()).toBe('Messages');
    await english.close();
  });
});
