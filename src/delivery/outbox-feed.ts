import { StoreUnavailable } from '../core/errors.ts';
import { outboxId, type OutboxId, type Partition } from '../core/ids.ts';
import type { StoredOutboxEntry } from '../core/store.ts';
import type { DeliveryParts } from './parts.ts';
import { openOutbox } from './sealing.ts';
import { pendingOf, type Pending } from './send-message.ts';
import type { StateCache } from './state-cache.ts';
import { nameOf, type HeldPartition, type Outgoing } from './turn-runner.ts';

interface Source {
  readonly held: HeldPartition;
  /** Handed to the sender and not settled yet. */
  readonly inMemory: Set<OutboxId>;
  /** How far the pages were read. */
  last: OutboxId;
  /** More stands in the store than in memory: read on when there is room. */
  isBehind: boolean;
  isReading: boolean;
  /** Something was committed while a page was being read. */
  missed: boolean;
  /** The next page is the first again. */
  fromStart: boolean;
}

const pageSize = 500;
const most = 1_000;
const roomAt = 200;
const retryPause = 500;
const start = outboxId('0-0');

/** Hands outbox entries to the sender, in order, and keeps what waits in memory bounded. */
export class OutboxFeed {
  readonly #parts: DeliveryParts;
  readonly #cache: StateCache;
  readonly #enqueue: (pending: Pending) => void;
  readonly #sources = new Map<Partition, Source>();

  constructor(parts: DeliveryParts, cache: StateCache, enqueue: (pending: Pending) => void) {
    this.#parts = parts;
    this.#cache = cache;
    this.#enqueue = enqueue;
  }

  /** What a commit has just written. Commits side by side may come out of order; nothing is passed over for that. */
  add(outgoing: readonly Outgoing[]): void {
    for (const one of outgoing) {
      const source = this.#sourceOf(one.held);
      if (source.isBehind || source.inMemory.size >= most) this.#fallBehind(source, !source.isBehind);
      else if (!source.inMemory.has(one.outboxId)) this.#take(source, pendingOf(one, undefined, 0));
    }
  }

  /** What the owner before left behind. */
  async recover(held: HeldPartition): Promise<void> {
    const source = this.#sourceOf(held);
    source.isBehind = true;
    await this.#readOn(source);
  }

  /** After a commit whose answer was lost: what it wrote stands in the store and nowhere else. */
  reread(held: HeldPartition): void {
    this.#fallBehind(this.#sourceOf(held), true);
  }

  /** One entry less in memory. */
  settled({ held, outboxId: id }: Outgoing): void {
    const source = this.#sources.get(held.partition);
    if (source?.held !== held) return;
    source.inMemory.delete(id);
    if (source.isBehind && source.inMemory.size <= roomAt) this.#readSoon(source);
  }

  drop(partition: Partition): void {
    this.#sources.delete(partition);
  }

  isIdle(partition: Partition): boolean {
    const source = this.#sources.get(partition);
    return source === undefined || (source.inMemory.size === 0 && !source.isBehind);
  }

  #sourceOf(held: HeldPartition): Source {
    const known = this.#sources.get(held.partition);
    if (known?.held === held) return known;
    const source = {
      held,
      inMemory: new Set<OutboxId>(),
      last: start,
      isBehind: false,
      isReading: false,
      missed: false,
      fromStart: true,
    };
    this.#sources.set(held.partition, source);
    return source;
  }

  #fallBehind(source: Source, fromStart: boolean): void {
    source.isBehind = true;
    source.missed = true;
    if (fromStart) source.fromStart = true;
    this.#readSoon(source);
  }

  #take(source: Source, pending: Pending): void {
    source.inMemory.add(pending.outgoing.outboxId);
    this.#enqueue(pending);
  }

  #readSoon(source: Source): void {
    const { log, clock } = this.#parts;
    this.#readOn(source).catch((cause: unknown) => {
      const { partition } = source.held;
      log.warn({ event: 'outbox-unread', partition, error: nameOf(cause) });
      clock.after(retryPause, () => {
        if (this.#sources.get(partition) === source) this.#readSoon(source);
      });
    });
  }

  async #readOn(source: Source): Promise<void> {
    if (source.isReading) return;
    source.isReading = true;
    try {
      while (source.isBehind && source.held.held && source.inMemory.size <= roomAt) {
        source.missed = false;
        if (source.fromStart) source.last = start;
        source.fromStart = false;
        source.isBehind = (await this.#readPage(source)) || hasMissed(source);
      }
    } finally {
      source.isReading = false;
    }
  }

  /** Whether there is another page. */
  async #readPage(source: Source): Promise<boolean> {
    const page = await this.#parts.store.readOutbox(source.held.partition, source.last, pageSize);
    for (const stored of page) {
      if (!source.inMemory.has(stored.outboxId)) {
        const pending = await opened(this.#parts, this.#cache, source.held, stored);
        if (pending !== undefined) this.#take(source, pending);
      }
      source.last = stored.outboxId;
    }
    return page.length === pageSize;
  }
}

/** Asked anew: it changes while a page is read. */
const hasMissed = (source: Source): boolean => source.missed;

/** Undefined for an entry that nobody can open any more: its person was erased, the entry is cleared away. */
async function opened(
  parts: DeliveryParts,
  cache: StateCache,
  held: HeldPartition,
  stored: StoredOutboxEntry,
): Promise<Pending | undefined> {
  const { conversationId } = stored;
  try {
    const { key } = await cache.get(conversationId);
    const entry = openOutbox(parts.vault, key, conversationId, stored.body);
    const outgoing = { held, conversationId, outboxId: stored.outboxId, entry };
    return pendingOf(outgoing, stored.mark, parts.clock.monotonic());
  } catch (cause) {
    // Whatever else it is, it must not keep the rest of the partition from going out.
    if (cause instanceof StoreUnavailable) throw cause;
    parts.log.error({ event: 'outbox-unreadable', partition: held.partition, error: nameOf(cause) });
    await parts.store.settle(held.partition, stored.outboxId);
    return undefined;
  }
}
