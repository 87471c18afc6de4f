import type { QuarantineEntry, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import type { IsOwner } from './leases.ts';
import { toEvent } from './mailbox.ts';
import { placeOf } from './places.ts';
import { bytes, integer, text } from './rows.ts';

/** Most entries kept in quarantine; the oldest go first. */
const mostKept = 10_000;

/** Events that kill turns, and webhooks nobody can read. */
export function createPoison(
  engine: Engine,
  isOwner: IsOwner,
): Pick<Store, 'countAttempt' | 'survived' | 'quarantineEvent' | 'quarantine' | 'listQuarantine'> {
  const keep = createKeeping(engine);
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

function createKeeping(engine: Engine): (entry: QuarantineEntry) => void {
  const insert = engine.prepare('INSERT INTO quarantine (source, at, reason, body) VALUES (?, ?, ?, ?)');
  const trim = engine.prepare('DELETE FROM quarantine WHERE id <= ?');
  return ({ source, at, reason, body }) => {
    const { lastInsertRowid } = insert.run(source, at, reason, body);
    trim.run(Number(lastInsertRowid) - mostKept);
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
