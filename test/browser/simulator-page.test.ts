import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';

let server: PageServer;
let browser: Browser;
let watched: WatchedPage;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});
beforeEach(async () => {
  server = await startPageServer();
  watched = await openPage(browser, [server.url], { width: 1280, height: 800 });
  ({ page } = watched);
  await page.goto(`${server.url}/simulator`);
  await page.getByRole('tab', { name: '+50255550101' }).waitFor();
});
afterEach(async () => {
  await watched.close();
  await server.close();
});

const bubbles = () => page.locator('.message .text').allTextContents();
const send = async (text: string): Promise<void> => {
  await page.getByLabel('Mensaje', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
};

test('a message goes out, is answered, and both show how far they got', async () => {
  await send('Hola');
  await page.locator('.message:not(.own) .is-read').waitFor();
  expect(await bubbles()).toEqual(['Hola', 'Hola']);
  expect(await page.locator('.tick span').allTextContents()).toEqual(['enviado', 'leído']);
  expect(await page.getByLabel('Mensaje', { exact: true }).inputValue()).toBe('');
  expect([watched.complaints, watched.strangers]).toEqual([[], []]);
});

test('what went over the wire is listed, newest first, and opens to its JSON', async () => {
  await send('Hola');
  await page.getByText('Webhook: estado: leído').waitFor();
  expect(await page.locator('summary .what').allTextContents()).toEqual([
    'Webhook: estado: leído',
    'Webhook: estado: entregado',
    'Webhook: estado: enviado',
    'Envío del servicio',
    'Webhook: mensaje de la persona',
  ]);
  const oldest = page.locator('summary').last();
  expect(await oldest.locator('.facts').innerText()).toMatch(
    /^\d\d:\d\d:\d\d\.\d{3}\s+respuesta 200\s+\d+ ms\s+firmado$/u,
  );
  await oldest.press('Enter');
  expect(await page.locator('.signature').textContent()).toMatch(/^Firma: sha256=[0-9a-f]{64}$/u);
  const json: unknown = JSON.parse((await page.locator('pre').textContent()) ?? '');
  expect(json).toMatchObject({
    entry: [{ changes: [{ value: { messages: [{ from: '50255550101', text: { body: 'Hola' } }] } }] }],
  });
});

test('a list opens, and a row is sent as a tap', async () => {
  await send('lista');
  await page.getByRole('button', { name: 'Ver opciones' }).press('Enter');
  expect(await page.evaluate('document.activeElement.className')).toBe('row');
  await page.keyboard.press('Escape');
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Ver opciones');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '2 Mixco' }).click();
  await page.getByText('Escogió place:Mixco.').waitFor();
  expect((await bubbles()).slice(-2)).toEqual(['2 Mixco', 'Escogió place:Mixco.']);
});

test('a button is tapped', async () => {
  await send('botones');
  await page.getByRole('button', { name: '1 Sí' }).click();
  await page.getByText('Escogió answer:yes.').waitFor();
  expect((await bubbles()).slice(-2)).toEqual(['1 Sí', 'Escogió answer:yes.']);
});

test('a phone in another tab has its own messages, and what waits there is read when it is looked at', async () => {
  await send('en el primero');
  await page.locator('.message:not(.own)').waitFor();
  await page.getByRole('tab', { name: '+50255550101' }).press('ArrowRight');
  await page.getByText('Escriba algo para empezar.').waitFor();
  expect(await bubbles()).toEqual([]);
  await send('en el segundo');
  await page.locator('.message:not(.own)').waitFor();
  await page.getByRole('button', { name: 'Añadir' }).click();
  expect(await page.getByRole('tab', { selected: true }).allTextContents()).toContain('+50355550103');
  await page.getByRole('tab', { name: '+50255550101' }).click();
  await page.getByText('en el primero').first().waitFor();
  expect(await bubbles()).toEqual(['en el primero', 'en el primero']);
});

test('a fault is switched on by its words, shows on the sheet, and stays on after a reload', async () => {
  const fault = page.getByRole('switch', { name: 'Meta contesta 500 a los envíos' });
  await fault.press('Space');
  await page.reload();
  await page.getByRole('tab', { name: '+50255550101' }).waitFor();
  await page.locator('[role=switch]:checked').waitFor();
  expect(await fault.isChecked()).toBe(true);
  await send('Hola');
  await page.getByText('respuesta 500').waitFor();
  expect(await bubbles()).toEqual(['Hola']);
});

test('when the service is gone the page says so and keeps what was written', async () => {
  await page.route('**/messages', (route) => route.abort());
  await send('Hola');
  await page.getByText('No se pudo enviar. Lo escrito sigue aquí.').waitFor();
  expect(await page.getByLabel('Mensaje', { exact: true }).inputValue()).toBe('Hola');
});
