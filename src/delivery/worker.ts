import { partitionOf, type WorkerId } from '../core/ids.ts';
import { Lanes } from './lanes.ts';
import { LeaseKeeper } from './lease-keeper.ts';
import { Loops } from './loops.ts';
import type { DeliveryParts } from './parts.ts';
import { atMost } from './pause.ts';
import { createEventProcessor, type Post } from './process-event.ts';
import { Sender } from './sender.ts';
import { createStateCache, type StateCache } from './state-cache.ts';

const readLimit = 256;
const readWait = 1_000;
const mostInMemory = 1_000;
const hurryPause = 100;
const waitingLimit = 200;
const usualLease = 10_000;
/** Three beats within a lease: two may fail. */
const beatsInLease = 0.3;
const timerInterval = 1_000;
const timersAtOnce = 100;
const dayInterval = 60 * 60 * 1_000;
const dayLength = 24 * 60 * 60 * 1_000;
/** Longer than a provider repeats a message (architecture.md 4, Deduplication). */
const keptDays = 9;

/** A process's share of the turns: reads the mailboxes of its partitions, runs the turns, sends what they decided. */
export class Worker {
  readonly #parts: DeliveryParts;
  readonly #cache: StateCache;
  readonly #sender: Sender;
  readonly #lanes: Lanes;
  readonly #keeper: LeaseKeeper;
  readonly #loops: Loops;

  constructor(parts: DeliveryParts, post: Post, worker: WorkerId) {
    this.#parts = parts;
    this.#cache = createStateCache(parts);
    this.#sender = new Sender(parts, this.#cache, post);
    this.#keeper = new LeaseKeeper(parts, {
      worker,
      onAcquired: (held) => {
        this.#cache.clear();
        return this.#sender.recover(held);
      },
      onLost: (partition) => {
        this.#lanes.dropPartition(partition);
        this.#sender.dropPartition(partition);
        this.#cache.clear();
      },
      isIdle: (partition) => this.#lanes.isIdle(partition) && this.#sender.isIdle(partition),
    });
    const send: Parameters<typeof createEventProcessor>[0]['send'] = (outgoing) => {
      this.#sender.add(outgoing);
    };
    this.#lanes = new Lanes(
      createEventProcessor({
        parts,
        cache: this.#cache,
        post,
        send,
        reread: (held) => {
          this.#sender.reread(held);
        },
        giveUp: (held) => {
          this.#keeper.giveUp(held);
        },
      }),
    );
    this.#loops = new Loops(parts.clock, parts.log);
  }

  get partitionsHeld(): number {
    return this.#keeper.held.size;
  }

  /** In memory: events not yet committed, conversations with messages not yet sent. */
  get waiting(): { readonly events: number; readonly messages: number } {
    return { events: this.#lanes.size, messages: this.#sender.size };
  }

  start(): void {
    const lease = this.#parts.leaseMs ?? usualLease;
    this.#loops.every(lease * beatsInLease, () => this.#keeper.tick());
    this.#loops.every(timerInterval, () => this.#fireTimers());
    this.#loops.every(dayInterval, () => this.#destroyOldDays());
    this.#loops.every(0, () => this.#read());
  }

  /** Stops taking on work, finishes what is under way within the time, gives the partitions back. */
  async stop(graceMs: number): Promise<void> {
    const { store, clock } = this.#parts;
    this.#loops.stop();
    store.wakeReader();
    await this.#loops.ended();
    await atMost(clock, graceMs, this.#lanes.whenBelow(1));
    await this.#sender.settle(graceMs);
    await this.#keeper.releaseAll();
  }

  async #read(): Promise<void> {
    while (this.#loops.isRunning && this.#lanes.size >= mostInMemory) {
      await atMost(this.#parts.clock, hurryPause, this.#lanes.whenBelow(mostInMemory));
      await this.#hurry();
    }
    if (this.#keeper.held.size === 0) {
      await this.#loops.sleep(hurryPause);
      return;
    }
    const before = new Map(this.#keeper.held);
    const cursors = new Map([...before.values()].map((held) => [held.partition, held.cursor]));
    const events = await this.#parts.store.readMailbox(cursors, readLimit, readWait);
    for (const event of events) {
      const held = this.#keeper.held.get(event.partition);
      // Lost, or lost and taken again while reading: its cursor starts anew.
      if (held === undefined || held !== before.get(event.partition)) continue;
      held.cursor = event.eventId;
      this.#lanes.add(held, event);
    }
    this.#lanes.go();
    if (events.length === readLimit || events.some((event) => event.urgent)) await this.#hurry();
  }

  async #hurry(): Promise<void> {
    const { store } = this.#parts;
    for (const conversation of await store.takeHurried([...this.#keeper.held.keys()])) {
      const events = await store.waitingEvents(conversation, waitingLimit);
      const held = this.#keeper.held.get(partitionOf(conversation, store.partitions));
      if (held !== undefined) this.#lanes.hurry(held, events);
    }
  }

  async #fireTimers(): Promise<void> {
    const { store, clock } = this.#parts;
    const now = clock.now();
    const held = [...this.#keeper.held.values()];
    await Promise.all(held.map((one) => store.fireTimers(one.partition, one.lease, now, timersAtOnce)));
  }

  async #destroyOldDays(): Promise<void> {
    const today = Math.floor(this.#parts.clock.now() / dayLength);
    await this.#parts.store.destroyDaysBefore(today - keptDays + 1);
  }
}
