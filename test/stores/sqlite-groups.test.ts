import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '../../src/core/errors.ts';
import { dedupeHash, partition, workerId } from '../../src/core/ids.ts';
import type { SqliteStore } from '../../src/stores/sqlite/index.ts';
import { createStillClock } from '../support/still-clock.ts';
import { makeFolder, openTestStore } from '../support/sqlite-store.ts';
import {
  accepted,
  acquired,
  bytes,
  committed,
  entry,
  owned,
  readAll,
  realRandomness,
  someone,
  someoneIn,
  turn,
} from '../support/store-acts.ts';

let folder: string;
let remove: () => Promise<void>;
const open: SqliteStore[] = [];

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  await remove();
});

async function opened(...options: Parameters<typeof openTestStore>): Promise<SqliteStore> {
  const store = await openTestStore(...options);
  open.push(store);
  return store;
}

test('a lease is as short as it was asked to be', async () => {
  const clock = createStillClock();
  const store = await opened(folder, { clock, leaseMs: 1_000 });
  await store.beat(workerId('one'));
  await acquired(store, partition(0));
  clock.forward(1_001);
  expect((await acquired(store, partition(0))).crashed).toBe(true);
  expect(await store.beat(workerId('two'))).toEqual(['one', 'two']);
  clock.forward(500);
  expect(await store.beat(workerId('two'))).toEqual(['two']);
});

test('what this process appends to a log is told at once, without looking for it', async () => {
  const store = await opened(folder, { clock: createStillClock() });
  const heard: string[] = [];
  store.onLogAppended((conversation) => heard.push(conversation));
  const owner = await owned(store);
  const event = await accepted(store, owner.conversation, { log: bytes('hello') });
  expect(heard).toEqual([owner.conversation]);
  await committed(
    store,
    turn(store, owner.conversation, event, { lease: owner.lease, log: [bytes('good day')] }),
  );
  expect(heard).toEqual([owner.conversation, owner.conversation]);
});

test('a page of the mailbox has a share for every partition', async () => {
  const store = await opened(folder);
  const partitions = Array.from({ length: 5 }, (_, index) => partition(index));
  await Promise.all(
    partitions.map(async (where) => {
      const conversation = someoneIn(where, store.partitions);
      await Promise.all(Array.from({ length: where === 3 ? 1 : 100 }, () => accepted(store, conversation)));
    }),
  );
  const page = await readAll(store, partitions, 100);
  expect(partitions.map((where) => page.filter((event) => event.partition === where).length)).toEqual([
    20, 20, 20, 1, 20,
  ]);
});

describe('one group of writes', () => {
  test('is not failed by an operation of it that is wrong', async () => {
    const store = await opened(folder);
    const conversation = someone();
    const dedupe = { hash: dedupeHash(realRandomness.id(128)), days: [20_000] as const };
    const outcomes = await Promise.allSettled([
      accepted(store, conversation),
      // No column takes half a millisecond.
      accepted(store, conversation, { at: 0.5, dedupe, log: bytes('never') }),
      accepted(store, conversation),
      store.acquireLease(partition(0), workerId('worker')),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'fulfilled',
    ]);
    const [, wrong] = outcomes;
    expect(wrong.status === 'rejected' && wrong.reason instanceof StoreUnavailable).toBe(false);
    expect(await store.waitingEvents(conversation, 10)).toHaveLength(2);
    expect((await store.readLog(conversation, 0, 10)).length).toBe(0);
    expect((await store.accept(entry(conversation, { dedupe }))).kind).toBe('accepted');
  });

  test('waits for another process that writes, and lets everything else go on meanwhile', async () => {
    const store = await opened(folder);
    const other = new DatabaseSync(store.file);
    other.exec('BEGIN IMMEDIATE');
    const conversation = someone();
    let isKept = false;
    const accepting = accepted(store, conversation).then(() => (isKept = true));
    let rounds = 0;
    for (const end = Date.now() + 300; Date.now() < end; rounds += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(isKept).toBe(false);
    expect(rounds).toBeGreaterThan(5);
    expect(await store.waitingEvents(conversation, 10)).toEqual([]);
    other.exec('COMMIT');
    other.close();
    await accepting;
    expect(await store.waitingEvents(conversation, 10)).toHaveLength(1);
  });

  test('is refused when another process writes for more than five seconds, and the next one is taken', async () => {
    const clock = createStillClock();
    const store = await opened(folder, { clock });
    const other = new DatabaseSync(store.file);
    other.exec('BEGIN IMMEDIATE');
    const accepting = accepted(store, someone()).catch((error: unknown) => error);
    for (let second = 0; second <= 5; second += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      clock.forward(1_000);
    }
    const refused = await accepting;
    expect(refused).toBeInstanceOf(StoreUnavailable);
    expect(String(refused)).toContain('busy');
    other.exec('COMMIT');
    other.close();
    await accepted(store, someone());
  });
});
