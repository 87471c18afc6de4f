/** Which web pages may talk to us. Exact matches only: scheme, host and port. */
export interface Origins {
  isAllowed(origin: string): boolean;
}

/** The allow-list: named origins, the origin of our public address and, outside production, any page on loopback. */
export function createOrigins(options: {
  readonly allowedOrigins: readonly string[];
  readonly allowLoopbackOrigins: boolean;
  readonly publicUrl?: string;
}): Origins {
  const named = new Set(options.allowedOrigins);
  if (options.publicUrl !== undefined) named.add(new URL(options.publicUrl).origin);
  return {
    isAllowed: (origin) => named.has(origin) || (options.allowLoopbackOrigins && isLoopbackOrigin(origin)),
  };
}

const loopbackOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/u;

function isLoopbackOrigin(origin: string): boolean {
  return loopbackOrigin.test(origin);
}

/** Headers for a page's call, errors included: without them a client sees no status at all and tries for ever. */
export function corsHeaders(origins: Origins, origin: string | undefined): Readonly<Record<string, string>> {
  if (origin === undefined || !origins.isAllowed(origin)) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Retry-After, X-Request-Id',
  };
}

/** What a preflight adds (reference: direct-line.md 8). */
export const preflightHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
  'Access-Control-Allow-Headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
  'Access-Control-Max-Age': '7200',
};
