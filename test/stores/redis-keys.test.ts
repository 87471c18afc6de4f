import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ConversationId } from '../../src/core/ids.ts';
import {
  aliasHash,
  caseId,
  dedupeHash,
  leaseToken,
  partition,
  partitionOf,
  workerId,
} from '../../src/core/ids.ts';
import type { StoredEvent } from '../../src/core/store.ts';
import type { RedisStore } from '../../src/stores/redis/index.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { ask, openTestStore, startRedis } from '../support/redis-server.ts';
import {
  accepted,
  acquired,
  bytes,
  entry,
  committed,
  eventually,
  realRandomness,
  someone,
  someoneIn,
  start,
  turn,
} from '../support/store-acts.ts';

let server: RedisServer;
let store: RedisStore;

beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
  store = await openTestStore(server.url);
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

describe('what is kept', () => {
  test('every key of a partition carries its tag, and conversations that end leave keys that expire', async () => {
    const fresh = await startRedis({ appendfsync: 'everysec' });
    const full = await openTestStore(fresh.url);
    try {
      const where = partition(7);
      const conversation = someoneIn(where, 64);
      const { lease } = await acquired(full, where);
      await full.beat(workerId('worker'));
      await full.daySecret(20_000);
      await full.resolveAliases([aliasHash('one')], conversation);
      const dedupe = { hash: dedupeHash(realRandomness.id(128)), days: [20_000] as const };
      const first = await full.accept(entry(conversation, { urgent: true, dedupe, log: bytes('hi') }));
      await accepted(full, conversation);
      if (first.kind !== 'accepted') throw new Error('refused');
      const outcome = await full.commit(
        turn(full, conversation, first.eventId, {
          lease,
          log: [bytes('hello')],
          setTimers: [{ name: 'later', dueAt: Date.now() + 60_000 }],
          putCases: [{ caseId: caseId('case'), rank: 1, openedAt: 1_000, body: bytes('case') }],
        }),
      );
      const sent = outcome.kind === 'committed' ? outcome.outbox[0] : undefined;
      if (sent === undefined) throw new Error('refused');
      await full.markSending(where, lease, sent, { attempt: 1, at: 1 });
      const [next] = await full.waitingEvents(conversation, 1);
      if (next === undefined) throw new Error('nothing waits');
      await full.countAttempt(where, next.eventId, 'alone');
      await full.quarantine({ source: 'webhook', at: 1, reason: 'unreadable', body: bytes('{') });
      await full.check();

      const keys = (await ask(fresh.port, 'KEYS', '*')).trim().split('\n').toSorted();
      const tag = '{p7}';
      expect(keys.filter((key) => !key.includes(':check') && !key.startsWith('{p0}:'))).toEqual(
        [
          'alias:one',
          'puente:partitions',
          'puente:secrets',
          'puente:workers',
          ...[
            'attempts',
            'case:case',
            'cases',
            'days',
            `dl:${conversation}`,
            'epoch',
            'hurry',
            'in',
            'lease',
          ],
          ...[
            'marks',
            'out',
            'owner',
            'seen:20000',
            `state:${conversation}`,
            'timers',
            `waits:${conversation}`,
          ],
        ].map((key) => (/^(alias|puente):/.test(key) ? key : `${tag}:${key}`)),
      );
      for (const key of [`${tag}:state:${conversation}`, `${tag}:dl:${conversation}`]) {
        expect(Number(await ask(fresh.port, 'PTTL', key))).toBeGreaterThan(80_000_000);
      }
      await full.commit(
        turn(full, conversation, next.eventId, { lease, expectedVersion: 1, outbox: [], erase: true }),
      );
      const left = await ask(fresh.port, 'KEYS', `${tag}:*`);
      expect(left.trim().split('\n').toSorted()).toEqual(
        ['days', 'epoch', 'hurry', 'in', 'lease', 'out', 'owner', 'seen:20000', `state:${conversation}`].map(
          (key) => `${tag}:${key}`,
        ),
      );
    } finally {
      await full.close();
      await fresh.stop();
    }
  });

  test('a thousand sessions take at most one and a half times their bytes', async () => {
    const fresh = await startRedis({ appendfsync: 'everysec' });
    const full = await openTestStore(fresh.url, { partitions: 1 });
    try {
      const { lease } = await acquired(full, partitionOf(someone(), 1));
      const used = async (): Promise<number> =>
        Number(/used_memory:(\d+)/.exec(await ask(fresh.port, 'INFO', 'memory'))?.[1]);
      const sessions = Array.from({ length: 1_100 }, someone);
      const state = { version: 1, wrappedKey: new Uint8Array(60).fill(7), body: new Uint8Array(540).fill(9) };
      const write = async (conversation: ConversationId): Promise<void> => {
        const event = await accepted(full, conversation);
        await full.commit(turn(full, conversation, event, { lease, state, outbox: [] }));
      };
      await Promise.all(sessions.slice(0, 100).map(write));
      const before = await used();
      await Promise.all(sessions.slice(100).map(write));
      expect((await used()) - before).toBeLessThan(1_000 * 600 * 1.5);
    } finally {
      await full.close();
      await fresh.stop();
    }
  });
});

