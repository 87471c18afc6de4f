import { describe, expect, test } from '@jest/globals';
import { caseId } from '../../../src/core/ids.ts';
import type { CommitRequest } from '../../../src/core/store.ts';
import {
  accepted,
  beginning,
  bytes,
  committed,
  owned,
  readAll,
  someoneIn,
  textOf,
  turn,
} from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

const filled = (name: string): Partial<CommitRequest> => ({
  outbox: [bytes(`${name} answer`)],
  log: [bytes(`${name} line`)],
  setTimers: [{ name, dueAt: 5_000 }],
  putCases: [{ caseId: caseId(name), rank: 1, openedAt: 1_000, body: bytes(name) }],
});

export function erasingContract(get: GetStore): void {
  describe('an erasing commit', () => {
    test('drops all there was of the conversation, and keeps what it brings, what came after it and all of others', async () => {
      const { store } = get();
      const owner = await owned(store);
      const neighbour = someoneIn(owner.partition, store.partitions);
      const { lease, partition, conversation } = owner;
      for (const one of [conversation, neighbour]) {
        const name = one === conversation ? 'mine' : 'other';
        const event = await accepted(store, one, { log: bytes(`${name} question`) });
        const { outbox } = await committed(store, turn(store, one, event, { lease, ...filled(name) }));
        await store.markSending(partition, lease, outbox[0]!, { attempt: 1, at: 1 });
      }
      const older = await accepted(store, conversation, { log: bytes('mine again') });
      await store.countAttempt(partition, older, 'threw');
      const erasing = await accepted(store, conversation);
      const newer = await accepted(store, conversation, { urgent: true });
      await store.countAttempt(partition, newer, 'threw');
      const others = await accepted(store, neighbour);
      const outcome = await committed(
        store,
        turn(store, conversation, erasing, {
          lease,
          expectedVersion: 1,
          erase: true,
          state: { version: 2, wrappedKey: bytes('fresh key'), body: bytes('blank') },
          ...filled('fresh'),
        }),
      );

      expect((await readAll(store, [partition])).map((event) => event.eventId)).toEqual([newer, others]);
      expect((await store.waitingEvents(conversation, 10)).map((event) => event.eventId)).toEqual([newer]);
      expect(await store.takeHurried([partition])).toEqual([conversation]);
      expect(await store.countAttempt(partition, older, 'alone')).toEqual({ alone: 0, threw: 0 });
      expect(await store.countAttempt(partition, newer, 'alone')).toEqual({ alone: 1, threw: 1 });
      const outbox = await store.readOutbox(partition, beginning, 10);
      expect(outbox.map(({ body, mark }) => [textOf(body), mark?.attempt])).toEqual([
        ['other answer', 1],
        ['fresh answer', undefined],
      ]);
      const log = await store.readLog(conversation, 0, 10);
      expect(log.entries.map((line) => [line.serial, textOf(line.body)])).toEqual([[1, 'fresh line']]);
      expect(outcome.log.map((place) => place.serial)).toEqual([1]);
      expect(textOf(log.wrappedKey)).toBe('fresh key');
      expect((await store.readLog(neighbour, 0, 10)).length).toBe(2);
      expect((await store.listCases()).map((one) => one.caseId).toSorted()).toEqual(['fresh', 'other']);
      expect(await store.fireTimers(partition, lease, 9_000, 10)).toBe(2);
      const fired = (await readAll(store, [partition])).flatMap(({ timer }) => timer ?? []);
      expect(fired.toSorted()).toEqual(['fresh', 'other']);
      expect(textOf((await store.loadState(conversation))?.body)).toBe('blank');
    });

    test('leaves what came after it to be done next, one at a time', async () => {
      const { store } = get();
      const owner = await owned(store);
      const { lease, conversation } = owner;
      const ids = [];
      for (let count = 0; count < 5; count += 1) ids.push(await accepted(store, conversation));
      const [, erasing, next, ...rest] = ids;
      await committed(store, turn(store, conversation, erasing!, { lease, erase: true }));
      await committed(store, turn(store, conversation, next!, { lease, expectedVersion: 1 }));
      expect((await store.waitingEvents(conversation, 10)).map((event) => event.eventId)).toEqual(rest);
    });

    test('may put a case anew that was open before', async () => {
      const { store } = get();
      const { lease, conversation } = await owned(store);
      const event = await accepted(store, conversation);
      const kept = { caseId: caseId('kept'), rank: 1, openedAt: 1_000 } as const;
      const putCases = [
        { ...kept, body: bytes('all of it') },
        { ...kept, caseId: caseId('gone'), body: bytes('gone') },
      ];
      await committed(store, turn(store, conversation, event, { lease, putCases }));
      const erasing = await accepted(store, conversation);
      const state = { version: 2, wrappedKey: bytes('fresh key'), body: bytes('blank') };
      const request = { lease, expectedVersion: 1, state, erase: true };
      await committed(
        store,
        turn(store, conversation, erasing, { ...request, putCases: [{ ...kept, body: bytes('a stub') }] }),
      );
      const cases = await store.listCases();
      expect(cases.map((one) => [one.caseId, textOf(one.body), textOf(one.wrappedKey)])).toEqual([
        ['kept', 'a stub', 'fresh key'],
      ]);
    });

    test('finds unsent entries and timers of the conversation among a great many', async () => {
      const { store } = get();
      const owner = await owned(store);
      const { lease, partition, conversation } = owner;
      const neighbour = someoneIn(partition, store.partitions);
      const names = Array.from({ length: 1_200 }, (_, index) => `timer ${index}`);
      const setTimers = names.map((name) => ({ name, dueAt: 1_000 }));
      for (const one of [neighbour, conversation]) {
        const outbox = names.map((name) => bytes(name));
        const event = await accepted(store, one);
        await committed(store, turn(store, one, event, { lease, outbox, setTimers }));
      }
      const event = await accepted(store, conversation);
      const request = turn(store, conversation, event, {
        lease,
        expectedVersion: 1,
        outbox: [],
        erase: true,
      });
      await committed(store, request);
      const left = await store.readOutbox(partition, beginning, 3_000);
      expect(left).toHaveLength(1_200);
      expect(new Set(left.map((entry) => entry.conversationId))).toEqual(new Set([neighbour]));
      expect(await store.fireTimers(partition, lease, 9_000, 3_000)).toBe(1_200);
    });
  });
}
