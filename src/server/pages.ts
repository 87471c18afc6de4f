import { createHash } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import express, { type Request, type Response, type Router } from 'express';
import { readBuiltPages, sendBody, type Body, type BuiltPages } from './built-pages.ts';
import { chatPage, simulatorPage, type PageOrganisation, type PageParts } from './page-html.ts';
import { readPageLanguages, type PageLanguage } from './page-words.ts';

/** What the pages need to know. */
export interface PagesOptions {
  /** Where `buildPages` left them. */
  readonly distFolder: string;
  readonly localesFolder: string;
  readonly organisation: PageOrganisation;
  readonly defaultLanguage: string;
  readonly isSimulatorShown: boolean;
  /** Origins of other sites that may show the chat in a frame, by `embed.js`. */
  readonly frameAncestors?: readonly string[];
  /** Where "leave" goes: a page nobody asks about. */
  readonly exitUrl?: string;
}

const usualExit = 'https://www.google.com/';
const forEver = 'public, max-age=31536000, immutable';
const forAnHour = 'public, max-age=3600';

/** `/`, `/simulator`, `/embed.js`, `/icon.svg` and `/assets`. Everything is read and compressed once, at the start. */
export function createPagesRouter(options: PagesOptions): Router {
  const built = readBuiltPages(options.distFolder);
  const languages = readPageLanguages(options.localesFolder);
  const router = express.Router();
  router.get('/', pageHandler(options, built, languages, 'chat'));
  if (options.isSimulatorShown) router.get('/simulator', pageHandler(options, built, languages, 'simulator'));
  router.get(['/embed.js', '/icon.svg', '/assets/:name'], (request, response, next) => {
    const body = built.files.get(request.path);
    if (body === undefined) {
      next();
      return;
    }
    response.set('Cache-Control', request.path.startsWith('/assets/') ? forEver : forAnHour);
    response.set('ETag', body.etag);
    if (request.path === '/embed.js') response.set('Cross-Origin-Resource-Policy', 'cross-origin');
    sendBody(request, response, body);
  });
  return router;
}

function pageHandler(
  options: PagesOptions,
  built: BuiltPages,
  languages: readonly PageLanguage[],
  name: 'chat' | 'simulator',
) {
  const write = name === 'chat' ? chatPage : simulatorPage;
  const { organisation, exitUrl = usualExit } = options;
  const assets = { script: built.asset(name, 'js'), style: built.asset(name, 'css') };
  const bodies = new Map(
    languages.map((language) => {
      const parts: PageParts = { language, languages, organisation, exitUrl, ...assets };
      return [language.tag, htmlBody(write(parts))];
    }),
  );
  const ancestors = name === 'chat' ? (options.frameAncestors ?? []) : [];
  const policy = policyFor(ancestors);
  return (request: Request, response: Response): void => {
    const body = bodies.get(languageOf(request, [...bodies.keys()], options.defaultLanguage));
    if (body === undefined) throw new TypeError('the default language has no pages');
    response.set({ 'Content-Security-Policy': policy, 'Cache-Control': 'no-store' });
    // An older header that knows no list of sites; `frame-ancestors` says it better.
    if (ancestors.length > 0) response.removeHeader('X-Frame-Options');
    response.vary('Accept-Language');
    sendBody(request, response, body);
  };
}

/** safety.md G1: only our own files, nothing inline, and scripts may not write markup at all. */
function policyFor(frameAncestors: readonly string[]): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors.length === 0 ? "'none'" : frameAncestors.join(' ')}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** `?lang=` wins, then what the browser asks for, then the operator's choice. */
function languageOf(request: Request, tags: readonly string[], usual: string): string {
  const asked = request.query['lang'];
  if (typeof asked === 'string' && tags.includes(asked)) return asked;
  if (request.get('accept-language') === undefined) return usual;
  const accepted = request.acceptsLanguages([...tags]);
  return accepted === false ? usual : accepted;
}

function htmlBody(page: string): Body {
  const plain = Buffer.from(page);
  return {
    type: 'text/html; charset=utf-8',
    plain,
    br: brotliCompressSync(plain),
    gzip: gzipSync(plain, { level: 9 }),
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  };
}
