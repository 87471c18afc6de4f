import { describe, expect, test } from '@jest/globals';
import { caseId, compareStreamIds } from '../../../src/core/ids.ts';
import type { CommitRequest, Store } from '../../../src/core/store.ts';
import {
  accepted,
  acquired,
  beginning,
  bytes,
  committed,
  owned,
  readAll,
  someoneIn,
  start,
  textOf,
  turn,
} from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

const day = 86_400_000;
const everything: Partial<CommitRequest> = {
  outbox: [bytes('first answer'), bytes('second answer')],
  log: [bytes('first line'), bytes('second line')],
  setTimers: [{ name: 'remind', dueAt: 5_000 }],
  putCases: [{ caseId: caseId('new'), rank: 2, openedAt: 7_000, body: bytes('a case') }],
};

type Owner = Awaited<ReturnType<typeof owned>>;

/** All that a turn can have written. */
const written = async (store: Store, { conversation, partition }: Owner) => ({
  state: await store.loadState(conversation),
  outbox: (await store.readOutbox(partition, beginning, 100)).map(({ body }) => textOf(body)),
  log: (await store.readLog(conversation, 0, 100)).entries.map(({ body }) => textOf(body)),
  cases: (await store.listCases()).map((one) => one.caseId),
  waiting: (await store.waitingEvents(conversation, 100)).length,
});

