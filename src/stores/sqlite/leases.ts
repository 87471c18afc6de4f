import type { LeaseToken, Partition } from '../../core/ids.ts';
import { leaseToken, workerId } from '../../core/ids.ts';
import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import type { OwnerLock } from './owner-lock.ts';
import { integer, isEmpty, text } from './rows.ts';
import type { Row } from './rows.ts';

const usualLeaseMs = 10_000;
/** A worker that was silent for so many leases counts as dead. */
const silentLeases = 1.5;

/** Whether this lease owns the partition now, inside an operation. */
export type IsOwner = (partition: Partition, lease: LeaseToken) => boolean;

/** The check of every write that only an owner may make. */
export function createIsOwner(engine: Engine): IsOwner {
  const find = engine.prepare(
    'SELECT 1 FROM leases WHERE partition = ? AND token = ? AND released = 0 AND expires_at > ?',
  );
  return (partition, lease) => find.get(partition, lease, engine.clock.now()) !== undefined;
}

/** Who lives and who owns what, by the clock of this machine. */
export function createLeases(
  engine: Engine,
  lock: OwnerLock,
  leaseMs = usualLeaseMs,
): Pick<Store, 'beat' | 'leave' | 'acquireLease' | 'renewLeases' | 'releaseLease'> {
  const renew = engine.prepare(`UPDATE leases SET expires_at = ?
    WHERE partition = ? AND token = ? AND released = 0 AND expires_at > ?`);
  // A late release after the lease ran out is no crash either.
  const release = engine.prepare('UPDATE leases SET released = 1 WHERE partition = ? AND token = ?');
  return {
    ...createLiving(engine, lock, leaseMs * silentLeases),
    acquireLease: createAcquiring(engine, lock, leaseMs),
    renewLeases: (leases) =>
      engine.write(() => {
        const now = engine.clock.now();
        return [...leases]
          .filter(([partition, lease]) => renew.run(now + leaseMs, partition, lease, now).changes === 0)
          .map(([partition]) => partition);
      }),
    releaseLease: (partition, lease) =>
      engine.write(() => {
        release.run(partition, lease);
      }),
  };
}

function createLiving(engine: Engine, lock: OwnerLock, silentMs: number): Pick<Store, 'beat' | 'leave'> {
  const beat = engine.prepare('INSERT OR REPLACE INTO workers (worker, beat_at) VALUES (?, ?)');
  const forgetSilent = engine.prepare('DELETE FROM workers WHERE beat_at < ?');
  const forgetAll = engine.prepare('DELETE FROM workers');
  const findLiving = engine.prepare('SELECT worker FROM workers ORDER BY worker');
  const leave = engine.prepare('DELETE FROM workers WHERE worker = ?');
  return {
    beat: (worker) =>
      engine.write(() => {
        const now = engine.clock.now();
        // Whoever held the lock before is dead: its share must not wait until it counts as silent.
        if (becomesOwner(lock)) forgetAll.run();
        beat.run(worker, now);
        forgetSilent.run(now - silentMs);
        return findLiving.all().map((row) => workerId(text(row, 'worker')));
      }),
    leave: (worker) =>
      engine.write(() => {
        leave.run(worker);
      }),
  };
}

function becomesOwner(lock: OwnerLock): boolean {
  if (lock.isHeld) return false;
  lock.take();
  return lock.isHeld;
}

function createAcquiring(engine: Engine, lock: OwnerLock, leaseMs: number): Store['acquireLease'] {
  const find = engine.prepare('SELECT epoch, released, expires_at, holder FROM leases WHERE partition = ?');
  const write = engine.prepare(`INSERT OR REPLACE INTO leases
    (partition, epoch, token, expires_at, released, holder) VALUES (?, ?, ?, ?, 0, ?)`);
  const isDead = (row: Row): boolean =>
    lock.isHeld && !isEmpty(row, 'holder') && text(row, 'holder') !== lock.holder;
  return (partition) =>
    engine.write(() => {
      lock.take();
      const now = engine.clock.now();
      const row = find.get(partition);
      const isOpen = row !== undefined && integer(row, 'released') === 0;
      if (isOpen && integer(row, 'expires_at') > now && !isDead(row)) return { kind: 'held' };
      const epoch = row === undefined ? 1 : integer(row, 'epoch') + 1;
      const lease = leaseToken(`${epoch}:${engine.randomness.id(128)}`);
      write.run(partition, epoch, lease, now + leaseMs, lock.isHeld ? lock.holder : null);
      return { kind: 'acquired', lease, crashed: isOpen };
    });
}
