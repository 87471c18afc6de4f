import { StoreUnavailable } from '../core/errors.ts';
import { eventId, type Partition, type WorkerId } from '../core/ids.ts';
import { partitionsOf } from '../core/rendezvous.ts';
import type { DeliveryParts } from './parts.ts';
import { nameOf, type HeldPartition } from './turn-runner.ts';

/** Which partitions are ours. The store alone decides; this keeps asking. */
export interface LeaseKeeper {
  readonly held: ReadonlyMap<Partition, HeldPartition>;
  /** Beats, renews, takes what is ours and free, gives back what is another's and idle. Never rejects. */
  tick(): Promise<void>;
  /** Gives a partition up at once; the next tick may take it again. */
  giveUp(held: HeldPartition): void;
  releaseAll(): Promise<void>;
}

interface KeeperOptions {
  readonly worker: WorkerId;
  /** Before its events are read. */
  readonly onAcquired: (held: HeldPartition) => Promise<void>;
  readonly onLost: (partition: Partition) => void;
  readonly isIdle: (partition: Partition) => boolean;
}

/** Events of a crashed owner that may have killed it, at most, for each partition. */
const maximumSuspects = 64;
const start = eventId('0-0');

export function createLeaseKeeper(
  parts: Pick<DeliveryParts, 'store' | 'clock' | 'log'>,
  options: KeeperOptions,
): LeaseKeeper {
  const { store, clock, log } = parts;
  const held = new Map<Partition, HeldPartition>();
  let stopped = false;

  const lose = (partition: Partition): void => {
    const lost = held.get(partition);
    if (lost === undefined) return;
    lost.held = false;
    held.delete(partition);
    options.onLost(partition);
  };

  const acquire = async (partition: Partition): Promise<void> => {
    const outcome = await store.acquireLease(partition, options.worker);
    if (outcome.kind === 'held') return;
    const { lease, crashed } = outcome;
    const taken: HeldPartition = {
      partition,
      lease,
      held: true,
      cursor: start,
      since: clock.now(),
      suspectsLeft: crashed ? maximumSuspects : 0,
    };
    try {
      await options.onAcquired(taken);
    } catch (cause) {
      taken.held = false;
      options.onLost(partition);
      await store.releaseLease(partition, lease);
      throw cause;
    }
    held.set(partition, taken);
    log.debug({ event: 'partition-acquired', partition, outcome: crashed ? 'after-crash' : 'clean' });
  };

  const release = async (lost: HeldPartition): Promise<void> => {
    lose(lost.partition);
    await store.releaseLease(lost.partition, lost.lease);
  };

  const balance = async (): Promise<void> => {
    const living = await store.beat(options.worker);
    if (held.size > 0) {
      const leases = new Map([...held.values()].map((one) => [one.partition, one.lease]));
      for (const partition of await store.renewLeases(leases)) lose(partition);
    }
    const mine = partitionsOf(options.worker, living, store.partitions);
    const surplus = [...held.values()].filter(
      (one) => !mine.has(one.partition) && options.isIdle(one.partition),
    );
    await Promise.all(surplus.map(release));
    const missing = [...mine].filter((partition) => !held.has(partition));
    await Promise.all(missing.map(acquire));
    if (missing.length > 0) store.wakeReader();
  };

  return {
    held,
    tick: async () => {
      if (stopped) return;
      try {
        await balance();
      } catch (cause) {
        log.warn({
          event: cause instanceof StoreUnavailable ? 'store-unavailable' : 'lease-failed',
          error: nameOf(cause),
        });
      }
    },
    giveUp: (lost) => {
      if (held.get(lost.partition) === lost) lose(lost.partition);
    },
    releaseAll: async () => {
      stopped = true;
      await Promise.allSettled([...held.values()].map(release));
      await store.leave(options.worker);
    },
  };
}
