import type { Partition } from '../../core/ids.ts';
import { partition } from '../../core/ids.ts';
import type { Store, StoredEvent } from '../../core/store.ts';
import { mostQuarantined } from '../limits.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { toEvent } from './mailbox.ts';
import { asBuffer } from './packing.ts';
import { bytes, integer, list, streamEntry, text } from './reply.ts';

type Poison = Pick<Store, 'countAttempt' | 'survived' | 'quarantineEvent' | 'quarantine' | 'listQuarantine'>;

/** The partition in which webhooks lie. */
const webhooksAt = partition(0);

/** Half of the room is for webhooks; the other half is shared by the partitions for their events. */
const roomOf = (of: Partition, most: number, partitions: number): number =>
  Math.floor(most / 2 / partitions + (of === webhooksAt ? most / 2 : 0));

/** Events that kill turns, and webhooks nobody can read. */
export function createPoison(engine: Engine, mostBytes: number = mostQuarantined.bytes): Poison {
  const { commands } = engine.connections;
  const mostIn = (of: Partition): readonly number[] =>
    [mostQuarantined.entries, mostBytes].map((most) => roomOf(of, most, engine.partitions));
  return {
    countAttempt: async (of, eventId, what) => {
      const keys = engine.keys(of);
      const reply = await engine.run('count-attempt', [keys.attempts, keys.inbox], [eventId, what]);
      const [alone, threw] = list(reply);
      return { alone: integer(alone), threw: integer(threw) };
    },
    survived: async (of, eventId) => {
      await engine.run('survived', [engine.keys(of).attempts], [eventId]);
    },
    quarantineEvent: async (of, lease, id, reason) => {
      const keys = engine.keys(of);
      const [entry] = await guarded(() => commands.xrangeBuffer(keys.inbox, id, id));
      if (entry === undefined) return false;
      const event = toEvent(of, entry);
      const reply = await engine.run(
        'quarantine-event',
        [
          keys.lease,
          keys.inbox,
          keys.waits(event.conversationId),
          keys.attempts,
          keys.quarantine,
          keys.quarantined,
        ],
        [lease, id, event.at, reason, bodyOf(event), ...mostIn(of)],
      );
      await engine.replicated();
      return integer(reply) === 1;
    },
    quarantine: async ({ source, at, reason, body }) => {
      const keys = engine.keys(webhooksAt);
      const args = [...mostIn(webhooksAt), source, at, reason, asBuffer(body)];
      await engine.run('quarantine', [keys.quarantine, keys.quarantined], args);
      await engine.replicated();
    },
    listQuarantine: async (limit) => {
      if (limit < 1) return [];
      const pages = await guarded(() =>
        Promise.all(
          engine.every.map((one) =>
            commands.xrevrangeBuffer(engine.keys(one).quarantine, '+', '-', 'COUNT', limit),
          ),
        ),
      );
      return pages
        .flatMap((page) => page.map(toQuarantined))
        .toSorted((left, right) => right.at - left.at)
        .slice(0, limit);
    },
  };
}

const bodyOf = (event: StoredEvent): Buffer =>
  event.body === undefined ? Buffer.from(event.timer ?? '') : asBuffer(event.body);

function toQuarantined(entry: unknown) {
  const { fields } = streamEntry(entry);
  const source = text(fields.get('s')) === 'event' ? ('event' as const) : ('webhook' as const);
  return {
    source,
    at: integer(fields.get('a')),
    reason: text(fields.get('r')),
    body: bytes(fields.get('b')),
  };
}
