import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const headerForm = /^sha256=([0-9a-f]{64})$/u;

/**
 * Whether `X-Hub-Signature-256` is the HMAC-SHA256 of the exact bytes under one of the app secrets (two while rotating).
 * https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function isSigned(body: Uint8Array, header: string | undefined, secrets: readonly string[]): boolean {
  const hex = headerForm.exec(header ?? '')?.[1];
  if (hex === undefined) return false;
  const given = Buffer.from(hex, 'hex');
  let matches = false;
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret).update(body).digest();
    if (timingSafeEqual(expected, given)) matches = true;
  }
  return matches;
}

/** Compares two secrets in constant time, whatever their lengths. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest();
