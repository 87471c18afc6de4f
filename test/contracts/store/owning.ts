import { describe, expect, test } from '@jest/globals';
import { partition, workerId } from '../../../src/core/ids.ts';
import { accepted, acquired, answered, owned, turn } from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

const seconds = (count: number): number => count * 1_000;
const epochOf = (lease: string): number => Number(/^(\d+):[\w-]{22}$/.exec(lease)?.[1]);

export function owningContract(get: GetStore): void {
  describe('workers', () => {
    test('that beat are known to all, until they leave', async () => {
      const { store, second } = get();
      const [one, two] = [workerId('one'), workerId('two')];
      expect(await store.beat(one)).toEqual([one]);
      expect((await second.beat(two)).toSorted()).toEqual([one, two]);
      await store.leave(one);
      expect(await second.beat(two)).toEqual([two]);
    });

    test('that were silent for more than fifteen seconds count as dead', async () => {
      const { store, pass } = get();
      const [one, two] = [workerId('one'), workerId('two')];
      await store.beat(one);
      await pass(seconds(14));
      expect((await store.beat(two)).toSorted()).toEqual([one, two]);
      await pass(seconds(2));
      expect(await store.beat(two)).toEqual([two]);
      expect((await store.beat(one)).toSorted()).toEqual([one, two]);
    });
  });

  describe('a lease', () => {
    test('is held against everybody, its own worker too, until it is released', async () => {
      const { store, second } = get();
      const first = await acquired(store, partition(3));
      expect(first.crashed).toBe(false);
      expect(await second.acquireLease(partition(3), workerId('other'))).toEqual({ kind: 'held' });
      expect(await store.acquireLease(partition(3), workerId('worker'))).toEqual({ kind: 'held' });
      expect((await acquired(second, partition(4))).crashed).toBe(false);
      await store.releaseLease(partition(3), first.lease);
      const next = await acquired(second, partition(3));
      expect(next.crashed).toBe(false);
      expect(epochOf(next.lease)).toBe(epochOf(first.lease) + 1);
    });

    test('goes to one when twenty ask at once', async () => {
      const { store, second } = get();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          (index % 2 === 0 ? store : second).acquireLease(partition(0), workerId(`worker ${index}`)),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.kind === 'acquired')).toHaveLength(1);
    });

    test('runs out after ten seconds, and then its owner counts as crashed', async () => {
      const { store, second, pass } = get();
      const first = await acquired(store, partition(0));
      await pass(seconds(9));
      expect((await second.acquireLease(partition(0), workerId('other'))).kind).toBe('held');
      await pass(seconds(1.5));
      const next = await acquired(second, partition(0));
      expect(next.crashed).toBe(true);
      expect(epochOf(next.lease)).toBe(epochOf(first.lease) + 1);
      await second.releaseLease(partition(0), next.lease);
      expect((await acquired(store, partition(0))).crashed).toBe(false);
    });

    test('lives on while it is renewed, and renewing tells which are no longer ours', async () => {
      const { store, second, pass } = get();
      const [kept, lost] = [await acquired(store, partition(0)), await acquired(store, partition(1))];
      await pass(seconds(6));
      expect(await store.renewLeases(new Map([[partition(0), kept.lease]]))).toEqual([]);
      await pass(seconds(6));
      expect((await second.acquireLease(partition(0), workerId('other'))).kind).toBe('held');
      const both = new Map([
        [partition(0), kept.lease],
        [partition(1), lost.lease],
      ]);
      expect(await store.renewLeases(both)).toEqual([partition(1)]);
      const taken = await acquired(second, partition(1));
      expect(await store.renewLeases(both)).toEqual([partition(1)]);
      expect(await second.renewLeases(new Map([[partition(1), taken.lease]]))).toEqual([]);
    });

    test('that is given back late is no crash', async () => {
      const { store, second, pass } = get();
      const first = await acquired(store, partition(0));
      await pass(seconds(11));
      await store.releaseLease(partition(0), first.lease);
      expect((await acquired(second, partition(0))).crashed).toBe(false);
    });

    test('of an owner that was replaced opens nothing any more', async () => {
      const { store, second, pass } = get();
      const owner = await owned(store);
      const sent = await answered(store, owner, { setTimers: [{ name: 'later', dueAt: 5 }] });
      const event = await accepted(store, owner.conversation);
      await pass(seconds(11));
      const next = await acquired(second, owner.partition);
      const late = turn(store, owner.conversation, event, { lease: owner.lease, expectedVersion: 1 });
      expect(await store.commit(late)).toEqual({ kind: 'lease-lost' });
      const mark = { attempt: 1, at: 1 };
      expect(await store.markSending(owner.partition, owner.lease, sent, mark)).toBe(false);
      expect(await store.readMark(owner.partition, sent)).toBe(undefined);
      expect(await store.fireTimers(owner.partition, owner.lease, 10, 10)).toBe(0);
      expect(await store.quarantineEvent(owner.partition, owner.lease, event, 'threw')).toBe(false);
      await store.releaseLease(owner.partition, owner.lease);
      expect((await store.acquireLease(owner.partition, workerId('worker'))).kind).toBe('held');
      expect(await second.markSending(owner.partition, next.lease, sent, mark)).toBe(true);
      expect(await second.fireTimers(owner.partition, next.lease, 10, 10)).toBe(1);
      expect((await second.commit({ ...late, lease: next.lease })).kind).toBe('committed');
    });

    test('that ran out and that nobody took opens nothing either', async () => {
      const { store, pass } = get();
      const owner = await owned(store);
      const event = await accepted(store, owner.conversation);
      await pass(seconds(11));
      expect(await store.commit(turn(store, owner.conversation, event, { lease: owner.lease }))).toEqual({
        kind: 'lease-lost',
      });
    });
  });
}
