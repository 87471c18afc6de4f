import { randomBytes } from 'node:crypto';
import { channelName, conversationId } from '../../src/core/ids.ts';
import type { Vault } from '../../src/core/ports.ts';
import { createKeyRing } from '../../src/people/key-ring.ts';
import { createVault } from '../../src/people/vault.ts';

/** Two master keys, made once with `randomBytes(32)`, for tests only. */
export const one = 'sHg4fUEk9uVZoXQy1vL0rWmJc7TtBnPi2aKdOq8xYeM';
export const two = 'Zp3NwQ6yRk1JcXvT8mUhLs5oEa0GdFbI9tKqVxYz7Wc';
/** Two conversations. */
export const ana = conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ');
export const luis = conversationId('Qm9vLkTz0aYbWc1dXe2fVg');
export const whatsapp = channelName('whatsapp');
export const bytesOf = (text: string): Uint8Array => Buffer.from(text);
export const textOf = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : Buffer.from(bytes).toString();

/** Secrets of days as a store keeps them. */
export function createDays(): {
  secretOf: (day: number) => Promise<Uint8Array | undefined>;
  destroyBefore: (day: number) => void;
  asked: () => number;
} {
  const secrets = new Map<number, Uint8Array>();
  let floor = 0;
  let asked = 0;
  return {
    secretOf: (day) => {
      asked += 1;
      if (day < floor) return Promise.resolve(undefined);
      const secret = secrets.get(day) ?? randomBytes(32);
      secrets.set(day, secret);
      return Promise.resolve(secret);
    },
    destroyBefore: (day) => {
      floor = day;
      for (const known of secrets.keys()) if (known < day) secrets.delete(known);
    },
    asked: () => asked,
  };
}

/** A vault over some ENCRYPTION_KEYS. */
export function vaultOf(keys: string, days = createDays(), clock = { monotonic: () => 0 }): Vault {
  return createVault({ keys: createKeyRing(keys), daySecret: days.secretOf, bytes: randomBytes, clock });
}

export const long = `{"dialogs":[{"dialog":"training","step":"offer"}],"found":"${'Cursos de soldadura. '.repeat(200)}"}`;
