import { describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../../src/core/errors.ts';
import type { CaseId } from '../../../src/core/ids.ts';
import { caseId, dedupeHash, partition, partitionOf } from '../../../src/core/ids.ts';
import type { CommitRequest } from '../../../src/core/store.ts';
import {
  accepted,
  acquired,
  bytes,
  committed,
  entry,
  owned,
  realRandomness,
  someoneIn,
  someone,
  start,
  textOf,
  turn,
} from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

const day = 86_400_000;
const newCase = (id: string, rank: 1 | 2 | 3, openedAt: number): CommitRequest['putCases'][number] => ({
  caseId: caseId(id),
  rank,
  openedAt,
  body: bytes(`about ${id}`),
});

export function keepingContract(get: GetStore): void {
  describe('cases', () => {
    test('of all partitions are listed by rank, then by time; changed ones move, closed ones go', async () => {
      const { store, second } = get();
      const now = 1_763_000_000_000;
      const put = [
        [newCase('third', 2, now), newCase('last', 3, now - 9_000)],
        [newCase('second', 1, now + 5), newCase('fourth', 2, now + 1)],
        [newCase('first', 1, now - 5)],
      ];
      const people = await Promise.all(
        put.map(async (putCases, index) => {
          const { lease } = await acquired(store, partition(index));
          const conversation = someoneIn(partition(index), store.partitions);
          const event = await accepted(store, conversation);
          await committed(store, turn(store, conversation, event, { lease, putCases }));
          return { conversation, lease };
        }),
      );
      const list = async (): Promise<readonly CaseId[]> =>
        (await second.listCases()).map((one) => one.caseId);
      expect(await list()).toEqual(['first', 'second', 'third', 'fourth', 'last']);
      const [owner] = people;
      const event = await accepted(store, owner!.conversation);
      await committed(
        store,
        turn(store, owner!.conversation, event, {
          lease: owner!.lease,
          expectedVersion: 1,
          putCases: [{ ...newCase('third', 1, now), body: bytes('now urgent') }],
          closeCases: [caseId('last'), caseId('unknown')],
        }),
      );
      expect(await list()).toEqual(['first', 'third', 'second', 'fourth']);
      const third = (await store.listCases())[1];
      expect([third?.rank, third?.openedAt, textOf(third?.body), third?.conversationId]).toEqual([
        1,
        now,
        'now urgent',
        owner!.conversation,
      ]);
    });

    test('come with the key of the state, and with their own copy after the state is gone', async () => {
      const { store, pass } = get();
      const owner = await owned(store);
      const stateWith = (version: number, key: string) => ({
        version,
        wrappedKey: bytes(key),
        body: bytes('state'),
      });
      const commit = async (expectedVersion: number, more: Partial<CommitRequest>) =>
        committed(
          store,
          turn(store, owner.conversation, await accepted(store, owner.conversation), {
            lease: owner.lease,
            expectedVersion,
            ...more,
          }),
        );
      await commit(0, { state: stateWith(1, 'old key'), putCases: [newCase('one', 1, 1_000)] });
      await commit(1, { state: stateWith(2, 'new key'), expiresAt: Date.now() + day });
      const keyOf = async () => (await store.listCases()).map((one) => textOf(one.wrappedKey));
      expect(await keyOf()).toEqual(['new key']);
      await pass(2 * day);
      expect(await keyOf()).toEqual(['old key']);
    });
  });

  describe('the secret of a day', () => {
    test('is made once, by whoever asks first, and is another one each day', async () => {
      const { store, second } = get();
      const secrets = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : second).daySecret(20_000)),
      );
      const texts = secrets.map((secret) => Buffer.from(secret ?? []).toString('hex'));
      expect(new Set(texts).size).toBe(1);
      expect(texts[0]).toMatch(/^[0-9a-f]{64}$/);
      expect(Buffer.from((await store.daySecret(20_001)) ?? []).toString('hex')).not.toBe(texts[0]);
      expect(Buffer.from((await second.daySecret(20_000)) ?? []).toString('hex')).toBe(texts[0]);
    });

    test('is destroyed for good, with the hashes of that day, and later days stay', async () => {
      const { store, second } = get();
      const conversation = someone();
      const hashes = [20_000, 20_001, 20_002].map((on) => ({
        hash: dedupeHash(realRandomness.id(128)),
        days: [on] as const,
      }));
      for (const dedupe of hashes) await accepted(store, conversation, { dedupe });
      const kept = await store.daySecret(20_002);
      await store.daySecret(20_000);
      await store.destroyDaysBefore(20_002);
      await store.destroyDaysBefore(19_000);
      expect(await second.daySecret(20_000)).toBe(undefined);
      expect(await store.daySecret(20_001)).toBe(undefined);
      expect(await second.daySecret(20_002)).toEqual(kept);
      const outcomes = [];
      for (const dedupe of hashes) outcomes.push((await store.accept(entry(conversation, { dedupe }))).kind);
      expect(outcomes).toEqual(['accepted', 'accepted', 'duplicate']);
    });
  });

  describe('a store', () => {
    test('that can keep events says so', async () => {
      const { store } = get();
      await expect(store.check()).resolves.toBe(undefined);
      expect(store.partitions).toBeGreaterThanOrEqual(16);
    });

    test('that was closed can neither keep nor read', async () => {
      const { store, second } = get();
      const conversation = someone();
      await accepted(second, conversation);
      await second.close();
      await second.close();
      await expect(second.accept(entry(conversation))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(second.loadState(conversation)).rejects.toBeInstanceOf(StoreUnavailable);
      const cursors = new Map([[partitionOf(conversation, store.partitions), start]]);
      await expect(second.readMailbox(cursors, 1, 100)).rejects.toBeInstanceOf(StoreUnavailable);
      expect(await store.waitingEvents(conversation, 10)).toHaveLength(1);
    });
  });
}
