import { describe, expect, test } from '@jest/globals';
import { outboxId, partition } from '../../../src/core/ids.ts';
import { acquired, answered, beginning, bytes, owned, someoneIn, textOf } from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

export function sendingContract(get: GetStore): void {
  describe('the outbox', () => {
    test('is read in order, in pages, by partition', async () => {
      const { store } = get();
      const owner = await owned(store);
      const other = partition((owner.partition + 1) % store.partitions);
      const elsewhere = {
        conversation: someoneIn(other, store.partitions),
        ...(await acquired(store, other)),
      };
      const ids = [];
      for (const version of [0, 1, 2, 3]) {
        const outbox = [bytes(`answer ${version}`)];
        ids.push(await answered(store, owner, { expectedVersion: version, outbox }));
      }
      await answered(store, elsewhere);
      const read = async (after: typeof beginning, limit: number) =>
        (await store.readOutbox(owner.partition, after, limit)).map((entry) => entry.outboxId);
      expect(await read(beginning, 10)).toEqual(ids);
      expect(await read(beginning, 3)).toEqual(ids.slice(0, 3));
      expect(await read(ids[2]!, 10)).toEqual(ids.slice(3));
      expect(await read(ids[3]!, 10)).toEqual([]);
      const [first] = await store.readOutbox(owner.partition, beginning, 1);
      expect(textOf(first?.body)).toBe('answer 0');
    });

    test('keeps the mark of a send until the entry is settled', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const { partition: where, lease } = owner;
      const sent = await answered(store, owner);
      const unsent = await answered(store, owner, { expectedVersion: 1 });
      expect(await store.readMark(where, sent)).toBe(undefined);
      expect(await store.markSending(where, lease, sent, { attempt: 1, at: 5_000 })).toBe(true);
      const mark = { attempt: 1, at: 5_000, confirmed: false };
      expect(await second.readMark(where, sent)).toEqual(mark);
      const entries = await second.readOutbox(where, beginning, 10);
      expect(entries.map((entry) => [entry.outboxId, entry.mark])).toEqual([
        [sent, mark],
        [unsent, undefined],
      ]);
      await store.settle(where, sent);
      expect(await store.readMark(where, sent)).toBe(undefined);
      const left = await store.readOutbox(where, beginning, 10);
      expect(left.map((entry) => entry.outboxId)).toEqual([unsent]);
    });

    test('does not let anything be sent that was settled', async () => {
      const { store } = get();
      const owner = await owned(store);
      const sent = await answered(store, owner);
      await store.settle(owner.partition, sent);
      await store.settle(owner.partition, sent);
      const mark = { attempt: 1, at: 5_000 };
      expect(await store.markSending(owner.partition, owner.lease, sent, mark)).toBe(false);
      expect(await store.readMark(owner.partition, sent)).toBe(undefined);
    });

    test('takes a status for what is in flight, from any process, until it is tried again', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const { partition: where, lease } = owner;
      const sent = await answered(store, owner);
      await store.markSending(where, lease, sent, { attempt: 1, at: 5_000 });
      await second.confirmSend(where, sent, 6_000);
      expect(await store.readMark(where, sent)).toEqual({ attempt: 1, at: 5_000, confirmed: true });
      await store.markSending(where, lease, sent, { attempt: 2, at: 7_000 });
      expect(await store.readMark(where, sent)).toEqual({ attempt: 2, at: 7_000, confirmed: false });
    });

    test('takes no status for what is not in flight', async () => {
      const { store } = get();
      const owner = await owned(store);
      const { partition: where } = owner;
      const sent = await answered(store, owner);
      await store.confirmSend(where, sent, 6_000);
      expect(await store.readMark(where, sent)).toBe(undefined);
      await store.settle(where, sent);
      await store.confirmSend(where, sent, 6_000);
      await store.confirmSend(where, outboxId('1763000000000-9'), 6_000);
      expect(await store.readMark(where, sent)).toBe(undefined);
      expect(await store.readOutbox(where, beginning, 10)).toEqual([]);
    });
  });
}