export function committingContract(get: GetStore): void {
  describe('a commit', () => {
    test('writes all of a turn: state, outbox, log, timers, cases, and the event is done', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const event = await accepted(store, owner.conversation);
      const state = {
        version: 1,
        wrappedKey: new Uint8Array([0, 255, 10]),
        body: new Uint8Array([255, 0, 13]),
      };
      const outcome = await committed(
        store,
        turn(store, owner.conversation, event, { lease: owner.lease, state, ...everything }),
      );
      const saved = await second.loadState(owner.conversation);
      expect(saved?.version).toBe(1);
      expect([...(saved?.wrappedKey ?? [])]).toEqual([0, 255, 10]);
      expect([...(saved?.body ?? [])]).toEqual([255, 0, 13]);
      expect(outcome.outbox.toSorted(compareStreamIds)).toEqual(outcome.outbox);
      const outbox = await second.readOutbox(owner.partition, beginning, 10);
      expect(outbox.map((sent) => ({ ...sent, body: textOf(sent.body) }))).toEqual(
        ['first answer', 'second answer'].map((body, index) => ({
          partition: owner.partition,
          outboxId: outcome.outbox[index],
          conversationId: owner.conversation,
          body,
        })),
      );
      expect(outcome.log.map((place) => place.serial)).toEqual([1, 2]);
      const { length, entries } = await second.readLog(owner.conversation, 0, 10);
      expect(length).toBe(2);
      expect(entries.map((line) => ({ ...line, body: textOf(line.body) }))).toEqual([
        { ...outcome.log[0], body: 'first line' },
        { ...outcome.log[1], body: 'second line' },
      ]);
      const [opened, ...others] = await second.listCases();
      expect(others).toEqual([]);
      expect({ ...opened, body: textOf(opened?.body), wrappedKey: [...(opened?.wrappedKey ?? [])] }).toEqual({
        caseId: 'new',
        conversationId: owner.conversation,
        rank: 2,
        openedAt: 7_000,
        body: 'a case',
        wrappedKey: [0, 255, 10],
      });
      expect(await readAll(store, [owner.partition])).toEqual([]);
      expect(await store.fireTimers(owner.partition, owner.lease, 5_000, 10)).toBe(1);
    });

    test('of an event that was done changes nothing and says so, whatever version it expects', async () => {
      const { store } = get();
      const owner = await owned(store);
      const event = await accepted(store, owner.conversation);
      const request = turn(store, owner.conversation, event, { lease: owner.lease });
      await committed(store, request);
      const before = await written(store, owner);
      expect(await store.commit({ ...request, ...everything })).toEqual({ kind: 'already-done' });
      expect(await store.commit({ ...request, ...everything, expectedVersion: 1 })).toEqual({
        kind: 'already-done',
      });
      expect(await written(store, owner)).toEqual(before);
    });

    test('that expects another version changes nothing, and the event still waits', async () => {
      const { store } = get();
      const owner = await owned(store);
      await committed(
        store,
        turn(store, owner.conversation, await accepted(store, owner.conversation), { lease: owner.lease }),
      );
      const event = await accepted(store, owner.conversation);
      const before = await written(store, owner);
      for (const expectedVersion of [0, 2]) {
        const request = turn(store, owner.conversation, event, { lease: owner.lease, expectedVersion });
        expect(await store.commit({ ...request, ...everything, erase: true })).toEqual({ kind: 'conflict' });
      }
      expect(await written(store, owner)).toEqual(before);
      expect(await store.fireTimers(owner.partition, owner.lease, 9_000, 10)).toBe(0);
      const next = turn(store, owner.conversation, event, { lease: owner.lease, expectedVersion: 1 });
      await committed(store, next);
    });

    test('without the lease changes nothing, and the event still waits', async () => {
      const { store } = get();
      const owner = await owned(store);
      const event = await accepted(store, owner.conversation);
      await store.releaseLease(owner.partition, owner.lease);
      const before = await written(store, owner);
      const request = turn(store, owner.conversation, event, { lease: owner.lease, ...everything });
      expect(await store.commit(request)).toEqual({ kind: 'lease-lost' });
      expect(await written(store, owner)).toEqual(before);
    });

    test('counts once when it is tried twenty times at once by two processes', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const event = await accepted(store, owner.conversation);
      const request = turn(store, owner.conversation, event, { lease: owner.lease });
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? store : second).commit(request)),
      );
      expect(outcomes.map((outcome) => outcome.kind).toSorted()).toEqual([
        ...Array.from({ length: 19 }, () => 'already-done'),
        'committed',
      ]);
      expect(await store.readOutbox(owner.partition, beginning, 10)).toHaveLength(1);
    });

    test('of many conversations at once keeps each of them apart', async () => {
      const { store } = get();
      const owner = await owned(store);
      const people = Array.from({ length: 150 }, () => someoneIn(owner.partition, store.partitions));
      const events = await Promise.all(people.map((one) => accepted(store, one)));
      // Every third one is refused in between the others.
      const outcomes = await Promise.all(
        people.map((one, index) =>
          store.commit(
            turn(store, one, events[index] ?? start, {
              lease: owner.lease,
              expectedVersion: index % 3 === 0 ? 4 : 0,
              state: { version: 1, wrappedKey: bytes('key'), body: bytes(`state ${index}`) },
            }),
          ),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.kind === 'conflict')).toHaveLength(50);
      const states = await Promise.all(people.map((one) => store.loadState(one)));
      expect(states.map((state) => (state === undefined ? '-' : textOf(state.body)))).toEqual(
        people.map((_, index) => (index % 3 === 0 ? '-' : `state ${index}`)),
      );
      expect(await store.readOutbox(owner.partition, beginning, 1_000)).toHaveLength(100);
    });
  });

  describe('a state', () => {
    test('is written over by the next commit and seen by every process', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      expect(await store.loadState(owner.conversation)).toBe(undefined);
      for (const version of [0, 1, 2]) {
        await committed(
          store,
          turn(store, owner.conversation, await accepted(store, owner.conversation), {
            lease: owner.lease,
            expectedVersion: version,
            state: {
              version: version + 1,
              wrappedKey: bytes(`key ${version}`),
              body: bytes(`body ${version}`),
            },
          }),
        );
      }
      const saved = await second.loadState(owner.conversation);
      expect(saved?.version).toBe(3);
      expect(textOf(saved?.wrappedKey)).toBe('key 2');
      expect(textOf(saved?.body)).toBe('body 2');
    });

    test('is gone with its log after its time, and the conversation begins anew', async () => {
      const { store, pass } = get();
      const owner = await owned(store);
      await committed(
        store,
        turn(store, owner.conversation, await accepted(store, owner.conversation, { log: bytes('hello') }), {
          lease: owner.lease,
          log: [bytes('good day')],
          expiresAt: Date.now() + day,
        }),
      );
      await pass(day - 60_000);
      expect((await store.loadState(owner.conversation))?.version).toBe(1);
      expect((await store.readLog(owner.conversation, 0, 10)).length).toBe(2);
      await pass(120_000);
      expect(await store.loadState(owner.conversation)).toBe(undefined);
      expect(await store.readLog(owner.conversation, 0, 10)).toEqual({ length: 0, entries: [] });
      const event = await accepted(store, owner.conversation);
      const { lease } = await acquired(store, owner.partition);
      const more = { lease, expiresAt: Date.now() + 90 * day };
      const request = turn(store, owner.conversation, event, more);
      expect(await store.commit({ ...request, expectedVersion: 1 })).toEqual({ kind: 'conflict' });
      await committed(store, request);
      expect((await store.readLog(owner.conversation, 0, 10)).length).toBe(0);
      const next = await accepted(store, owner.conversation, { log: bytes('hello again') });
      const log = [bytes('welcome back')];
      await committed(store, turn(store, owner.conversation, next, { ...more, expectedVersion: 1, log }));
      const { length, entries } = await store.readLog(owner.conversation, 0, 10);
      expect(length).toBe(2);
      expect(entries.map((line) => [line.serial, textOf(line.body)])).toEqual([
        [1, 'hello again'],
        [2, 'welcome back'],
      ]);
    });
  });
}
