import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser, openPage } from './browser.ts';

/** Makes the pictures of the documentation from a running service: `node test/support/take-screenshots.ts http://127.0.0.1:3978`. */
const address = process.argv[2];
if (address === undefined) throw new Error('Give the address of a running service.');
const { origin } = new URL(address);
const folder = path.join(import.meta.dirname, '..', '..', 'docs', 'pictures');
const question = 'kiero un kurso de soldadura en xela';
const sizes = [
  { width: 360, height: 640 },
  { width: 1280, height: 800 },
];

async function chat(page: Page): Promise<void> {
  await page.goto(`${origin}/?lang=es`);
  await page.locator('.message.program').first().waitFor();
  await page.locator('#write').fill(question);
  await page.keyboard.press('Enter');
  await page.locator('.message.program').nth(1).waitFor();
  await page.locator('#write').blur();
}

async function simulator(page: Page): Promise<void> {
  await page.goto(`${origin}/simulator?lang=es`);
  const phone = page.getByRole('tab', { name: '+50255550101' });
  await phone.waitFor();
  await page.waitForTimeout(500);
  const answer = page.locator('.message:not(.own) .is-read').last();
  // The second picture is of the same phone.
  if ((await page.locator('.message').count()) === 0) {
    await page.locator('#message').fill(question);
    await page.keyboard.press('Enter');
  }
  await answer.waitFor();
  await page.locator('#message').blur();
  if ((page.viewportSize()?.width ?? 0) >= 760)
    await page.locator('li[data-kind=send] summary').first().click();
  await page.mouse.move(0, 0);
  await page.evaluate('scrollTo(0, 0)');
}

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
for (const [name, show] of Object.entries({ chat, simulator })) {
  for (const size of sizes) {
    const watched = await openPage(browser, [origin], size);
    await show(watched.page);
    await watched.page.screenshot({ path: path.join(folder, `${name}-${String(size.width)}.png`) });
    await watched.close();
  }
}
await browser.close();
