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
  const [store, second] = [await openTestStore(server.url), await openTestStore(server.url)];
  return {
    store,
    second,
    pass: (ms) => passTime(server.port, ms),
    close: async () => {
      await Promise.all([store.close(), second.close()]);
    },
  };
});
