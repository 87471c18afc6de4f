import { afterAll, beforeAll } from '@jest/globals';
import { storeContract } from '../contracts/store.ts';
import type { RedisCluster } from '../support/redis-cluster.ts';
import { startRedisCluster } from '../support/redis-cluster.ts';
import { ask, openTestStore, passTime } from '../support/redis-server.ts';

let cluster: RedisCluster;
beforeAll(async () => {
  cluster = await startRedisCluster();
}, 40_000);
afterAll(() => cluster.stop());

storeContract('the Redis store on a cluster of three nodes', async () => {
  await Promise.all(cluster.nodes.map((node) => ask(node.port, 'FLUSHALL')));
  const options = { quarantineBytes: 1_000_000 };
  const [store, second] = [
    await openTestStore(cluster.url, options),
    await openTestStore(cluster.url, options),
  ];
  return {
    store,
    second,
    pass: async (ms) => {
      await Promise.all(cluster.nodes.map((node) => passTime(node.port, ms)));
    },
    close: async () => {
      await Promise.all([store.close(), second.close()]);
    },
  };
});
