import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { SetupFaults, StoreUnavailable } from '../../src/core/errors.ts';
import type { ConversationId, EventId } from '../../src/core/ids.ts';
import { dedupeHash, partitionOf } from '../../src/core/ids.ts';
import type { Store } from '../../src/core/store.ts';
import type { RedisStore } from '../../src/stores/redis/index.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { ask, openTestStore, startRedis } from '../support/redis-server.ts';
import { accepted, bytes, entry, eventually, realRandomness, someone, start } from '../support/store-acts.ts';

let server: RedisServer;
let store: RedisStore;
const open: Store[] = [];

beforeAll(async () => {
  server = await startRedis({ appendfsync: 'always' });
  store = await openTestStore(server.url, { durability: 'always' });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

describe('Redis that goes away', () => {
  test('is a StoreUnavailable in time, and after the restart every resolved accept is there', async () => {
    const conversation = someone();
    const resolved: EventId[] = [];
    const rejected: unknown[] = [];
    let killedAt = 0;
    const lane = async (): Promise<void> => {
      while (rejected.length < 16) {
        try {
          resolved.push(await accepted(store, conversation));
        } catch (error) {
          rejected.push(error);
          return;
        }
        if (resolved.length === 500) {
          killedAt = Date.now();
          await server.kill();
        }
      }
    };
    await Promise.all(Array.from({ length: 16 }, lane));
    expect(Date.now() - killedAt).toBeLessThan(1_000);
    expect(rejected).toHaveLength(16);
    expect(rejected.every((error) => error instanceof StoreUnavailable)).toBe(true);
    await expect(store.check()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(
      store.readMailbox(new Map([[partitionOf(conversation, 64), start]]), 1, 50),
    ).rejects.toBeInstanceOf(StoreUnavailable);

    await server.restart();
    resolved.push(await eventually(() => accepted(store, conversation)));
    const waiting = await store.waitingEvents(conversation, 10_000);
    const kept = new Set(waiting.map((event) => event.eventId));
    expect(resolved.filter((id) => !kept.has(id))).toEqual([]);
    const read = await eventually(() =>
      store.readMailbox(new Map([[partitionOf(conversation, 64), start]]), 10, 50),
    );
    expect(read.map((event) => event.eventId)).toEqual(waiting.slice(0, 10).map((event) => event.eventId));
  });

  test('tells of log appends again after it came back', async () => {
    const conversation = someone();
    const heard: ConversationId[] = [];
    const stop = store.onLogAppended((one) => heard.push(one));
    const append = () => store.accept(entry(conversation, { log: bytes('hello') }));
    const hears = () =>
      eventually(async () => {
        await append();
        if (heard.length === 0) throw new Error('nothing was heard');
      });
    await hears();
    await server.restart();
    heard.length = 0;
    await hears();
    expect(new Set(heard)).toEqual(new Set([conversation]));
    stop();
  });

  test('while somebody begins to listen tells of log appends after it came back', async () => {
    const listening = await openTestStore(server.url);
    open.push(listening);
    await server.kill();
    const conversation = someone();
    const heard: ConversationId[] = [];
    const stop = listening.onLogAppended((one) => heard.push(one));
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.restart();
    await eventually(async () => {
      await listening.accept(entry(conversation, { log: bytes('hello') }));
      if (heard.length === 0) throw new Error('nothing was heard');
    });
    stop();
  });

  test('at the start is a StoreUnavailable', async () => {
    await expect(openTestStore('redis://127.0.0.1:1')).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(openTestStore('redis+cluster://127.0.0.1:1')).rejects.toBeInstanceOf(StoreUnavailable);
  });
});

describe('Redis that cannot write', () => {
  test('for lack of memory refuses an accept and keeps nothing of it', async () => {
    const conversation = someone();
    const dedupe = { hash: dedupeHash(realRandomness.id(128)), days: [20_000] as const };
    await ask(server.port, 'CONFIG', 'SET', 'maxmemory', '1');
    try {
      await expect(store.accept(entry(conversation, { dedupe }))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(store.accept(entry(conversation))).rejects.toBeInstanceOf(StoreUnavailable);
      await expect(store.check()).rejects.toBeInstanceOf(StoreUnavailable);
    } finally {
      await ask(server.port, 'CONFIG', 'SET', 'maxmemory', '0');
    }
    expect(await store.waitingEvents(conversation, 10)).toEqual([]);
    expect(await store.accept(entry(conversation, { dedupe }))).toMatchObject({ kind: 'accepted' });
  });

  test('because it became a replica refuses an accept, and takes it when it is a primary again', async () => {
    const conversation = someone();
    await ask(server.port, 'REPLICAOF', '127.0.0.1', '1');
    try {
      await expect(store.accept(entry(conversation))).rejects.toBeInstanceOf(StoreUnavailable);
    } finally {
      await ask(server.port, 'REPLICAOF', 'NO', 'ONE');
    }
    expect(await eventually(() => store.accept(entry(conversation)))).toMatchObject({ kind: 'accepted' });
  });

  test('without a replica refuses an accept that has to be on one', async () => {
    const waiting = await openTestStore(server.url, { durability: 'wait' });
    open.push(waiting);
    await expect(waiting.accept(entry(someone()))).rejects.toThrow(
      'No replica of Redis confirmed a write within 500 ms',
    );
  });
});

describe('Redis that keeps less than was asked', () => {
  test.each([
    ['everysec', 'yes', 'it has "appendfsync everysec"'],
    ['always', 'no', 'it has "appendonly no"'],
  ])('(%s, append-only %s) stops the start', async (fsync, appendOnly, sentence) => {
    await ask(server.port, 'CONFIG', 'SET', 'appendfsync', fsync, 'appendonly', appendOnly);
    try {
      const opening = openTestStore(server.url, { durability: 'always' });
      await expect(opening).rejects.toBeInstanceOf(SetupFaults);
      await expect(opening).rejects.toThrow(sentence);
    } finally {
      await ask(server.port, 'CONFIG', 'SET', 'appendfsync', 'always', 'appendonly', 'yes');
    }
  });

  test('and refuses to tell is believed, and that is said', async () => {
    await ask(server.port, 'ACL', 'SETUSER', 'plain', 'on', '>pass', '~*', '&*', '+@all', '-config');
    const believing = await openTestStore(server.url.replace('//', '//plain:pass@'), {
      durability: 'always',
    });
    open.push(believing);
    expect(believing.durability).toEqual({ kind: 'always', verified: false });
    expect(store.durability).toEqual({ kind: 'always', verified: true });
  });

  test('with another number of partitions stops the start; without one the stored number counts', async () => {
    await expect(openTestStore(server.url, { partitions: 16 })).rejects.toThrow(
      'Redis holds 64 partitions, but 16 were asked for; the number cannot change',
    );
    const second = await openTestStore(server.url);
    open.push(second);
    expect(second.partitions).toBe(64);
  });
});

test('no error text holds the login or what was to be kept', async () => {
  const guardedServer = await startRedis({ password: 'hunter2-right' });
  try {
    const url = `redis://:hunter2-wrong@127.0.0.1:${guardedServer.port}`;
    const refused = await openTestStore(url).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreUnavailable);
    expect(inspect(refused, { depth: 10 })).not.toContain('hunter2');
    const inside = await openTestStore(url.replace('wrong', 'right'));
    open.push(inside);
    await guardedServer.kill();
    const failed = await inside
      .accept(entry(someone(), { body: bytes('hunter2 text') }))
      .catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(StoreUnavailable);
    expect(inspect(failed, { depth: 10 })).not.toContain('hunter2');
  } finally {
    await guardedServer.stop();
  }
});
