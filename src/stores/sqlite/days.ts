import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { bytes, integer } from './rows.ts';

/** Hashes forgotten in one operation: what is more has to wait a round of the event loop. */
const mostForgotten = 1_000;

/** Secrets of days, and the hashes of message ids that go with them. */
export function createDays(engine: Engine): Pick<Store, 'daySecret' | 'destroyDaysBefore'> {
  return { daySecret: createSecrets(engine), destroyDaysBefore: createDestroying(engine) };
}

/** Writes only on the first use of a day. */
function createSecrets(engine: Engine): Store['daySecret'] {
  const find = engine.prepare('SELECT secret FROM secrets WHERE day = ?');
  const findFirst = engine.prepare("SELECT value FROM settings WHERE name = 'first-day'");
  const insert = engine.prepare('INSERT INTO secrets (day, secret) VALUES (?, ?)');
  const isDestroyed = (day: number): boolean => {
    const row = findFirst.get();
    return row !== undefined && day < integer(row, 'value');
  };
  const read = (day: number): Uint8Array | undefined => {
    const row = find.get(day);
    return row === undefined ? undefined : bytes(row, 'secret');
  };
  return async (day) => {
    const known = await engine.read(() => ({ secret: read(day), isDestroyed: isDestroyed(day) }));
    if (known.secret !== undefined || known.isDestroyed) return known.secret;
    const fresh = Buffer.from(engine.randomness.id(256), 'base64url');
    return engine.write(() => {
      const secret = read(day);
      if (secret !== undefined || isDestroyed(day)) return secret;
      insert.run(day, fresh);
      return fresh;
    });
  };
}

function createDestroying(engine: Engine): Store['destroyDaysBefore'] {
  const raiseFirst = engine.prepare(`INSERT INTO settings (name, value) VALUES ('first-day', ?)
    ON CONFLICT DO UPDATE SET value = max(value, excluded.value)`);
  const destroy = engine.prepare('DELETE FROM secrets WHERE day < ?');
  const forget = engine.prepare(`DELETE FROM seen WHERE (day, hash) IN
    (SELECT day, hash FROM seen WHERE day < ? LIMIT ?)`);
  return async (day) => {
    await engine.write(() => {
      raiseFirst.run(day);
      destroy.run(day);
    });
    for (;;) {
      const { changes } = await engine.write(() => forget.run(day, mostForgotten));
      if (changes < mostForgotten) break;
    }
    engine.scrubber.ask();
  };
}
