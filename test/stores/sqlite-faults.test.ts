import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { ConversationId } from '../../src/core/ids.ts';
import { conversationId, partition, partitionOf, workerId } from '../../src/core/ids.ts';
import { makeFolder, openTestStore } from '../support/sqlite-store.ts';
import { accepted, beginning, eventually, someone, start } from '../support/store-acts.ts';

const script = fileURLToPath(new URL('../support/sqlite-child.ts', import.meta.url));

let folder: string;
let remove: () => Promise<void>;
const children: ChildProcess[] = [];

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await remove();
});

/** Starts a process on the folder; `said` is what it has acknowledged so far. */
function begin(what: string, wrap: readonly string[] = []) {
  const [command, ...args] = [...wrap, process.execPath, script, folder, what];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = once(child, 'close');
  return {
    // A last line without its end was cut off by the kill.
    said: () =>
      text
        .slice(0, text.lastIndexOf('\n') + 1)
        .split('\n')
        .filter((line) => line !== ''),
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The last number said of each conversation. */
function lastOf(said: readonly string[], what: string): ReadonlyMap<ConversationId, number> {
  const last = new Map<ConversationId, number>();
  for (const line of said) {
    const [kind, conversation = '', count] = line.split(' ');
    if (kind === what) last.set(conversationId(conversation), Number(count));
  }
  return last;
}

describe('a process that is killed', () => {
  test('loses nothing it acknowledged and leaves no turn half written, five times over', async () => {
    for (let round = 0; round < 5; round += 1) {
      const child = begin('converse');
      await eventually(() => {
        if (child.said().length < 1_500 + 700 * round) throw new Error('not yet');
      });
      await child.kill();
      const said = child.said();
      // The lock went with the process: its successor need not wait until the leases run out.
      expect(said[0]).toBe(round === 0 ? 'leased cleanly' : 'leased after a crash');
      const store = await openTestStore(folder);
      const done = lastOf(said, 'committed');
      for (const [conversation, count] of lastOf(said, 'accepted')) {
        const version = (await store.loadState(conversation))?.version ?? 0;
        const waiting = await store.waitingEvents(conversation, 10);
        const outbox = await store.readOutbox(
          partitionOf(conversation, store.partitions),
          beginning,
          1_000_000,
        );
        expect(version).toBeGreaterThanOrEqual(done.get(conversation) ?? 0);
        expect(version + waiting.length).toBeGreaterThanOrEqual(count);
        expect(waiting.length).toBeLessThanOrEqual(1);
        expect(outbox.filter((one) => one.conversationId === conversation)).toHaveLength(version);
      }
      await store.close();
    }
  }, 40_000);

  test('frees its leases at once, and one that lives keeps them', async () => {
    const child = begin('converse');
    await eventually(() => {
      if (child.said().length < 100) throw new Error('not yet');
    });
    const store = await openTestStore(folder);
    expect(await store.acquireLease(partition(0), workerId('next'))).toEqual({ kind: 'held' });
    await child.kill();
    expect(await store.acquireLease(partition(0), workerId('next'))).toMatchObject({
      kind: 'acquired',
      crashed: true,
    });
    await store.close();
  });

  test('does not count as living any more, so that its share is taken over at once', async () => {
    const child = begin('converse');
    await eventually(() => {
      if (child.said().length < 100) throw new Error('not yet');
    });
    const store = await openTestStore(folder);
    expect(await store.beat(workerId('next'))).toEqual(['child', 'next']);
    await child.kill();
    expect(await store.beat(workerId('next'))).toEqual(['next']);
    await store.close();
  });
});

test('what another process accepts and appends is noticed while the server runs', async () => {
  const store = await openTestStore(folder);
  const conversation = someone();
  const heard: ConversationId[] = [];
  store.onLogAppended((one) => heard.push(one));
  const cursors = new Map([[partitionOf(conversation, store.partitions), start]]);
  const reading = store.readMailbox(cursors, 10, 10_000);
  const child = begin(conversation);
  const events = await reading;
  expect(events.map((event) => event.conversationId)).toEqual([conversation]);
  await eventually(() => expect(heard).toContain(conversation));
  await child.ended;
  expect(child.said()).toEqual(['accepted']);
  await store.close();
}, 15_000);

test('a file that cannot grow is a StoreUnavailable, and nothing that was acknowledged is lost', async () => {
  // In blocks of 512 bytes: the file may have two million.
  const child = begin('fill', ['sh', '-c', 'ulimit -f 4096; exec "$@"', 'sh']);
  await child.ended;
  const said = child.said();
  expect(said.slice(-3)).toEqual(['accept StoreUnavailable', 'check StoreUnavailable', 'oldest 1000']);
  const acknowledged = said.filter((line) => line.startsWith('accepted ')).length;
  expect(acknowledged).toBeGreaterThan(10);
  const store = await openTestStore(folder);
  const conversation = conversationId(said[0]?.split(' ')[1] ?? '');
  expect(await store.waitingEvents(conversation, 10_000)).toHaveLength(acknowledged);
  await accepted(store, conversation);
  await store.close();
}, 15_000);

test('a burst of twenty thousand events goes in pieces, and the event loop has its turn after each', async () => {
  const store = await openTestStore(folder);
  const people = Array.from({ length: 500 }, someone);
  let kept = 0;
  const burst = Promise.all(
    Array.from({ length: 20_000 }, (_, index) =>
      accepted(store, people[index % 500] ?? someone()).then(() => (kept += 1)),
    ),
  );
  const rounds: { readonly kept: number; readonly workMs: number }[] = [];
  while (kept < 20_000 && rounds.length < 20_000) {
    const [keptBefore, before] = [kept, process.threadCpuUsage()];
    await new Promise((resolve) => setImmediate(resolve));
    // Work, not time: other programs may keep the processor meanwhile.
    const { user, system } = process.threadCpuUsage(before);
    rounds.push({ kept: kept - keptBefore, workMs: (user + system) / 1_000 });
  }
  await burst;
  expect(Math.max(...rounds.map((round) => round.kept))).toBe(128);
  expect(Math.max(...rounds.map((round) => round.workMs))).toBeLessThan(100);
  expect(await store.waitingEvents(people[0] ?? someone(), 1_000)).toHaveLength(40);
  await store.close();
});
