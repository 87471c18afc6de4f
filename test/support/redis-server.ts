import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const readyLimitMs = 10_000;
const clusterLimitMs = 20_000;

/** A real redis-server on a random loopback port with a directory of its own. */
export interface RedisServer {
  readonly url: string;
  readonly pid: number;
  readonly port: number;
  /** Ends it and removes its directory. */
  stop(): Promise<void>;
  /** SIGKILL; the directory stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and directory, after `kill` or instead of it. */
  restart(): Promise<void>;
}

/** `flags` are further settings: `['--maxmemory', '2mb']`. */
export interface RedisServerOptions {
  readonly appendfsync?: 'always' | 'everysec';
  readonly flags?: readonly string[];
}

/** Starts a server that keeps an append-only file; ready when it answers PING. */
export async function startRedis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'puente-redis-'));
  const port = await freePort();
  const flags = [
    ...[
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      directory,
      '--save',
      '',
      '--loglevel',
      'warning',
    ],
    ...['--appendonly', 'yes', '--appendfsync', options.appendfsync ?? 'always', ...(options.flags ?? [])],
  ];
  let process = await launch(flags, port);
  const kill = (): Promise<void> => end(process, 'SIGKILL');
  return {
    url: `redis://127.0.0.1:${port}`,
    get pid() {
      return process.pid ?? 0;
    },
    port,
    kill,
    restart: async () => {
      await kill();
      process = await launch(flags, port);
    },
    stop: async () => {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Three real nodes that share the slots; ready when each says that the cluster is. */
export async function startRedisCluster(): Promise<{ readonly url: string; stop(): Promise<void> }> {
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
    await run('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes'], {
      timeout: clusterLimitMs,
    });
    await until(clusterLimitMs, async () => {
      const states = await Promise.all(nodes.map((node) => ask(node.port, 'CLUSTER', 'INFO')));
      return states.every((state) => state.includes('cluster_state:ok'));
    });
    return { url: `redis+cluster://${addresses.join(',')}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Asks a server one thing through redis-cli and gives the answer as text. */
export async function ask(port: number, ...command: readonly string[]): Promise<string> {
  const { stdout } = await run('redis-cli', ['-p', String(port), ...command], { timeout: readyLimitMs });
  return stdout;
}

async function launch(flags: readonly string[], port: number): Promise<ChildProcess> {
  const process = spawn('redis-server', flags, { stdio: 'ignore' });
  process.on('error', () => undefined);
  await until(readyLimitMs, async () => {
    if (process.exitCode !== null) throw new Error(`redis-server ended with code ${process.exitCode}`);
    return (await ask(port, 'PING').catch(() => '')).startsWith('PONG');
  });
  return process;
}

async function end(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill(signal);
  await ended;
}

async function until(limitMs: number, holds: () => Promise<boolean>): Promise<void> {
  const tries = Math.ceil(limitMs / 25);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error(`Redis was not ready within ${limitMs} ms`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
