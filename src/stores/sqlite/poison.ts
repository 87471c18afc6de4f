import type { QuarantineEntry, Store } from '../../core/store.ts';
import { mostQuarantined } from '../limits.ts';
import type { Engine } from './engine.ts';
import type { IsOwner } from './leases.ts';
import { toEvent } from './mailbox.ts';
import { placeOf } from './places.ts';
import { bytes, integer, text } from './rows.ts';

/** Events that kill turns, and webhooks nobody can read. */
export function createPoison(
  engine: Engine,
  isOwner: IsOwner,
  mostBytes: number | undefined,
): Pick<Store, 'countAttempt' | 'survived' | 'quarantineEvent' | 'quarantine' | 'listQuarantine'> {
  const keep = createKeeping(engine, mostBytes);
  const findEvent = engine.prepare('SELECT * FROM mailbox WHERE place = ? AND partition = ?');
  const takeEvent = engine.prepare('DELETE FROM mailbox WHERE place = ? AND partition = ?');
  const findKept = engine.prepare(
    'SELECT source, at, reason, body FROM quarantine ORDER BY at DESC, id DESC LIMIT ?',
  );
  return {
    ...createAttempts(engine),
    quarantineEvent: (partition, lease, id, reason) =>
      engine.write(() => {
        if (!isOwner(partition, lease)) return false;
        const row = findEvent.get(placeOf(id), partition);
        if (row === undefined) return false;
        takeEvent.run(placeOf(id), partition);
        const { at, body, timer = '' } = toEvent(row);
        keep({ source: 'event', at, reason, body: body ?? Buffer.from(timer) });
        return true;
      }),
    quarantine: (entry) =>
      engine.write(() => {
        keep(entry);
      }),
    listQuarantine: (limit) =>
      engine.read(() =>
        findKept.all(Math.max(0, limit)).map((row) => ({
          source: text(row, 'source') === 'event' ? 'event' : 'webhook',
          at: integer(row, 'at'),
          reason: text(row, 'reason'),
          body: bytes(row, 'body'),
        })),
      ),
  };
}

/** The sum of all bodies is kept beside them: adding up thousands for each new one would cost too much. */
function createKeeping(
  engine: Engine,
  mostBytes: number = mostQuarantined.bytes,
): (entry: QuarantineEntry) => void {
  const insert = engine.prepare('INSERT INTO quarantine (source, at, reason, body) VALUES (?, ?, ?, ?)');
  const findSum = engine.prepare("SELECT value FROM settings WHERE name = 'quarantined'");
  const saveSum = engine.prepare("UPDATE settings SET value = ? WHERE name = 'quarantined'");
  const findOldest = engine.prepare('SELECT id, length(body) AS size FROM quarantine ORDER BY id LIMIT 1');
  const drop = engine.prepare('DELETE FROM quarantine WHERE id = ?');
  return ({ source, at, reason, body }) => {
    const newest = Number(insert.run(source, at, reason, body).lastInsertRowid);
    let sum = integer(findSum.get() ?? {}, 'value') + body.length;
    for (;;) {
      const row = findOldest.get() ?? {};
      const oldest = integer(row, 'id');
      const isTooMuch = sum > mostBytes || newest - oldest >= mostQuarantined.entries;
      if (!isTooMuch || oldest === newest) break;
      drop.run(oldest);
      sum -= integer(row, 'size');
    }
    saveSum.run(sum);
  };
}

/** The counts stand with the event and go with it. */
function createAttempts(engine: Engine): Pick<Store, 'countAttempt' | 'survived'> {
  const count = {
    alone: engine.prepare(`UPDATE mailbox SET alone = alone + 1 WHERE place = ? AND partition = ?
      RETURNING alone, threw`),
    threw: engine.prepare(`UPDATE mailbox SET threw = threw + 1 WHERE place = ? AND partition = ?
      RETURNING alone, threw`),
  };
  const takeBack = engine.prepare(
    'UPDATE mailbox SET alone = max(0, alone - 1) WHERE place = ? AND partition = ?',
  );
  return {
    countAttempt: (partition, id, what) =>
      engine.write(() => {
        const row = count[what].get(placeOf(id), partition);
        if (row === undefined) return { alone: 0, threw: 0 };
        return { alone: integer(row, 'alone'), threw: integer(row, 'threw') };
      }),
    survived: (partition, id) =>
      engine.write(() => {
        takeBack.run(placeOf(id), partition);
      }),
  };
}
