import type { RequestHandler } from 'express';

/** For everything that is no page: nothing may be loaded, framed or kept (safety.md G1, G2). Pages set their own policy. */
const headers: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy':
    'accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
    'microphone=(), midi=(), payment=(), usb=(), browsing-topics=()',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex, nofollow',
};

/** A year; only where people reach us by https. */
const strictTransport = 'max-age=31536000; includeSubDomains';

/** Sets the security headers on every answer, errors included. */
export function securityHeaders(isHttps: boolean): RequestHandler {
  const all = isHttps ? { ...headers, 'Strict-Transport-Security': strictTransport } : headers;
  return (_request, response, next) => {
    response.set(all);
    next();
  };
}
