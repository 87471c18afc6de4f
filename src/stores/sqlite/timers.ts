import type { ConversationId, Partition } from '../../core/ids.ts';
import { conversationId } from '../../core/ids.ts';
import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import type { IsOwner } from './leases.ts';
import { text } from './rows.ts';

/** Writes timers, inside an operation. */
export interface TimerWriter {
  set(partition: Partition, conversation: ConversationId, name: string, dueAt: number): void;
  clear(conversation: ConversationId, name: string): void;
  drop(conversation: ConversationId): void;
}

/** The writing side of timers. */
export function createTimerWriter(engine: Engine): TimerWriter {
  const set = engine.prepare(`INSERT OR REPLACE INTO timers (conversation, name, partition, due_at)
    VALUES (?, ?, ?, ?)`);
  const clear = engine.prepare('DELETE FROM timers WHERE conversation = ? AND name = ?');
  const drop = engine.prepare('DELETE FROM timers WHERE conversation = ?');
  return {
    set: (partition, conversation, name, dueAt) => {
      set.run(conversation, name, partition, dueAt);
    },
    clear: (conversation, name) => {
      clear.run(conversation, name);
    },
    drop: (conversation) => {
      drop.run(conversation);
    },
  };
}

/** Timers that are due: looked for with one read, moved by one operation, which looks again. */
export function createTimers(
  engine: Engine,
  isOwner: IsOwner,
  timers: TimerWriter,
): Pick<Store, 'fireTimers'> {
  const findDue = engine.prepare(`SELECT conversation, name FROM timers WHERE partition = ? AND due_at <= ?
    ORDER BY due_at LIMIT ?`);
  const insert = engine.prepare(`INSERT INTO mailbox (place, partition, conversation, at, urgent, timer)
    VALUES (?, ?, ?, ?, 0, ?)`);
  return {
    fireTimers: async (partition, lease, now, limit) => {
      const most = Math.max(0, limit);
      const isAnyDue = await engine.read(() => findDue.get(partition, now, most) !== undefined);
      if (!isAnyDue) return 0;
      return engine.write(() => {
        if (!isOwner(partition, lease)) return 0;
        const due = findDue.all(partition, now, most);
        for (const row of due) {
          const conversation = conversationId(text(row, 'conversation'));
          const name = text(row, 'name');
          timers.clear(conversation, name);
          const place = engine.places.next();
          insert.run(place, partition, conversation, now, name);
          engine.news.appended(partition, place);
        }
        return due.length;
      });
    },
  };
}
