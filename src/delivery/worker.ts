import { partitionOf, type WorkerId } from '../core/ids.ts';
import { createLanes } from './lanes.ts';
import { createLeaseKeeper } from './lease-keeper.ts';
import type { DeliveryParts } from './parts.ts';
import { pause } from './pause.ts';
import { createEventProcessor, type Post } from './process-event.ts';
import { createSender } from './sender.ts';
import { createStateCache } from './state-cache.ts';
import { nameOf } from './turn-runner.ts';

/** A process's share of the turns. */
export interface Worker {
  start(): void;
  /** Stops taking on work, finishes what is under way within the time, gives the partitions back. */
  stop(graceMs: number): Promise<void>;
  readonly partitionsHeld: () => number;
  /** Events and messages in memory. */
  readonly waiting: () => { readonly events: number; readonly messages: number };
}

const readLimit = 256;
const readWait = 1_000;
const mostInMemory = 1_000;
const hurryPause = 100;
const waitingLimit = 200;
const beatInterval = 3_000;
const timerInterval = 1_000;
const timersAtOnce = 100;
const dayInterval = 60 * 60 * 1_000;
const dayLength = 24 * 60 * 60 * 1_000;
const keptDays = 9;
const retryPause = 300;

/** Reads the mailboxes of its partitions, runs the turns, sends what they decided. */
export function createWorker(parts: DeliveryParts, post: Post, worker: WorkerId): Worker {
  const { store, clock, log } = parts;
  const cache = createStateCache(parts);
  const sender = createSender(parts, cache, post);
  const process = createEventProcessor({
    parts,
    cache,
    post,
    send: (outgoing) => {
      sender.add(outgoing);
    },
    giveUp: (held) => {
      keeper.giveUp(held);
    },
  });
  const lanes = createLanes(process);
  const keeper = createLeaseKeeper(parts, {
    worker,
    onAcquired: (held) => {
      cache.clear();
      return sender.recover(held);
    },
    onLost: (partition) => {
      lanes.dropPartition(partition);
      sender.dropPartition(partition);
      cache.clear();
    },
    isIdle: (partition) => lanes.isIdle(partition) && sender.isIdle(partition),
  });
  let running = false;
  const loops: Promise<void>[] = [];

  const every = async (ms: number, act: () => Promise<void>): Promise<void> => {
    while (running) {
      await act().catch((cause: unknown) => {
        log.warn({ event: 'worker-loop', error: nameOf(cause) });
      });
      await sleep(ms);
    }
  };
  const wakers = new Set<() => void>();
  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        cancel();
        wakers.delete(done);
        resolve();
      };
      const cancel = clock.after(ms, done);
      wakers.add(done);
    });

  const hurry = async (): Promise<void> => {
    const conversations = await store.takeHurried([...keeper.held.keys()]);
    for (const conversation of conversations) {
      const held = keeper.held.get(partitionOf(conversation, store.partitions));
      if (held === undefined) continue;
      lanes.hurry(held, await store.waitingEvents(conversation, waitingLimit));
    }
  };

  const readOnce = async (): Promise<void> => {
    while (running && lanes.size() >= mostInMemory) {
      await Promise.race([lanes.whenBelow(mostInMemory), pause(clock, hurryPause)]);
      await hurry();
    }
    if (keeper.held.size === 0) return sleep(hurryPause);
    const before = new Map(keeper.held);
    const cursors = new Map([...before.values()].map((held) => [held.partition, held.cursor]));
    const events = await store.readMailbox(cursors, readLimit, readWait);
    for (const event of events) {
      const held = keeper.held.get(event.partition);
      // Lost, or lost and taken again while reading: its cursor starts anew.
      if (held === undefined || held !== before.get(event.partition)) continue;
      held.cursor = event.eventId;
      lanes.add(held, event);
    }
    if (events.length === readLimit || events.some((event) => event.urgent)) await hurry();
  };

  const readMailboxes = async (): Promise<void> => {
    while (running) {
      try {
        await readOnce();
      } catch (cause) {
        log.warn({ event: 'mailbox-unread', error: nameOf(cause) });
        await sleep(retryPause);
      }
    }
  };

  const fireTimers = async (): Promise<void> => {
    const now = clock.now();
    await Promise.all(
      [...keeper.held.values()].map((held) =>
        store.fireTimers(held.partition, held.lease, now, timersAtOnce),
      ),
    );
  };

  return {
    start: () => {
      running = true;
      loops.push(
        every(beatInterval, () => keeper.tick()),
        every(timerInterval, fireTimers),
        every(dayInterval, () => store.destroyDaysBefore(Math.floor(clock.now() / dayLength) - keptDays + 1)),
        readMailboxes(),
      );
    },
    stop: async (graceMs) => {
      running = false;
      store.wakeReader();
      for (const wake of [...wakers]) wake();
      await Promise.all(loops);
      await Promise.race([lanes.whenBelow(1), pause(clock, graceMs)]);
      await sender.settle(graceMs);
      await keeper.releaseAll();
    },
    partitionsHeld: () => keeper.held.size,
    waiting: () => ({ events: lanes.size(), messages: sender.size() }),
  };
}
