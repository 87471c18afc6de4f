import type { Redis } from 'ioredis';
import { SetupFaults, StoreUnavailable } from '../../core/errors.ts';
import type { Connections } from './connect.ts';
import { faultOf, guarded, troubleOf } from './faults.ts';

/** When a write counts as kept: on the disk, on a replica too, or within a second. */
export type Durability = 'always' | 'wait' | 'everysec';

/** Longest wait for a replica, milliseconds. */
const replicaMs = 500;

/**
 * Compares the setting with what the server says. False when the server does not tell: then the setting is believed.
 * Throws SetupFaults when the server keeps less than was asked.
 */
export async function verifyDurability(connections: Connections, asked: Durability): Promise<boolean> {
  const answers = await Promise.all(connections.masters().map(persistenceOf));
  const fsyncs = answers.flatMap((answer) => (answer === undefined ? [] : [answer]));
  const enough = asked === 'always' ? ['always'] : ['always', 'everysec'];
  const weak = fsyncs.find((fsync) => !enough.includes(fsync));
  if (weak !== undefined) {
    throw new SetupFaults([
      `REDIS_DURABILITY=${asked} needs "appendonly yes" and "appendfsync ${enough.join('" or "')}" in Redis; ` +
        `it has ${weak === 'off' ? '"appendonly no"' : `"appendfsync ${weak}"`}`,
    ]);
  }
  return fsyncs.length === answers.length;
}

/** `off`, `always`, `everysec`, `no`, or undefined when CONFIG is refused or renamed. */
async function persistenceOf(node: Redis): Promise<string | undefined> {
  try {
    const answer = await node.config('GET', 'append*');
    const pairs = Array.isArray(answer) ? answer.map(String) : [];
    const valueOf = (name: string): string | undefined => pairs[pairs.indexOf(name) + 1];
    if (!pairs.includes('appendonly')) return undefined;
    return valueOf('appendonly') === 'yes' ? valueOf('appendfsync') : 'off';
  } catch (error) {
    const refused = error instanceof Error && error.name === 'ReplyError';
    if (refused && (troubleOf(error) === undefined || troubleOf(error) === 'NOPERM')) return undefined;
    throw faultOf(error);
  }
}

/**
 * Waits for a replica. All writes answered in one round of the event loop share one WAIT a node:
 * WAIT covers whatever its connection wrote before.
 */
export function createReplication(connections: Connections, durability: Durability): () => Promise<void> {
  if (durability !== 'wait') return () => Promise.resolve();
  let shared: Promise<void> | undefined;
  const waitForAll = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    shared = undefined;
    const reached = await guarded(() =>
      Promise.all(connections.masters().map((node) => node.wait(1, replicaMs))),
    );
    if (reached.some((replicas) => replicas < 1)) {
      throw new StoreUnavailable(`No replica of Redis confirmed a write within ${replicaMs} ms`);
    }
  };
  return () => (shared ??= waitForAll());
}
