import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RedisServer } from './redis-server.ts';
import { freePort } from './free-port.ts';
import { ask, startRedis, until } from './redis-server.ts';

const run = promisify(execFile);
const limitMs = 20_000;

/** A real cluster on loopback. */
export interface RedisCluster {
  readonly url: string;
  readonly nodes: readonly RedisServer[];
  /** Ends it and removes its directories. */
  stop(): Promise<void>;
}

/** Three real nodes that share the slots; ready when each says that the cluster is. */
export async function startRedisCluster(): Promise<RedisCluster> {
  const settings = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '2000'];
  const nodes: RedisServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.stop()));
  };
  try {
    for (let index = 0; index < 3; index += 1) {
      const bus = ['--cluster-port', String(await freePort())];
      nodes.push(await startRedis({ appendfsync: 'everysec', flags: [...settings, ...bus] }));
    }
    const addresses = nodes.map((node) => `127.0.0.1:${node.port}`);
    await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes'], { timeout: limitMs });
    await until(limitMs, async () => {
      const states = await Promise.all(nodes.map((node) => ask(node.port, 'CLUSTER', 'INFO')));
      return states.every((state) => state.includes('cluster_state:ok'));
    });
    return { url: `redis+cluster://${addresses.join(',')}`, nodes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
