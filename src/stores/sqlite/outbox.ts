import type { ConversationId, OutboxId, Partition } from '../../core/ids.ts';
import { conversationId } from '../../core/ids.ts';
import type { SendMark, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import type { IsOwner } from './leases.ts';
import { outboxAt, placeOf } from './places.ts';
import { bytes, integer, isEmpty, text } from './rows.ts';
import type { Row } from './rows.ts';

/** Writes the outbox, inside an operation. */
export interface OutboxWriter {
  add(partition: Partition, conversation: ConversationId, body: Uint8Array): OutboxId;
}

/** The writing side of the outbox. */
export function createOutboxWriter(engine: Engine): OutboxWriter {
  const insert = engine.prepare(
    'INSERT INTO outbox (place, partition, conversation, body) VALUES (?, ?, ?, ?)',
  );
  return {
    add: (partition, conversation, body) => {
      const place = engine.places.next();
      insert.run(place, partition, conversation, body);
      return outboxAt(place);
    },
  };
}

/** Sending, one operation a step. */
export function createOutbox(
  engine: Engine,
  isOwner: IsOwner,
): Pick<Store, 'readOutbox' | 'markSending' | 'readMark' | 'settle' | 'confirmSend'> {
  const findAll = engine.prepare(
    'SELECT * FROM outbox WHERE partition = ? AND place > ? ORDER BY place LIMIT ?',
  );
  const findMark = engine.prepare(
    'SELECT attempt, marked_at, confirmed FROM outbox WHERE place = ? AND partition = ?',
  );
  const mark = engine.prepare(
    'UPDATE outbox SET attempt = ?, marked_at = ?, confirmed = 0 WHERE place = ? AND partition = ?',
  );
  const settle = engine.prepare('DELETE FROM outbox WHERE place = ? AND partition = ?');
  // Of an entry without a mark it says nothing: marking begins anew.
  const confirm = engine.prepare('UPDATE outbox SET confirmed = 1 WHERE place = ? AND partition = ?');
  return {
    readOutbox: (partition, after, limit) =>
      engine.read(() =>
        findAll.all(partition, placeOf(after), Math.max(0, limit)).map((row) => {
          const found = toMark(row);
          return {
            partition,
            outboxId: outboxAt(integer(row, 'place')),
            conversationId: conversationId(text(row, 'conversation')),
            body: bytes(row, 'body'),
            ...(found === undefined ? {} : { mark: found }),
          };
        }),
      ),
    markSending: (partition, lease, id, { attempt, at }) =>
      engine.write(
        () => isOwner(partition, lease) && mark.run(attempt, at, placeOf(id), partition).changes !== 0,
      ),
    readMark: (partition, id) =>
      engine.read(() => {
        const row = findMark.get(placeOf(id), partition);
        return row === undefined ? undefined : toMark(row);
      }),
    settle: (partition, id) =>
      engine.write(() => {
        settle.run(placeOf(id), partition);
      }),
    confirmSend: async (partition, id) => {
      const place = placeOf(id);
      // Most statuses name what was settled long ago: that needs no write.
      const isThere = await engine.read(() => findMark.get(place, partition) !== undefined);
      if (isThere) await engine.write(() => confirm.run(place, partition));
    },
  };
}

function toMark(row: Row): SendMark | undefined {
  if (isEmpty(row, 'attempt')) return undefined;
  return {
    attempt: integer(row, 'attempt'),
    at: integer(row, 'marked_at'),
    confirmed: integer(row, 'confirmed') === 1,
  };
}
