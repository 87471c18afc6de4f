import { partition } from '../../core/ids.ts';
import type { Store, StoredEvent } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { toEvent } from './mailbox.ts';
import { asBuffer } from './packing.ts';
import { bytes, integer, list, streamEntry, text } from './reply.ts';

/** Most entries kept in one partition's quarantine; the oldest go first. */
const mostKept = 10_000;

type Poison = Pick<Store, 'countAttempt' | 'survived' | 'quarantineEvent' | 'quarantine' | 'listQuarantine'>;

/** Events that kill turns, and webhooks nobody can read (those lie in the first partition). */
export function createPoison(engine: Engine): Poison {
  const { commands } = engine.connections;
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
        [keys.lease, keys.inbox, keys.waits(event.conversationId), keys.attempts, keys.quarantine],
        [lease, id, event.at, reason, bodyOf(event), mostKept],
      );
      await engine.replicated();
      return integer(reply) === 1;
    },
    quarantine: async ({ source, at, reason, body }) => {
      const key = engine.keys(partition(0)).quarantine;
      const fields = ['s', source, 'a', at, 'r', reason, 'b', asBuffer(body)];
      await guarded(() => commands.xadd(key, 'MAXLEN', '~', mostKept, '*', ...fields));
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
