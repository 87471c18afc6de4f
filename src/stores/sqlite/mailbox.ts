import type { Partition } from '../../core/ids.ts';
import { conversationId, partition } from '../../core/ids.ts';
import type { Store, StoredEvent } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { eventAt } from './places.ts';
import { bytes, integer, isEmpty, text } from './rows.ts';
import type { Row } from './rows.ts';

/** Hurried conversations taken at once, at most. */
const mostHurried = 1_000;

/** Reads a row of the mailbox. */
export function toEvent(row: Row): StoredEvent {
  return {
    partition: partition(integer(row, 'partition')),
    eventId: eventAt(integer(row, 'place')),
    conversationId: conversationId(text(row, 'conversation')),
    at: integer(row, 'at'),
    urgent: integer(row, 'urgent') === 1,
    ...(isEmpty(row, 'body') ? {} : { body: bytes(row, 'body') }),
    ...(isEmpty(row, 'timer') ? {} : { timer: text(row, 'timer') }),
  };
}

/** The mailbox by conversation, and the states. */
export function createMailbox(
  engine: Engine,
): Pick<Store, 'takeHurried' | 'waitingEvents' | 'loadState' | 'oldestWaiting'> {
  const findWaiting = engine.prepare('SELECT * FROM mailbox WHERE conversation = ? ORDER BY place LIMIT ?');
  const findOldest = engine.prepare('SELECT at FROM mailbox ORDER BY place LIMIT 1');
  const findState = engine.prepare(
    'SELECT version, wrapped_key, body FROM states WHERE conversation = ? AND expires_at > ?',
  );
  return {
    takeHurried: createHurried(engine),
    waitingEvents: (conversation, limit) =>
      engine.read(() => findWaiting.all(conversation, Math.max(0, limit)).map(toEvent)),
    loadState: (conversation) =>
      engine.read(() => {
        const row = findState.get(conversation, engine.clock.now());
        if (row === undefined) return undefined;
        return {
          version: integer(row, 'version'),
          wrappedKey: bytes(row, 'wrapped_key'),
          body: bytes(row, 'body'),
        };
      }),
    oldestWaiting: () =>
      engine.read(() => {
        const row = findOldest.get();
        return row === undefined ? undefined : integer(row, 'at');
      }),
  };
}

/** Writes only when there is something to take. */
function createHurried(engine: Engine): Store['takeHurried'] {
  const find = engine.prepare('SELECT conversation FROM hurry WHERE partition = ? LIMIT ?');
  const findAny = engine.prepare('SELECT 1 FROM hurry LIMIT 1');
  const take = engine.prepare('DELETE FROM hurry WHERE conversation = ?');
  return async (partitions: readonly Partition[]) => {
    const isEmptyNow = await engine.read(() => findAny.get() === undefined);
    if (isEmptyNow) return [];
    return engine.write(() => {
      const found = partitions.flatMap((one) => find.all(one, mostHurried));
      return found.map((row) => {
        const conversation = conversationId(text(row, 'conversation'));
        take.run(conversation);
        return conversation;
      });
    });
  };
}
