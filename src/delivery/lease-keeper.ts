import { StoreUnavailable } from '../core/errors.ts';
import { eventId, type Partition, type WorkerId } from '../core/ids.ts';
import { partitionsOf } from '../core/rendezvous.ts';
import type { DeliveryParts } from './parts.ts';
import { nameOf, type HeldPartition } from './turn-runner.ts';

interface KeeperOptions {
  readonly worker: WorkerId;
  /** Before the partition's events are read. */
  readonly onAcquired: (held: HeldPartition) => Promise<void>;
  readonly onLost: (partition: Partition) => void;
  readonly isIdle: (partition: Partition) => boolean;
}

/** Events of a crashed owner that may have killed it, at most, for each partition. */
const maximumSuspects = 64;
const start = eventId('0-0');

/** Keeps asking the store which partitions are ours; the store alone decides. */
export class LeaseKeeper {
  readonly #parts: Pick<DeliveryParts, 'store' | 'clock' | 'log'>;
  readonly #options: KeeperOptions;
  readonly #held = new Map<Partition, HeldPartition>();
  #isStopped = false;

  constructor(parts: Pick<DeliveryParts, 'store' | 'clock' | 'log'>, options: KeeperOptions) {
    this.#parts = parts;
    this.#options = options;
  }

  get held(): ReadonlyMap<Partition, HeldPartition> {
    return this.#held;
  }

  /** Beats, renews, takes what is ours and free, gives back what is another's and idle. Never rejects. */
  async tick(): Promise<void> {
    if (this.#isStopped) return;
    try {
      await this.#balance();
    } catch (cause) {
      const event = cause instanceof StoreUnavailable ? 'store-unavailable' : 'lease-failed';
      this.#parts.log.warn({ event, error: nameOf(cause) });
    }
  }

  /** Gives a partition up at once; the next tick may take it again. */
  giveUp(lost: HeldPartition): void {
    if (this.#held.get(lost.partition) !== lost) return;
    // Without this nobody could take it before the lease runs out.
    this.#release(lost).catch((cause: unknown) => {
      this.#parts.log.warn({ event: 'lease-failed', partition: lost.partition, error: nameOf(cause) });
    });
  }

  async releaseAll(): Promise<void> {
    this.#isStopped = true;
    await Promise.allSettled([...this.#held.values()].map((held) => this.#release(held)));
    await this.#parts.store.leave(this.#options.worker);
  }

  async #balance(): Promise<void> {
    const { store } = this.#parts;
    const { worker, isIdle } = this.#options;
    const living = await store.beat(worker);
    if (this.#held.size > 0) {
      const leases = new Map([...this.#held.values()].map((held) => [held.partition, held.lease]));
      for (const partition of await store.renewLeases(leases)) this.#lose(partition);
    }
    const mine = partitionsOf(worker, living, store.partitions);
    const surplus = [...this.#held.values()].filter(
      ({ partition }) => !mine.has(partition) && isIdle(partition),
    );
    await Promise.all(surplus.map((held) => this.#release(held)));
    const missing = [...mine].filter((partition) => !this.#held.has(partition));
    await Promise.all(missing.map((partition) => this.#acquire(partition)));
    if (missing.length > 0) store.wakeReader();
  }

  async #acquire(partition: Partition): Promise<void> {
    const { store, clock, log } = this.#parts;
    const outcome = await store.acquireLease(partition, this.#options.worker);
    if (outcome.kind === 'held') return;
    const held: HeldPartition = {
      partition,
      lease: outcome.lease,
      held: true,
      cursor: start,
      since: clock.now(),
      suspectsLeft: outcome.crashed ? maximumSuspects : 0,
    };
    try {
      await this.#options.onAcquired(held);
    } catch (cause) {
      held.held = false;
      this.#options.onLost(partition);
      await store.releaseLease(partition, held.lease);
      throw cause;
    }
    this.#held.set(partition, held);
    log.debug({ event: 'partition-acquired', partition, outcome: outcome.crashed ? 'after-crash' : 'clean' });
  }

  async #release(held: HeldPartition): Promise<void> {
    this.#lose(held.partition);
    await this.#parts.store.releaseLease(held.partition, held.lease);
  }

  #lose(partition: Partition): void {
    const lost = this.#held.get(partition);
    if (lost === undefined) return;
    lost.held = false;
    this.#held.delete(partition);
    this.#options.onLost(partition);
  }
}
