import express, { type Express, type Router } from 'express';
import type { Log, Randomness } from '../core/ports.ts';
import { securityHeaders } from './headers.ts';
import { faultHandler, noSuchAddress } from './problem.ts';

/** What the application is made of; `routers` are asked in their order. */
export interface AppParts {
  readonly routers: readonly { readonly path: string; readonly router: Router }[];
  /** How many proxies, or which, may say who calls; absent: nobody may. */
  readonly trustProxy?: number | readonly string[];
  readonly isHttps: boolean;
  readonly log: Log;
  readonly random: Randomness;
}

/** The Express application: headers first, then the routers, then what nobody answers and what failed. */
export function createApp(parts: AppParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  const { trustProxy } = parts;
  app.set('trust proxy', typeof trustProxy === 'number' ? trustProxy : [...(trustProxy ?? [])]);
  app.use(securityHeaders(parts.isHttps));
  for (const { path, router } of parts.routers) app.use(path, router);
  app.use(noSuchAddress(parts.random));
  app.use(faultHandler(parts.log, parts.random));
  return app;
}
