import { chromium, type Browser, type Page } from 'playwright-core';

/** Chromium without anything that calls home. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A page in a profile of its own, and everything it complained about or asked others for. */
export interface WatchedPage {
  readonly page: Page;
  /** Breaches of the content security policy, errors of scripts, messages of the console that are errors. */
  readonly complaints: readonly string[];
  /** Addresses outside of our own that were asked for. */
  readonly strangers: readonly string[];
  close(): Promise<void>;
}

/** Opens one. What would go outside is answered here, so that no test needs a network. */
export async function openPage(
  browser: Browser,
  homes: readonly string[],
  look: {
    readonly width?: number;
    readonly height?: number;
    readonly dark?: boolean;
    readonly locale?: string;
    readonly touch?: boolean;
    readonly script?: boolean;
  } = {},
): Promise<WatchedPage> {
  const { width = 360, height = 640, dark = false, locale = 'es-GT', touch = false, script = true } = look;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale,
    hasTouch: touch,
    javaScriptEnabled: script,
  });
  const complaints: string[] = [];
  const strangers: string[] = [];
  await context.route(
    (url) => !homes.includes(url.origin),
    async (route) => {
      strangers.push(route.request().url());
      await route.fulfill({ contentType: 'text/html', body: '<title>Elsewhere</title>' });
    },
  );
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy|Trusted/u.test(message.text()))
      complaints.push(message.text());
  });
  return { page, complaints, strangers, close: () => context.close() };
}
