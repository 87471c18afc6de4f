import { leaseToken, workerId } from '../../core/ids.ts';
import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { sharedKeys } from './keys.ts';
import { integer, list, text } from './reply.ts';

const usualLeaseMs = 10_000;
/** A worker that was silent for so many leases counts as dead. */
const silentLeases = 1.5;

/** Who lives and who owns what, by the server's clock. */
export function createLeases(
  engine: Engine,
  leaseMs = usualLeaseMs,
): Pick<Store, 'beat' | 'leave' | 'acquireLease' | 'renewLeases' | 'releaseLease'> {
  return {
    beat: async (worker) => {
      const living = await engine.run('beat', [sharedKeys.workers], [worker, leaseMs * silentLeases]);
      return list(living).map((id) => workerId(text(id)));
    },
    leave: async (worker) => {
      await guarded(() => engine.connections.commands.zrem(sharedKeys.workers, worker));
    },
    acquireLease: async (partition) => {
      const keys = engine.keys(partition);
      const random = engine.randomness.id(128);
      const reply = await engine.run(
        'acquire-lease',
        [keys.lease, keys.epoch, keys.owner],
        [random, leaseMs],
      );
      if (reply === null) return { kind: 'held' };
      const [lease, crashed] = list(reply);
      return { kind: 'acquired', lease: leaseToken(text(lease)), crashed: integer(crashed) === 1 };
    },
    renewLeases: async (leases) => {
      const renewed = await Promise.all(
        [...leases].map(async ([partition, lease]) => {
          const reply = await engine.run('renew-lease', [engine.keys(partition).lease], [lease, leaseMs]);
          return { partition, ours: integer(reply) === 1 };
        }),
      );
      return renewed.filter(({ ours }) => !ours).map(({ partition }) => partition);
    },
    releaseLease: async (partition, lease) => {
      const keys = engine.keys(partition);
      await engine.run('release-lease', [keys.lease, keys.owner], [lease]);
    },
  };
}
