import { afterAll, beforeAll } from '@jest/globals';
import { storeContract } from '../contracts/store.ts';
import type { RedisServer } from '../support/redis-server.ts';
import { ask, openTestStore, passTime, startRedis } from '../support/redis-server.ts';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis({ appendfsync: 'everysec' });
});
afterAll(() => server.stop());

storeContract('the Redis store', async () => {
  await ask(server.port, 'FLUSHALL');
  const options = { quarantineBytes: 1_000_000 };
  const [store, second] = [
    await openTestStore(server.url, options),
    await openTestStore(server.url, options),
  ];
  return {
    store,
    second,
    pass: (ms) => passTime(server.port, ms),
    close: async () => {
      await Promise.all([store.close(), second.close()]);
    },
  };
});
