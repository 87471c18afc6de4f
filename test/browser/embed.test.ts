import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import express from 'express';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { listening, type Listening } from '../channels/whatsapp-surroundings.ts';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser.ts';
import { startPageServer, type PageServer } from '../support/page-server.ts';

let server: PageServer;
let site: Listening;
let stranger: Listening;
let browser: Browser;
let watched: WatchedPage;
let page: Page;
let chat: FrameLocator;

beforeAll(async () => {
  const router = express.Router();
  router.get('/', (_request, response) => {
    response.set(
      'content-security-policy',
      `default-src 'none'; script-src ${server.url}; frame-src ${server.url}`,
    );
    response.send(
      `<!doctype html><html lang="en"><title>Site</title><script src="${server.url}/embed.js"></script><p>A site</p>`,
    );
  });
  [site, stranger, browser] = await Promise.all([listening(router), listening(router), launchBrowser()]);
  server = await startPageServer({ frameAncestors: [site.url] });
});
afterAll(async () => {
  await browser.close();
  await Promise.all([site.close(), stranger.close(), server.close()]);
});
beforeEach(async () => {
  watched = await openPage(browser, [site.url, stranger.url, server.url]);
  ({ page } = watched);
  chat = page.frameLocator('iframe');
});
afterEach(async () => {
  await watched.close();
});

test('a button opens and closes the chat with the keyboard alone, and loads nothing before', async () => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(site.url);
  const button = page.getByRole('button', { name: 'Messages' });
  await button.waitFor();
  expect(asked).toEqual(['/', '/embed.js']);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await chat.locator('.choice').first().waitFor();
  expect(await page.getByRole('button').getAttribute('aria-expanded')).toBe('true');
  await chat.locator('#write').fill('hello');
  await chat.locator('#write').press('Enter');
  await chat.locator('.program .text', { hasText: 'hello' }).waitFor();
  await page.getByRole('button', { name: 'Close messages' }).press('Enter');
  await page.locator('iframe').waitFor({ state: 'hidden' });
  await button.press('Enter');
  expect(await chat.locator('.program .text', { hasText: 'hello' }).isVisible()).toBe(true);
  await page.getByRole('button', { name: 'Close messages' }).focus();
  await page.keyboard.press('Escape');
  await page.locator('iframe').waitFor({ state: 'hidden' });
  expect([watched.complaints, watched.strangers]).toEqual([[], []]);
});

test.each(['key', 'button'])('leaving in a hurry by %s leaves the site around it too', async (way) => {
  await page.goto(site.url);
  await page.getByRole('button', { name: 'Messages' }).click();
  await chat.locator('.choice').first().waitFor();
  if (way === 'button') await chat.locator('#exit').click();
  else for (let presses = 0; presses < 3; presses += 1) await chat.locator('#write').press('Escape');
  await page.waitForURL('https://exit.example.org/');
});

test('a site that is not on the list gets no chat', async () => {
  await page.goto(stranger.url);
  await page.getByRole('button', { name: 'Messages' }).click();
  await expect(chat.locator('.choice').first().waitFor({ timeout: 1_500 })).rejects.toThrow('Timeout');
  expect(watched.complaints.join(' ')).toMatch(/frame-ancestors/u);
});
