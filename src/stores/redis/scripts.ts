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
  'forget-alias',
  'mark-sending',
  'outbox-of',
  'quarantine',
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

/** Scripts that begin with functions they share. */
const beginnings: Partial<Record<ScriptName, string>> = {
  accept: 'append-log',
  commit: 'append-log',
  quarantine: 'keep-quarantined',
  'quarantine-event': 'keep-quarantined',
};

function readScript(name: ScriptName): Script {
  const beginning = beginnings[name];
  const lua = beginning === undefined ? readLua(name) : `${readLua(beginning)}\n${readLua(name)}`;
  return { lua, sha: createHash('sha1').update(lua).digest('hex') };
}

/** Reads all scripts; one that the server forgot (restart, failover) is sent whole once more. */
export function createScripts(commands: Redis | Cluster): {
  readonly run: RunScript;
  load(nodes: readonly Redis[]): Promise<void>;
} {
  // Safe: ioredis makes a Buffer form of every command it knows (its Commander mixin).
  const client = commands as unknown as ScriptClient;
  const scripts = new Map(names.map((name) => [name, readScript(name)]));
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
