import { describe, expect, test } from '@jest/globals';
import { accepted, bytes, committed, owned, readAll, textOf, turn } from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

export function poisonContract(get: GetStore): void {
  describe('attempts at an event', () => {
    test('are counted by kind, and one of those alone may be taken back', async () => {
      const { store, second } = get();
      const { conversation, partition } = await owned(store);
      const event = await accepted(store, conversation);
      const other = await accepted(store, conversation);
      expect(await store.countAttempt(partition, event, 'alone')).toEqual({ alone: 1, threw: 0 });
      expect(await second.countAttempt(partition, event, 'threw')).toEqual({ alone: 1, threw: 1 });
      expect(await store.countAttempt(partition, event, 'alone')).toEqual({ alone: 2, threw: 1 });
      await store.survived(partition, event);
      await store.survived(partition, event);
      await store.survived(partition, event);
      expect(await store.countAttempt(partition, event, 'threw')).toEqual({ alone: 0, threw: 2 });
      expect(await store.countAttempt(partition, other, 'alone')).toEqual({ alone: 1, threw: 0 });
    });

    test('are forgotten when it is done, and not counted any more', async () => {
      const { store } = get();
      const { conversation, partition, lease } = await owned(store);
      const event = await accepted(store, conversation);
      await store.countAttempt(partition, event, 'alone');
      await store.countAttempt(partition, event, 'threw');
      await committed(store, turn(store, conversation, event, { lease }));
      await store.survived(partition, event);
      expect(await store.countAttempt(partition, event, 'threw')).toEqual({ alone: 0, threw: 0 });
      expect(await store.countAttempt(partition, event, 'threw')).toEqual({ alone: 0, threw: 0 });
    });
  });

  describe('quarantine', () => {
    test('takes an event out of the mailbox, once', async () => {
      const { store, second } = get();
      const { conversation, partition, lease } = await owned(store);
      const event = await accepted(store, conversation, { at: 4_000, body: new Uint8Array([0, 255]) });
      const next = await accepted(store, conversation);
      await store.countAttempt(partition, event, 'threw');
      expect(await store.quarantineEvent(partition, lease, event, 'TypeError')).toBe(true);
      expect(await store.quarantineEvent(partition, lease, event, 'TypeError')).toBe(false);
      expect((await readAll(store, [partition])).map((one) => one.eventId)).toEqual([next]);
      expect((await store.waitingEvents(conversation, 1)).map((one) => one.eventId)).toEqual([next]);
      const [kept, ...others] = await second.listQuarantine(10);
      expect(others).toEqual([]);
      expect({ ...kept, body: [...(kept?.body ?? [])] }).toEqual({
        source: 'event',
        at: 4_000,
        reason: 'TypeError',
        body: [0, 255],
      });
      const request = turn(store, conversation, event, { lease });
      expect(await store.commit(request)).toEqual({ kind: 'already-done' });
    });

    test('keeps the name of a timer whose event it takes', async () => {
      const { store } = get();
      const { conversation, partition, lease } = await owned(store);
      const setTimers = [{ name: 'remind', dueAt: 1_000 }];
      const event = await accepted(store, conversation);
      await committed(store, turn(store, conversation, event, { lease, setTimers }));
      await store.fireTimers(partition, lease, 2_000, 10);
      const [fired] = await readAll(store, [partition]);
      expect(await store.quarantineEvent(partition, lease, fired!.eventId, 'threw')).toBe(true);
      const [kept] = await store.listQuarantine(10);
      expect([kept?.at, textOf(kept?.body)]).toEqual([2_000, 'remind']);
    });

    test('lists webhooks and events together, the newest first', async () => {
      const { store, second } = get();
      const { conversation, partition, lease } = await owned(store);
      const event = await accepted(store, conversation, { at: 2_000 });
      const webhook = (at: number) => ({
        source: 'webhook' as const,
        at,
        reason: 'unreadable',
        body: bytes('{'),
      });
      await second.quarantine(webhook(1_000));
      await store.quarantineEvent(partition, lease, event, 'threw');
      await store.quarantine(webhook(3_000));
      const kept = await store.listQuarantine(10);
      expect(kept.map(({ source, at, reason }) => [source, at, reason])).toEqual([
        ['webhook', 3_000, 'unreadable'],
        ['event', 2_000, 'threw'],
        ['webhook', 1_000, 'unreadable'],
      ]);
      expect((await store.listQuarantine(2)).map(({ at }) => at)).toEqual([3_000, 2_000]);
    });

    test('keeps no more bytes than it may: the oldest go, and the newest stays whatever its size', async () => {
      const { store, second } = get();
      const keep = (at: number, size: number) =>
        (at % 2 === 0 ? store : second).quarantine({
          source: 'webhook',
          at,
          reason: 'unreadable',
          body: new Uint8Array(size),
        });
      const kept = async () => (await store.listQuarantine(100)).map(({ at }) => at);
      // Half a megabyte is the room for webhooks at least, one megabyte all there is (under-test.ts).
      for (let at = 1; at <= 30; at += 1) await keep(at, 100_000);
      const before = await kept();
      expect(before.length).toBeGreaterThanOrEqual(5);
      expect(before.length).toBeLessThanOrEqual(10);
      expect(before).toEqual(Array.from({ length: before.length }, (_, index) => 30 - index));
      await keep(31, 2_000_000);
      expect(await kept()).toEqual([31]);
      await keep(32, 1_000);
      expect(await kept()).toEqual([32]);
    });
  });
}
