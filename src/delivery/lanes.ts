import { compareStreamIds, type ConversationId, type EventId, type Partition } from '../core/ids.ts';
import type { StoredEvent } from '../core/store.ts';
import type { HeldPartition } from './turn-runner.ts';

/** How an event is run: `quiet` applies it without sending, `alone` while nothing else runs. */
export interface RunOptions {
  readonly quiet: boolean;
  readonly alone: boolean;
}

/** Settles one event by itself; never rejects. */
export type RunEvent = (held: HeldPartition, event: StoredEvent, options: RunOptions) => Promise<void>;

interface Lane {
  readonly held: HeldPartition;
  readonly conversationId: ConversationId;
  queue: StoredEvent[];
  running: EventId | undefined;
  /** The first event may have killed the owner before: it runs alone. */
  suspect: EventId | undefined;
}

/** Turns under way at once; beyond that more parallelism only costs memory. */
const maximumRunning = 64;
/** Places kept for people in danger. */
const urgentPlaces = 8;

/** Runs events: in order within a conversation, side by side across conversations, people in danger first. */
export class Lanes {
  readonly #run: RunEvent;
  readonly #lanes = new Map<ConversationId, Lane>();
  readonly #ready = new Set<Lane>();
  readonly #urgent = new Set<Lane>();
  readonly #suspects = new Set<Lane>();
  /** Taken in by `hurry` before the cursor came to them. */
  readonly #early = new WeakMap<HeldPartition, Set<EventId>>();
  #waiters: { readonly limit: number; readonly resolve: () => void }[] = [];
  #running = 0;
  #isRunningAlone = false;
  #count = 0;

  constructor(run: RunEvent) {
    this.#run = run;
  }

  /** Events waiting or running. */
  get size(): number {
    return this.#count;
  }

  /** Takes in an event read from the mailbox, in mailbox order; `go` runs what was taken in. */
  add(held: HeldPartition, event: StoredEvent): void {
    if (this.#wasEarly(held, event.eventId)) return;
    const lane = this.#laneOf(held, event.conversationId);
    this.#suspect(lane, event);
    lane.queue.push(event);
    this.#count += 1;
    this.#makeReady(lane);
  }

  /** Runs what is ready. After all that was read together: an urgent event tells how those before it are run. */
  go(): void {
    this.#pump();
  }

  /** Takes in all waiting events of a conversation with an urgent one among them: it goes before all others. */
  hurry(held: HeldPartition, events: readonly StoredEvent[]): void {
    const conversationId = events[0]?.conversationId;
    if (conversationId === undefined) return;
    const lane = this.#laneOf(held, conversationId);
    const known = new Set(lane.queue.map((event) => event.eventId));
    const early = this.#early.get(held) ?? new Set();
    const added = events.filter(
      ({ eventId }) =>
        !known.has(eventId) && !early.has(eventId) && compareStreamIds(eventId, held.cursor) > 0,
    );
    for (const { eventId } of added) early.add(eventId);
    this.#early.set(held, early);
    lane.queue = [...lane.queue, ...added].sort((left, right) =>
      compareStreamIds(left.eventId, right.eventId),
    );
    this.#count += added.length;
    this.#makeReady(lane);
    if (lane.queue.length === 0) this.#forget(lane);
    this.#pump();
  }

  isIdle(partition: Partition): boolean {
    return ![...this.#lanes.values()].some((lane) => lane.held.partition === partition);
  }

  /** Forgets what waits; what runs will find its lease gone. */
  dropPartition(partition: Partition): void {
    for (const lane of [...this.#lanes.values()]) {
      if (lane.held.partition !== partition) continue;
      this.#count -= lane.queue.length;
      lane.queue = [];
      this.#forget(lane);
    }
  }

  /** Resolves when fewer than this many wait or run. */
  whenBelow(limit: number): Promise<void> {
    if (this.#count < limit) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters.push({ limit, resolve });
    });
  }

  /** Ids are places within one partition: two partitions may give the same one. */
  #wasEarly(held: HeldPartition, eventId: EventId): boolean {
    const early = this.#early.get(held);
    if (early === undefined) return false;
    // What the cursor passed was settled before it came there.
    for (const passed of early) if (compareStreamIds(passed, eventId) < 0) early.delete(passed);
    return early.delete(eventId);
  }

  #laneOf(held: HeldPartition, conversationId: ConversationId): Lane {
    const known = this.#lanes.get(conversationId);
    if (known?.held === held) return known;
    const lane: Lane = { held, conversationId, queue: [], running: undefined, suspect: undefined };
    this.#lanes.set(conversationId, lane);
    return lane;
  }

  /** Only the first waiting event of a conversation can have been running when the owner before died. */
  #suspect(lane: Lane, event: StoredEvent): void {
    const { held } = lane;
    if (held.suspectsLeft === 0) return;
    const isFromBefore = event.at < held.since;
    held.suspectsLeft = isFromBefore ? held.suspectsLeft - 1 : 0;
    if (isFromBefore && lane.queue.length === 0 && lane.running === undefined) lane.suspect = event.eventId;
  }

  #makeReady(lane: Lane): void {
    this.#ready.delete(lane);
    if (lane.running !== undefined || lane.queue.length === 0) return;
    if (lane.suspect !== undefined && lane.queue[0]?.eventId === lane.suspect) this.#suspects.add(lane);
    else if (lane.queue.some((event) => event.urgent)) this.#urgent.add(lane);
    else this.#ready.add(lane);
  }

  #forget(lane: Lane): void {
    for (const set of [this.#ready, this.#urgent, this.#suspects]) set.delete(lane);
    const isCurrent = this.#lanes.get(lane.conversationId) === lane;
    if (lane.running === undefined && isCurrent) this.#lanes.delete(lane.conversationId);
  }

  #pump(): void {
    while (!this.#isRunningAlone) {
      const suspect = first(this.#suspects);
      if (suspect !== undefined) {
        if (this.#running > 0) return;
        this.#suspects.delete(suspect);
        this.#start(suspect, true);
        return;
      }
      const pressing = first(this.#urgent);
      const lane = pressing ?? first(this.#ready);
      const places = maximumRunning + (pressing === undefined ? 0 : urgentPlaces);
      if (lane === undefined || this.#running >= places) return;
      this.#urgent.delete(lane);
      this.#ready.delete(lane);
      this.#start(lane, false);
    }
  }

  #start(lane: Lane, alone: boolean): void {
    const event = lane.queue.shift();
    if (event === undefined) return;
    this.#running += 1;
    this.#isRunningAlone = alone;
    lane.running = event.eventId;
    if (alone) lane.suspect = undefined;
    const quiet = !event.urgent && lane.queue.some((later) => later.urgent);
    void this.#run(lane.held, event, { quiet, alone }).finally(() => {
      this.#finish(lane, alone);
    });
  }

  #finish(lane: Lane, alone: boolean): void {
    this.#running -= 1;
    this.#count -= 1;
    if (alone) this.#isRunningAlone = false;
    lane.running = undefined;
    if (lane.queue.length === 0) this.#forget(lane);
    else this.#makeReady(lane);
    const free = this.#waiters.filter((waiter) => this.#count < waiter.limit);
    if (free.length > 0) this.#waiters = this.#waiters.filter((waiter) => this.#count >= waiter.limit);
    for (const waiter of free) waiter.resolve();
    this.#pump();
  }
}

function first<Value>(set: ReadonlySet<Value>): Value | undefined {
  for (const value of set) return value;
  return undefined;
}