test('a lease is as short as it was asked to be', async () => {
  const short = await openTestStore(server.url, { leaseMs: 300 });
  try {
    await short.beat(workerId('one'));
    await acquired(short, partition(0));
    const outcome = await eventually(async () => {
      const tried = await short.acquireLease(partition(0), workerId('two'));
      if (tried.kind === 'held') throw new Error('the lease lives on');
      return tried;
    });
    expect(outcome.crashed).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await short.beat(workerId('two'))).toEqual(['two']);
    await short.releaseLease(partition(0), outcome.lease);
  } finally {
    await short.close();
  }
});

test('a message costs at most four and a half commands from accept to settle', async () => {
  const conversations = Array.from({ length: 20 }, someone);
  const leases = new Map(
    await Promise.all(
      [...new Set(conversations.map((one) => partitionOf(one, 64)))].map(
        async (one) => [one, (await acquired(store, one)).lease] as const,
      ),
    ),
  );
  const counted = await countCommands(server.port);
  const cursors = new Map([...leases.keys()].map((one) => [one, start]));
  const versions = new Map<ConversationId, number>();
  const turns = new Map<ConversationId, Promise<void>>();
  const run = async ({ partition, conversationId: one, eventId }: StoredEvent): Promise<void> => {
    const expectedVersion = versions.get(one) ?? 0;
    const lease = leases.get(partition) ?? leaseToken('none');
    const { outbox } = await committed(store, turn(store, one, eventId, { lease, expectedVersion }));
    versions.set(one, expectedVersion + 1);
    for (const sent of outbox) {
      await store.markSending(partition, lease, sent, { attempt: 1, at: 1 });
      await store.settle(partition, sent);
    }
  };

  await Promise.all(
    Array.from({ length: 200 }, (_, index) => accepted(store, conversations[index % 20] ?? someone())),
  );
  for (let seen = 0, reads = 0; seen < 200 && reads < 50; reads += 1) {
    const events = await store.readMailbox(cursors, 128, 100);
    seen += events.length;
    for (const event of events) {
      cursors.set(event.partition, event.eventId);
      const before = turns.get(event.conversationId) ?? Promise.resolve();
      turns.set(
        event.conversationId,
        before.then(() => run(event)),
      );
    }
  }
  await Promise.all(turns.values());
  const commands = await counted();
  expect([...versions.values()]).toEqual(Array.from({ length: 20 }, () => 10));
  expect(commands / 200).toBeGreaterThanOrEqual(4);
  expect(commands / 200).toBeLessThanOrEqual(4.5);
});

/** Counts what clients send from now on, by MONITOR: https://redis.io/docs/latest/commands/monitor/ */
async function countCommands(port: number): Promise<() => Promise<number>> {
  const socket = createConnection(port, '127.0.0.1');
  const lines = createInterface({ input: socket });
  const told: string[] = [];
  lines.on('line', (line) => told.push(line));
  socket.write('MONITOR\r\n');
  await eventually(() => {
    if (told[0] !== '+OK') throw new Error('the monitor has not begun');
  });
  return async () => {
    // The monitor tells in order, but later: what it tells of this one comes after all others.
    await ask(port, 'ECHO', 'the end');
    const end = await eventually(() => {
      const place = told.findIndex((line) => line.endsWith('"ECHO" "the end"'));
      if (place < 0) throw new Error('the monitor has not told of all commands');
      return place;
    });
    socket.destroy();
    // What a script runs inside the server is no traffic; it is marked "lua".
    return told.slice(1, end).filter((line) => !/^\+[\d.]+ \[\d+ lua\]/.test(line)).length;
  };
}
