import { compareStreamIds, outboxId, type OutboxId, type Partition } from '../core/ids.ts';
import type { StoredOutboxEntry } from '../core/store.ts';
import type { DeliveryParts } from './parts.ts';
import { openOutbox } from './sealing.ts';
import { pendingOf, type Pending } from './send-message.ts';
import type { StateCache } from './state-cache.ts';
import { nameOf, type HeldPartition, type Outgoing } from './turn-runner.ts';

/** Hands outbox entries to the sender, in order, and keeps what waits in memory bounded. */
export interface OutboxFeed {
  add(outgoing: readonly Outgoing[]): void;
  recover(held: HeldPartition): Promise<void>;
  /** One entry less in memory. */
  settled(held: HeldPartition): void;
  drop(partition: Partition): void;
  isIdle(partition: Partition): boolean;
}

interface Source {
  readonly held: HeldPartition;
  inMemory: number;
  last: OutboxId;
  /** More stands in the store than in memory: read on when there is room. */
  isBehind: boolean;
  isReading: boolean;
  /** Something was committed while a page was being read. */
  missed: boolean;
}

const pageSize = 500;
const most = 1_000;
const roomAt = 200;
const start = outboxId('0-0');

export function createOutboxFeed(
  parts: DeliveryParts,
  cache: StateCache,
  enqueue: (pending: Pending) => void,
): OutboxFeed {
  const sources = new Map<Partition, Source>();

  const sourceOf = (held: HeldPartition): Source => {
    const known = sources.get(held.partition);
    if (known?.held === held) return known;
    const source = { held, inMemory: 0, last: start, isBehind: false, isReading: false, missed: false };
    sources.set(held.partition, source);
    return source;
  };

  const take = (source: Source, pending: Pending): void => {
    source.inMemory += 1;
    source.last = pending.outgoing.outboxId;
    enqueue(pending);
  };

  const readOn = async (source: Source): Promise<void> => {
    if (source.isReading) return;
    source.isReading = true;
    try {
      while (source.isBehind && source.held.held && source.inMemory <= roomAt) {
        source.missed = false;
        const page = await parts.store.readOutbox(source.held.partition, source.last, pageSize);
        for (const stored of page) {
          const pending = await opened(parts, cache, source.held, stored);
          if (pending === undefined) source.last = stored.outboxId;
          else take(source, pending);
        }
        if (page.length < pageSize && !source.missed) source.isBehind = false;
      }
    } finally {
      source.isReading = false;
    }
  };

  const readSoon = (source: Source): void => {
    readOn(source).catch((cause: unknown) => {
      parts.log.warn({ event: 'outbox-unread', partition: source.held.partition, error: nameOf(cause) });
    });
  };

  return {
    add: (outgoing) => {
      for (const one of outgoing) {
        const source = sourceOf(one.held);
        if (source.isBehind || source.inMemory >= most) {
          source.isBehind = true;
          source.missed = true;
          readSoon(source);
        } else if (compareStreamIds(one.outboxId, source.last) > 0) {
          take(source, { outgoing: one, notBefore: 0, doubts: 0, refusals: 0 });
        }
      }
    },
    recover: async (held) => {
      const source = sourceOf(held);
      source.isBehind = true;
      await readOn(source);
    },
    settled: (held) => {
      const source = sources.get(held.partition);
      if (source?.held !== held) return;
      source.inMemory -= 1;
      if (source.isBehind && source.inMemory <= roomAt) readSoon(source);
    },
    drop: (partition) => {
      sources.delete(partition);
    },
    isIdle: (partition) => {
      const source = sources.get(partition);
      return source === undefined || (source.inMemory === 0 && !source.isBehind);
    },
  };
}

/** Undefined for an entry that nobody can open any more: its person was erased, the entry is cleared away. */
async function opened(
  parts: DeliveryParts,
  cache: StateCache,
  held: HeldPartition,
  stored: StoredOutboxEntry,
): Promise<Pending | undefined> {
  const { conversationId } = stored;
  const { key } = await cache.get(conversationId);
  try {
    const entry = openOutbox(parts.vault, key, conversationId, stored.body);
    const outgoing = { held, conversationId, outboxId: stored.outboxId, entry };
    return pendingOf(outgoing, stored.mark, parts.clock.now());
  } catch (cause) {
    parts.log.error({ event: 'outbox-unreadable', partition: held.partition, error: nameOf(cause) });
    await parts.store.settle(held.partition, stored.outboxId);
    return undefined;
  }
}
