import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Cluster, Redis } from 'ioredis';
import { guarded } from './faults.ts';

const names = [
  'accept',
  'acquire-lease',
  'beat',
  'commit',
  'confirm-send',
  'count-attempt',
  'day-secret',
  'destroy-secrets',
  'fire-timers',
  'mark-sending',
  'outbox-of',
  'quarantine-event',
  'read-case',
  'read-log',
  'read-outbox',
  'release-lease',
  'renew-lease',
  'settle',
  'survived',
  'take-hurried',
  'waiting-events',
] as const;

/** A Lua script, by its file name. */
export type ScriptName = (typeof names)[number];

/** What a script may be given; bodies are buffers. */
export type Argument = string | number | Buffer;

/** Runs a script over keys of one slot. */
export type RunScript = (
  name: ScriptName,
  keys: readonly string[],
  args: readonly Argument[],
) => Promise<unknown>;

/** Two methods that ioredis has and its types leave out. */
interface ScriptClient {
  evalshaBuffer(sha: string, keyCount: number, ...keysAndArgs: readonly Argument[]): Promise<unknown>;
  evalBuffer(lua: string, keyCount: number, ...keysAndArgs: readonly Argument[]): Promise<unknown>;
}

interface Script {
  readonly lua: string;
  readonly sha: string;
}

const readLua = (name: string): string => readFileSync(new URL(`./lua/${name}.lua`, import.meta.url), 'utf8');

function readScript(name: ScriptName, appendLog: string): Script {
  const lua = name === 'accept' || name === 'commit' ? `${appendLog}\n${readLua(name)}` : readLua(name);
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** Reads all scripts; one that the server forgot (restart, failover) is sent whole once more. */
export function createScripts(commands: Redis | Cluster): {
  readonly run: RunScript;
  load(nodes: readonly Redis[]): Promise<void>;
} {
  const appendLog = readLua('append-log');
  // Safe: ioredis makes a Buffer form of every command it knows (its Commander mixin).
  const client = commands as unknown as ScriptClient;
  const scripts = new Map(names.map((name) => [name, readScript(name, appendLog)]));
  const run: RunScript = (name, keys, args) =>
    guarded(async () => {
      const script = scripts.get(name);
      if (script === undefined) throw new Error(`there is no script ${name}`);
      try {
        return await client.evalshaBuffer(script.sha, keys.length, ...keys, ...args);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
        return await client.evalBuffer(script.lua, keys.length, ...keys, ...args);
      }
    });
  const load = (nodes: readonly Redis[]): Promise<void> =>
    guarded(async () => {
      await Promise.all(
        nodes.flatMap((node) => [...scripts.values()].map(({ lua }) => node.script('LOAD', lua))),
      );
    });
  return { run, load };
}
