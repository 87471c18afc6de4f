import { compareStreamIds, type ConversationId, type EventId, type Partition } from '../core/ids.ts';
import type { StoredEvent } from '../core/store.ts';
import type { HeldPartition } from './turn-runner.ts';

/** How an event is run: `quiet` applies it without sending, `alone` while nothing else runs. */
export interface RunOptions {
  readonly quiet: boolean;
  readonly alone: boolean;
}

/** Runs events: in order within a conversation, side by side across conversations. */
export interface Lanes {
  /** An event read from the mailbox, in mailbox order. */
  add(held: HeldPartition, event: StoredEvent): void;
  /** All waiting events of a conversation with an urgent one among them, in order: it goes before all others. */
  hurry(held: HeldPartition, events: readonly StoredEvent[]): void;
  /** Events waiting or running. */
  size(): number;
  isIdle(partition: Partition): boolean;
  dropPartition(partition: Partition): void;
  /** Resolves when fewer than this many wait or run. */
  whenBelow(limit: number): Promise<void>;
}

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

/** `run` settles every event by itself and never rejects. */
export function createLanes(
  run: (held: HeldPartition, event: StoredEvent, options: RunOptions) => Promise<void>,
): Lanes {
  const lanes = new Map<ConversationId, Lane>();
  const ready = new Set<Lane>();
  const urgent = new Set<Lane>();
  const suspects = new Set<Lane>();
  /** Run by `hurry` before the cursor came to them. */
  const early = new Set<EventId>();
  const waiters: { readonly limit: number; readonly resolve: () => void }[] = [];
  let running = 0;
  let runningAlone = false;
  let count = 0;

  const laneOf = (held: HeldPartition, conversationId: ConversationId): Lane => {
    const known = lanes.get(conversationId);
    if (known?.held === held) return known;
    const lane: Lane = { held, conversationId, queue: [], running: undefined, suspect: undefined };
    lanes.set(conversationId, lane);
    return lane;
  };

  const makeReady = (lane: Lane): void => {
    if (lane.running !== undefined || lane.queue.length === 0) return;
    if (lane.suspect !== undefined && lane.queue[0]?.eventId === lane.suspect) suspects.add(lane);
    else if (lane.queue.some((event) => event.urgent)) urgent.add(lane);
    else ready.add(lane);
  };

  const forget = (lane: Lane): void => {
    for (const set of [ready, urgent, suspects]) set.delete(lane);
    if (lane.running === undefined && lanes.get(lane.conversationId) === lane)
      lanes.delete(lane.conversationId);
  };

  const finish = (lane: Lane, alone: boolean): void => {
    running -= 1;
    count -= 1;
    if (alone) runningAlone = false;
    lane.running = undefined;
    if (lane.queue.length === 0) forget(lane);
    else makeReady(lane);
    for (let index = waiters.length - 1; index >= 0; index -= 1) {
      const waiter = waiters[index];
      if (waiter !== undefined && count < waiter.limit) {
        waiters.splice(index, 1);
        waiter.resolve();
      }
    }
    pump();
  };

  const start = (lane: Lane, alone: boolean): void => {
    const event = lane.queue.shift();
    if (event === undefined) return;
    running += 1;
    lane.running = event.eventId;
    if (alone) {
      runningAlone = true;
      lane.suspect = undefined;
    }
    const quiet = !event.urgent && lane.queue.some((later) => later.urgent);
    void run(lane.held, event, { quiet, alone }).finally(() => {
      finish(lane, alone);
    });
  };

  const pump = (): void => {
    while (!runningAlone) {
      const suspect = first(suspects);
      if (suspect !== undefined) {
        if (running > 0) return;
        suspects.delete(suspect);
        start(suspect, true);
        return;
      }
      const pressing = first(urgent);
      const lane = pressing ?? first(ready);
      if (lane === undefined) return;
      if (running >= maximumRunning + (pressing === undefined ? 0 : urgentPlaces)) return;
      urgent.delete(lane);
      ready.delete(lane);
      start(lane, false);
    }
  };

  return {
    add: (held, event) => {
      if (early.delete(event.eventId)) return;
      const lane = laneOf(held, event.conversationId);
      const isFirst = lane.queue.length === 0 && lane.running === undefined;
      if (held.suspectsLeft > 0) {
        held.suspectsLeft = event.at < held.since ? held.suspectsLeft - 1 : 0;
        if (isFirst && event.at < held.since) lane.suspect = event.eventId;
      }
      lane.queue.push(event);
      count += 1;
      ready.delete(lane);
      makeReady(lane);
      pump();
    },
    hurry: (held, events) => {
      const conversationId = events[0]?.conversationId;
      if (conversationId === undefined) return;
      const lane = laneOf(held, conversationId);
      const listed = events.filter((event) => event.eventId !== lane.running && !early.has(event.eventId));
      const known = new Set(lane.queue.map((event) => event.eventId));
      const added = listed.filter(
        (event) => !known.has(event.eventId) && compareStreamIds(event.eventId, held.cursor) > 0,
      );
      for (const event of added) early.add(event.eventId);
      lane.queue = [...lane.queue, ...added].sort((left, right) =>
        compareStreamIds(left.eventId, right.eventId),
      );
      count += added.length;
      ready.delete(lane);
      makeReady(lane);
      if (lane.queue.length === 0) forget(lane);
      pump();
    },
    size: () => count,
    isIdle: (partition) => ![...lanes.values()].some((lane) => lane.held.partition === partition),
    dropPartition: (partition) => {
      for (const lane of [...lanes.values()]) {
        if (lane.held.partition !== partition) continue;
        count -= lane.queue.length;
        lane.queue = [];
        forget(lane);
      }
    },
    whenBelow: (limit) =>
      count < limit
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiters.push({ limit, resolve });
          }),
  };
}

function first<Value>(set: ReadonlySet<Value>): Value | undefined {
  for (const value of set) return value;
  return undefined;
}
