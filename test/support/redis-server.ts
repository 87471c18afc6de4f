import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';
import type { RedisStore, RedisStoreOptions } from '../../src/stores/redis/index.ts';
import { openRedisStore } from '../../src/stores/redis/index.ts';
import { createClock, realRandomness } from './store-acts.ts';

const run = promisify(execFile);
const readyLimitMs = 10_000;

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
  readonly password?: string;
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
    ...(options.password === undefined ? [] : ['--requirepass', options.password]),
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

/** Lets time go by for all keys of a server, and for the workers' beats, by shortening what is left to them. */
export async function passTime(port: number, ms: number): Promise<void> {
  await ask(port, 'EVAL', passing, '0', String(ms));
}

const passing = `
for _, key in ipairs(redis.call('KEYS', '*')) do
  local left = redis.call('PTTL', key)
  if left > 0 and left <= tonumber(ARGV[1]) then redis.call('DEL', key)
  elseif left > 0 then redis.call('PEXPIRE', key, left - ARGV[1]) end
  if key == 'puente:workers' then
    for _, worker in ipairs(redis.call('ZRANGE', key, 0, -1)) do redis.call('ZINCRBY', key, -ARGV[1], worker) end
  end
end`;

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
    // A server with a password answers NOAUTH: it is there.
    return /^(PONG|NOAUTH)/.test(await ask(port, 'PING').catch(() => ''));
  });
  return process;
}

async function end(process: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  const ended = once(process, 'exit');
  process.kill(signal);
  await ended;
}

/** Looks every 25 ms whether it holds by now. */
export async function until(limitMs: number, holds: () => Promise<boolean>): Promise<void> {
  const tries = Math.ceil(limitMs / 25);
  for (let attempt = 0; attempt < tries; attempt += 1) {
    if (await holds()) return;
    await sleep(25);
  }
  throw new Error(`Redis was not ready within ${limitMs} ms`);
}

/** Opens a store with the real clock and random ids; asks no more durability than the server of the tests has. */
export function openTestStore(url: string, options: Partial<RedisStoreOptions> = {}): Promise<RedisStore> {
  return openRedisStore({
    url,
    clock: createClock(),
    randomness: realRandomness,
    durability: 'everysec',
    ...options,
  });
}
