import type { Page } from 'playwright-core';

/** The texts of the log in their order: of both sides, and what nobody said. */
export function logTexts(page: Page): Promise<readonly string[]> {
  return page.locator('.message .text, .note').allTextContents();
}

/** Opens the chat and waits for the greeting. */
export async function openChat(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/`);
  await page.locator('.choice').first().waitFor();
}

/** Writes, sends by Enter, and waits for the answer (the table says most texts back). */
export async function say(page: Page, text: string, answer: string): Promise<void> {
  await page.locator('#write').fill(text);
  await page.keyboard.press('Enter');
  await page.locator('.message:not(.own) .text', { hasText: answer }).last().waitFor();
}

/** What is kept in the tab. */
export function tabStorage(page: Page): Promise<string> {
  return page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage }) + document.cookie');
}
