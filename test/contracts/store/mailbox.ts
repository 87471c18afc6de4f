import { describe, expect, test } from '@jest/globals';
import type { EventId, Partition } from '../../../src/core/ids.ts';
import { partition, partitionOf } from '../../../src/core/ids.ts';
import type { Store } from '../../../src/core/store.ts';
import {
  accepted,
  acquired,
  committed,
  owned,
  readAll,
  someone,
  someoneIn,
  start,
  turn,
} from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

const idsOf = (events: readonly { readonly eventId: EventId }[]): readonly EventId[] =>
  events.map((event) => event.eventId);

async function waitedFor<Value>(
  work: Promise<Value>,
): Promise<{ readonly value: Value; readonly ms: number }> {
  const startedAt = performance.now();
  const value = await work;
  return { value, ms: performance.now() - startedAt };
}

const soon = (act: () => unknown): void => {
  setTimeout(act, 50);
};

export function mailboxContract(get: GetStore): void {
  describe('the mailbox', () => {
    const readAfter = (store: Store, cursors: readonly (readonly [Partition, EventId])[], limit = 100) =>
      store.readMailbox(new Map(cursors), limit, 0);

    test('gives what stands after each cursor, in order, and nothing of other partitions', async () => {
      const { store } = get();
      const [one, two, three] = [partition(1), partition(2), partition(3)];
      const put = (where: Partition) => accepted(store, someoneIn(where, store.partitions));
      const [a, b, c] = [await put(one), await put(one), await put(one)];
      const [d, e] = [await put(two), await put(two)];
      await put(three);
      const read = await readAfter(store, [
        [one, a],
        [two, start],
      ]);
      expect(idsOf(read.filter((event) => event.partition === one))).toEqual([b, c]);
      expect(idsOf(read.filter((event) => event.partition === two))).toEqual([d, e]);
      expect(read).toHaveLength(4);
      const after = await readAfter(store, [
        [one, c],
        [two, e],
      ]);
      expect(after).toEqual([]);
      expect(idsOf(await readAfter(store, [[one, start]]))).toEqual([a, b, c]);
    });

    test('gives at most as many as asked for, and by moving the cursors all of them', async () => {
      const { store } = get();
      const partitions = [partition(0), partition(1), partition(2)];
      const put: EventId[] = [];
      for (const [index, where] of [0, 0, 0, 0, 0, 1, 2, 2].entries()) {
        put[index] = await accepted(store, someoneIn(partition(where), store.partitions));
      }
      const cursors = new Map(partitions.map((one) => [one, start]));
      const seen: EventId[] = [];
      for (let reads = 0; reads < 20 && seen.length < put.length; reads += 1) {
        const page = await store.readMailbox(cursors, 3, 0);
        expect(page.length).toBeLessThanOrEqual(3);
        for (const event of page) cursors.set(event.partition, event.eventId);
        seen.push(...idsOf(page));
      }
      expect(seen.toSorted()).toEqual(put.toSorted());
      expect(await store.readMailbox(cursors, 3, 0)).toEqual([]);
    });

    test('lets a partition with little to read through beside a full one', async () => {
      const { store } = get();
      const [full, other] = [
        someoneIn(partition(0), store.partitions),
        someoneIn(partition(1), store.partitions),
      ];
      await Promise.all(Array.from({ length: 200 }, () => accepted(store, full)));
      const wanted = await accepted(store, other);
      const cursors = new Map([
        [partition(0), start],
        [partition(1), start],
      ]);
      const pages = [];
      for (let reads = 0; reads < 2; reads += 1) {
        const page = await store.readMailbox(cursors, 32, 0);
        for (const event of page) cursors.set(event.partition, event.eventId);
        pages.push(...idsOf(page));
      }
      expect(pages).toContain(wanted);
    });

    test('is not there any more for events that were done', async () => {
      const { store } = get();
      const owner = await owned(store);
      const [first, second] = [
        await accepted(store, owner.conversation),
        await accepted(store, owner.conversation),
      ];
      await committed(store, turn(store, owner.conversation, first, { lease: owner.lease }));
      expect(idsOf(await readAll(store, [owner.partition]))).toEqual([second]);
      expect(idsOf(await store.waitingEvents(owner.conversation, 10))).toEqual([second]);
    });

    test('without anything to read waits as long as asked', async () => {
      const { store } = get();
      const { value, ms } = await waitedFor(store.readMailbox(new Map([[partition(0), start]]), 10, 300));
      expect(value).toEqual([]);
      expect(ms).toBeGreaterThan(250);
      expect(ms).toBeLessThan(1_500);
    });

    test('wakes who waits when this process accepts something', async () => {
      const { store } = get();
      soon(() => accepted(store, someoneIn(partition(2), store.partitions)));
      const cursors = new Map([
        [partition(1), start],
        [partition(2), start],
      ]);
      const { value, ms } = await waitedFor(store.readMailbox(cursors, 10, 5_000));
      expect(value).toHaveLength(1);
      expect(ms).toBeLessThan(1_000);
    });

    test('wakes who waits when another process accepts something, and notices it without waiting too', async () => {
      const { store, second } = get();
      const conversation = someoneIn(partition(2), store.partitions);
      await readAll(store, [partition(2)]);
      await accepted(second, conversation);
      expect(await readAll(store, [partition(2)])).toHaveLength(1);
      const [known] = await readAll(store, [partition(2)]);
      soon(() => accepted(second, conversation));
      const cursors = new Map([[partition(2), known?.eventId ?? start]]);
      const { value, ms } = await waitedFor(store.readMailbox(cursors, 10, 5_000));
      expect(value).toHaveLength(1);
      expect(ms).toBeLessThan(1_500);
    });

    test.each([0, 2])('wakes who waits with %i partitions when it is asked to', async (count) => {
      const { store } = get();
      const cursors = new Map(Array.from({ length: count }, (_, index) => [partition(index), start]));
      soon(() => {
        store.wakeReader();
      });
      const { value, ms } = await waitedFor(store.readMailbox(cursors, 10, 5_000));
      expect(value).toEqual([]);
      expect(ms).toBeLessThan(2_000);
    });

    test('says when the oldest waiting event was accepted', async () => {
      const { store } = get();
      expect(await store.oldestWaiting()).toBe(undefined);
      const owner = await owned(store);
      const first = await accepted(store, owner.conversation, { at: 1_000 });
      await accepted(store, someone(), { at: 2_000 });
      await accepted(store, someone(), { at: 3_000 });
      expect(await store.oldestWaiting()).toBe(1_000);
      await committed(store, turn(store, owner.conversation, first, { lease: owner.lease }));
      expect(await store.oldestWaiting()).toBe(2_000);
    });
  });

  describe('a conversation in a hurry', () => {
    test('is given once, with its partition, however many urgent events it has', async () => {
      const { store, second } = get();
      const [mine, other] = [
        someoneIn(partition(0), store.partitions),
        someoneIn(partition(1), store.partitions),
      ];
      await accepted(store, mine, { urgent: true });
      await accepted(second, mine, { urgent: true });
      await accepted(store, other, { urgent: true });
      await accepted(store, someoneIn(partition(0), store.partitions));
      expect(await store.takeHurried([])).toEqual([]);
      expect(await store.takeHurried([partition(0), partition(2)])).toEqual([mine]);
      expect(await store.takeHurried([partition(0), partition(1)])).toEqual([other]);
      expect(await store.takeHurried([partition(0), partition(1)])).toEqual([]);
    });

    test('gives its waiting events, in order, from behind those of others', async () => {
      const { store } = get();
      const conversation = someone();
      const where = partitionOf(conversation, store.partitions);
      const first = await accepted(store, conversation);
      const others = Array.from({ length: 300 }, () => accepted(store, someoneIn(where, store.partitions)));
      await Promise.all(others);
      const last = await accepted(store, conversation, { urgent: true });
      const waiting = await store.waitingEvents(conversation, 10);
      expect(idsOf(waiting)).toEqual([first, last]);
      expect(waiting.map((event) => event.urgent)).toEqual([false, true]);
      expect(idsOf(await store.waitingEvents(conversation, 1))).toEqual([first]);
      expect(await store.waitingEvents(someone(), 10)).toEqual([]);
    });
  });

  describe('timers', () => {
    test('that are due become events at that time, in the order in which they were due, each once', async () => {
      const { store } = get();
      const owner = await owned(store);
      const neighbour = someoneIn(owner.partition, store.partitions);
      const set = async (conversation: typeof neighbour, timers: readonly (readonly [string, number])[]) =>
        committed(
          store,
          turn(store, conversation, await accepted(store, conversation), {
            lease: owner.lease,
            setTimers: timers.map(([name, dueAt]) => ({ name, dueAt })),
          }),
        );
      await set(owner.conversation, [
        ['a late one', 9_000],
        ['remind', 5_000],
      ]);
      await set(neighbour, [['remind', 4_000]]);
      expect(await store.fireTimers(owner.partition, owner.lease, 3_999, 10)).toBe(0);
      expect(await store.fireTimers(owner.partition, owner.lease, 5_000, 10)).toBe(2);
      expect(await store.fireTimers(owner.partition, owner.lease, 5_000, 10)).toBe(0);
      const events = await readAll(store, [owner.partition]);
      expect(events.map(({ eventId: _, ...event }) => event)).toEqual([
        { partition: owner.partition, conversationId: neighbour, at: 5_000, urgent: false, timer: 'remind' },
        {
          partition: owner.partition,
          conversationId: owner.conversation,
          at: 5_000,
          urgent: false,
          timer: 'remind',
        },
      ]);
      expect(idsOf(await store.waitingEvents(neighbour, 10))).toEqual([events[0]?.eventId]);
    });

    test('fire at most as many as asked for, the earliest first', async () => {
      const { store } = get();
      const owner = await owned(store);
      const setTimers = ['one', 'two', 'three'].map((name, index) => ({ name, dueAt: 1_000 + index }));
      const event = await accepted(store, owner.conversation);
      await committed(store, turn(store, owner.conversation, event, { lease: owner.lease, setTimers }));
      expect(await store.fireTimers(owner.partition, owner.lease, 9_000, 2)).toBe(2);
      expect(await store.fireTimers(owner.partition, owner.lease, 9_000, 2)).toBe(1);
      const names = (await readAll(store, [owner.partition])).map((fired) => fired.timer);
      expect(names).toEqual(['one', 'two', 'three']);
    });

    test('that were set again are due at the new time, and those that were cleared never', async () => {
      const { store } = get();
      const owner = await owned(store);
      const commit = async (version: number, more: Partial<Parameters<typeof turn>[3]>) =>
        committed(
          store,
          turn(store, owner.conversation, await accepted(store, owner.conversation), {
            lease: owner.lease,
            expectedVersion: version,
            ...more,
          }),
        );
      const remind = { name: 'remind', dueAt: 1_000 };
      await commit(0, { setTimers: [remind, { name: 'ask again', dueAt: 1_000 }] });
      await commit(1, { setTimers: [{ ...remind, dueAt: 8_000 }], clearTimers: ['ask again', 'unknown'] });
      expect(await store.fireTimers(owner.partition, owner.lease, 7_999, 10)).toBe(0);
      expect(await store.fireTimers(owner.partition, owner.lease, 8_000, 10)).toBe(1);
    });

    test('that fire wake who waits for events', async () => {
      const { store } = get();
      const owner = await owned(store);
      const event = await accepted(store, owner.conversation);
      const setTimers = [{ name: 'remind', dueAt: 1_000 }];
      await committed(store, turn(store, owner.conversation, event, { lease: owner.lease, setTimers }));
      soon(() => store.fireTimers(owner.partition, owner.lease, 1_000, 10));
      const cursors = new Map([[owner.partition, event]]);
      const { value, ms } = await waitedFor(store.readMailbox(cursors, 10, 5_000));
      expect(value.map((fired) => fired.timer)).toEqual(['remind']);
      expect(ms).toBeLessThan(1_000);
    });

    test('of a partition stay when another one fires', async () => {
      const { store } = get();
      const owner = await owned(store);
      const other = partition((owner.partition + 1) % store.partitions);
      const { lease } = await acquired(store, other);
      const event = await accepted(store, owner.conversation);
      const setTimers = [{ name: 'remind', dueAt: 1_000 }];
      await committed(store, turn(store, owner.conversation, event, { lease: owner.lease, setTimers }));
      expect(await store.fireTimers(other, lease, 9_000, 10)).toBe(0);
      expect(await store.fireTimers(owner.partition, owner.lease, 9_000, 10)).toBe(1);
    });
  });
}
