import type { Partition } from '../../core/ids.ts';
import { conversationId, eventId } from '../../core/ids.ts';
import type { Store, StoredEvent } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { unpackState } from './packing.ts';
import { bytes, integer, list, streamEntry, text } from './reply.ts';

/** Reads an entry of an inbox stream. */
export function toEvent(partition: Partition, entry: unknown): StoredEvent {
  const { id, fields } = streamEntry(entry);
  const body = fields.get('b');
  const timer = fields.get('t');
  return {
    partition,
    eventId: eventId(id),
    conversationId: conversationId(text(fields.get('c'))),
    at: integer(fields.get('a')),
    urgent: text(fields.get('u')) === '1',
    ...(body === undefined ? {} : { body }),
    ...(timer === undefined ? {} : { timer: timer.toString() }),
  };
}

/**
 * The mailbox by conversation. A list of waiting ids for each conversation is written inside the scripts that run
 * anyway (accept, commit, timers): no round trip more, nothing kept while nothing waits, and a hurried conversation
 * is found at once behind a hundred thousand events of others.
 */
export function createMailbox(
  engine: Engine,
): Pick<Store, 'takeHurried' | 'waitingEvents' | 'loadState' | 'oldestWaiting'> {
  return {
    takeHurried: async (partitions) => {
      const groups = engine.groups(partitions);
      const replies = await Promise.all(
        groups.map((group) =>
          engine.run(
            'take-hurried',
            group.map((one) => engine.keys(one).hurry),
            [],
          ),
        ),
      );
      return replies.flatMap((reply) => list(reply).map((id) => conversationId(text(id))));
    },
    waitingEvents: async (conversation, limit) => {
      if (limit < 1) return [];
      const partition = engine.partitionOf(conversation);
      const keys = engine.keys(partition);
      const reply = await engine.run('waiting-events', [keys.inbox, keys.waits(conversation)], [limit]);
      return list(reply).map((entry) => toEvent(partition, entry));
    },
    loadState: async (conversation) => {
      const key = engine.keys(engine.partitionOf(conversation)).state(conversation);
      const packed = await guarded(() => engine.connections.commands.getBuffer(key));
      return packed === null ? undefined : unpackState(bytes(packed));
    },
    oldestWaiting: async () => {
      const { commands } = engine.connections;
      const firsts = await guarded(() =>
        Promise.all(
          engine.every.map(async (partition) => {
            const [first] = await commands.xrangeBuffer(engine.keys(partition).inbox, '-', '+', 'COUNT', 1);
            return first === undefined ? Infinity : toEvent(partition, first).at;
          }),
        ),
      );
      const oldest = Math.min(...firsts);
      return oldest === Infinity ? undefined : oldest;
    },
  };
}
