import axe from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage } from '../support/browser.ts';
import { openChat, say } from '../support/chat-page.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';

let server: PageServer;
let browser: Browser;

beforeAll(async () => {
  [server, browser] = await Promise.all([startPageServer(), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[] }[];
  }[];
}

/** What axe finds, as "rule: element". */
async function faults(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const result = await page.evaluate<AxeResult>('axe.run(document, { resultTypes: ["violations"] })');
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  );
}

const looks = [
  { width: 360, height: 640, dark: false },
  { width: 360, height: 640, dark: true },
  { width: 1280, height: 800, dark: false },
  { width: 1280, height: 800, dark: true },
];

describe.each(looks)('at $width pixels, dark: $dark, axe finds nothing', (look) => {
  test('in a conversation, nor in the question after a reload', async () => {
    const watched = await openPage(browser, [server.url], look);
    const { page } = watched;
    await openChat(page, server.url);
    await page.locator('.choice').first().click();
    await page.getByText('Me interesa').waitFor();
    await say(page, 'PERSONA', 'Ya avisé');
    await say(page, 'colega', 'soy María');
    await say(page, 'lista', '¿Dónde?');
    expect(await faults(page)).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Seguir la conversación' }).waitFor();
    expect(await faults(page)).toEqual([]);
    await watched.close();
  });

  test('in the simulator, on both sides, with a list open', async () => {
    const watched = await openPage(browser, [server.url], look);
    const { page } = watched;
    await page.goto(`${server.url}/simulator`);
    await page.locator('#message').fill('lista');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Ver opciones' }).last().click();
    await page.locator('.is-read').last().waitFor();
    expect(await faults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    if (look.width < 760) await page.getByRole('tab', { name: 'Lo que viajó' }).click();
    await page.locator('summary').first().click();
    await page.locator('pre').waitFor();
    expect(await faults(page)).toEqual([]);
    await watched.close();
  });
});

describe('text at 200 % and a window of 320 pixels', () => {
  test.each([
    ['text twice as large', 360, "document.documentElement.style.fontSize = '34px'"],
    ['a window of 320 pixels', 320, ''],
  ])('lose nothing to the side: %s', async (_name, width, change) => {
    for (const address of ['/', '/simulator']) {
      const watched = await openPage(browser, [server.url], { width, height: 640 });
      const { page } = watched;
      await page.goto(server.url + address);
      await page.locator('form.composer').waitFor();
      await page.evaluate(change);
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      await page.locator('.composer .send').click({ trial: true });
      await watched.close();
    }
  });
});

test('without its script the page says who runs it, what it is and whom to call', async () => {
  const watched = await openPage(browser, [server.url], { script: false });
  const { page } = watched;
  await page.goto(server.url);
  const text = await page.locator('main').innerText();
  expect(text).toContain('Contesta un programa automático de Casa Ejemplo <i>, no una persona.');
  expect(text).toContain('Su navegador no puede abrir la conversación: necesita JavaScript.');
  expect(text).toContain('Emergencias: 110');
  expect(text).toContain('Contacto: casa@example.org');
  expect(await page.getByRole('link', { name: '110' }).getAttribute('href')).toBe('tel:110');
  expect(await page.getByRole('link', { name: 'Salir' }).getAttribute('href')).toBe(
    'https://exit.example.org/',
  );
  expect(await page.getByRole('link', { name: 'English' }).getAttribute('href')).toBe('?lang=en');
  await watched.close();
});

test('on a slow phone the first words are there within 3 seconds', async () => {
  const watched = await openPage(browser, [server.url]);
  const { page } = watched;
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const bytesPerSecond = 400_000 / 8;
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 400,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await page.goto(server.url);
  await page.locator('.choice').first().waitFor({ timeout: 15_000 });
  const painted = await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime");
  expect(painted).toBeGreaterThan(400);
  expect(painted).toBeLessThan(3_000);
  await watched.close();
});
