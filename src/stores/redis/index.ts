import { SetupFaults } from '../../core/errors.ts';
import type { Clock, Log, Randomness } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';
import { rememberGood } from '../good-check.ts';
import { createAccept } from './accept.ts';
import { createAliases } from './aliases.ts';
import { createCases } from './cases.ts';
import { createClusterReader } from './cluster-reader.ts';
import { createCommit } from './commit.ts';
import { connect } from './connect.ts';
import type { Connections, GoodAddress } from './connect.ts';
import { createDays } from './days.ts';
import { createReplication, verifyDurability } from './durability.ts';
import type { Durability } from './durability.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { sharedKeys } from './keys.ts';
import { createLeases } from './leases.ts';
import { createConversationLog } from './log.ts';
import { createMailbox } from './mailbox.ts';
import { createNews } from './news.ts';
import { createOutbox } from './outbox.ts';
import { createPoison } from './poison.ts';
import { createSingleReader } from './reader.ts';
import { createScripts } from './scripts.ts';
import { createTimers } from './timers.ts';
import { parseRedisUrl } from './url.ts';

/** What `openRedisStore` needs to know. Without `partitions` the stored number counts, else 64, on a cluster 16. */
export interface RedisStoreOptions {
  readonly url: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly partitions?: number;
  /** Without it: `wait` with sentinels and clusters, else `always`. */
  readonly durability?: Durability;
  /** How long a lease lives that is not renewed, milliseconds; without it ten seconds. */
  readonly leaseMs?: number;
  /** Most bytes in quarantine; without it 200 MB. */
  readonly quarantineBytes?: number;
  readonly log?: Log;
}

/** The Redis store; `verified` is false when the server refused to tell how it keeps writes. */
export interface RedisStore extends Store {
  readonly durability: { readonly kind: Durability; readonly verified: boolean };
}

/**
 * Opens the store (architecture.md section 4). Throws SetupFaults for a wrong address, number of partitions or
 * durability, StoreUnavailable when the server cannot be reached.
 */
export async function openRedisStore(options: RedisStoreOptions): Promise<RedisStore> {
  const address = parseRedisUrl(options.url);
  if (address.kind === 'wrong') throw new SetupFaults([address.sentence]);
  const connections = await connect(address, options.log);
  try {
    return await openOn(connections, address, options);
  } catch (error) {
    connections.close();
    throw error;
  }
}

async function openOn(
  connections: Connections,
  address: GoodAddress,
  options: RedisStoreOptions,
): Promise<RedisStore> {
  const kind = options.durability ?? (address.kind === 'single' ? 'always' : 'wait');
  const verified = await verifyDurability(connections, kind);
  const scripts = createScripts(connections.commands);
  await scripts.load(connections.masters());
  const engine = createEngine({
    connections,
    run: scripts.run,
    clock: options.clock,
    randomness: options.randomness,
    log: options.log,
    partitions: await agreeOnPartitions(connections, options.partitions),
    replicated: createReplication(connections, kind),
  });
  const news = createNews(connections, options.log);
  return {
    partitions: engine.partitions,
    durability: { kind, verified },
    ...createAccept(engine),
    ...createAliases(engine, news),
    ...createCases(engine),
    ...createCommit(engine),
    ...createConversationLog(engine, news),
    ...createDays(engine),
    ...createLeases(engine, options.leaseMs),
    ...createMailbox(engine),
    ...createOutbox(engine),
    ...createPoison(engine, options.quarantineBytes),
    ...createTimers(engine),
    ...(connections.kind === 'cluster' ? createClusterReader(engine) : createSingleReader(engine)),
    check: rememberGood(options.clock, () => check(engine)),
    close: () => {
      connections.close();
      return Promise.resolve();
    },
  };
}

/** The first process to come writes the number; the others must agree, because conversations hash onto it. */
async function agreeOnPartitions(connections: Connections, asked: number | undefined): Promise<number> {
  if (asked !== undefined && !(Number.isInteger(asked) && asked > 0)) {
    throw new SetupFaults(['the number of partitions must be a whole number above 0']);
  }
  const wanted = asked ?? (connections.kind === 'cluster' ? 16 : 64);
  const before = await guarded(() =>
    connections.commands.set(sharedKeys.partitions, String(wanted), 'NX', 'GET'),
  );
  const stored = Number(before ?? wanted);
  if (asked !== undefined && stored !== asked) {
    throw new SetupFaults([
      `Redis holds ${stored} partitions, but ${asked} were asked for; the number cannot change`,
    ]);
  }
  return stored;
}

/** Really writes, once for each group of partitions: a read would not notice a full disk or memory. */
async function check(engine: Engine): Promise<void> {
  const { commands } = engine.connections;
  const keys = engine
    .groups(engine.every)
    .flatMap(([first]) => (first === undefined ? [] : [engine.keys(first).check]));
  await guarded(() => Promise.all(keys.map((key) => commands.set(key, '1', 'PX', 60_000))));
  await engine.replicated();
}
