import type { EventId, Partition } from '../../core/ids.ts';
import type { Store, StoredEvent } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { toEvent } from './mailbox.ts';
import { placeOf } from './places.ts';
import { integer } from './rows.ts';

type Cursors = ReadonlyMap<Partition, EventId>;

/** A full partition does not keep the others from their share of a page. */
const smallestShare = 8;

/** The waiting side of the mailbox. */
export function createReader(engine: Engine): Pick<Store, 'readMailbox' | 'wakeReader'> {
  const read = createPages(engine);
  const waiting = new Set<{ readonly cursors: Cursors; readonly wake: () => void }>();
  engine.news.onAppended((partition) => {
    for (const { cursors, wake } of waiting) if (cursors.has(partition)) wake();
  });
  engine.foreign.onLook((isForeign) => {
    if (isForeign) for (const { wake } of waiting) wake();
  });

  const wait = (cursors: Cursors, waitMs: number): Promise<void> =>
    new Promise((resolve) => {
      const stopWatching = engine.foreign.watch();
      const wake = (): void => {
        waiting.delete(waiter);
        stopWatching();
        cancel();
        resolve();
      };
      const waiter = { cursors, wake };
      const cancel = engine.clock.after(waitMs, wake);
      waiting.add(waiter);
    });

  return {
    readMailbox: async (cursors, limit, waitMs) => {
      const events = await engine.read(() => read(cursors, limit));
      if (events.length > 0 || waitMs <= 0) return events;
      await wait(cursors, waitMs);
      return engine.read(() => read(cursors, limit));
    },
    wakeReader: () => {
      for (const { wake } of waiting) wake();
    },
  };
}

/** Reads at once. Knows above which place a partition holds nothing, so that idle partitions cost no query. */
function createPages(engine: Engine): (cursors: Cursors, limit: number) => readonly StoredEvent[] {
  const find = engine.prepare(
    'SELECT * FROM mailbox WHERE partition = ? AND place > ? ORDER BY place LIMIT ?',
  );
  const nothingAbove = new Map<Partition, number>();
  let turn = 0;
  engine.news.onAppended((partition, place) => {
    const known = nothingAbove.get(partition);
    if (known !== undefined && known < place) nothingAbove.set(partition, place);
  });
  engine.foreign.onLook((isForeign) => {
    if (isForeign) nothingAbove.clear();
  });

  return (cursors, limit) => {
    engine.foreign.look();
    const behind = [...cursors]
      .map(([partition, cursor]) => ({ partition, after: placeOf(cursor) }))
      .filter(({ partition, after }) => after < (nothingAbove.get(partition) ?? Infinity));
    if (behind.length === 0 || limit < 1) return [];
    turn = (turn + 1) % behind.length;
    const share = Math.max(smallestShare, Math.ceil(limit / behind.length));
    const events: StoredEvent[] = [];
    for (const { partition, after } of [...behind.slice(turn), ...behind.slice(0, turn)]) {
      const most = Math.min(share, limit - events.length);
      if (most === 0) break;
      const rows = find.all(partition, after, most);
      const last = rows.at(-1);
      if (rows.length < most) nothingAbove.set(partition, last ? integer(last, 'place') : after);
      events.push(...rows.map(toEvent));
    }
    return events;
  };
}
