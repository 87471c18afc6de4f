import { Cluster, Redis } from 'ioredis';
import type { RedisOptions } from 'ioredis';
import { StoreUnavailable } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { guarded, troubleOf } from './faults.ts';
import type { RedisAddress, RedisNode } from './url.ts';

/** Milliseconds without an answer after which a connection counts as dead. */
const silenceMs = 5_000;
/** The same for a connection that waits in XREAD; longer than `longestBlockMs`. */
const blockedSilenceMs = 15_000;
/** Longest wait of one XREAD, milliseconds. */
export const longestBlockMs = 10_000;
const connectMs = 3_000;
/** How long a socket may take to close, milliseconds; a command that ends waits for it. */
const closingMs = 500;

/** Without the mapping of replies, whose type does not allow absence. */
type Options = Omit<RedisOptions, 'replyMapping'>;

/** Where to connect, without the kind that says it was wrong. */
export type GoodAddress = Exclude<RedisAddress, { readonly kind: 'wrong' }>;

/** The connections of one store. */
export interface Connections {
  readonly kind: GoodAddress['kind'];
  /** Commands, pipelined by themselves. */
  readonly commands: Redis | Cluster;
  /** Connections to every node that takes writes. */
  masters(): readonly Redis[];
  /** A connection for XREAD alone: to the server, or to one node of a cluster. */
  openReader(node?: RedisNode): Redis;
  /** A connection for publishes. */
  openSubscriber(): Redis | Cluster;
  close(): void;
}

/**
 * Nothing is queued while there is no connection and nothing is sent again after it broke: a command fails at once,
 * and the worker or the edge decides. Sending again by itself would apply an accept twice without saying so.
 */
const common = (address: GoodAddress) => ({
  protocol: 2 as const,
  lazyConnect: true,
  connectTimeout: connectMs,
  disconnectTimeout: closingMs,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  maxRetriesPerRequest: 0,
  retryStrategy: (times: number) => Math.min(25 * 2 ** Math.min(times, 6), 1_000),
  reconnectOnError: (error: Error) => error.message.includes('READONLY'),
  disableClientInfo: true,
  ...(address.username === undefined ? {} : { username: address.username }),
  ...(address.password === undefined ? {} : { password: address.password }),
});

function place(address: GoodAddress): Options {
  switch (address.kind) {
    case 'single':
      return { ...address.node, db: address.database, ...(address.tls ? { tls: {} } : {}) };
    case 'sentinel':
      return {
        sentinels: address.nodes.map((node) => ({ ...node })),
        name: address.name,
        db: address.database,
        sentinelRetryStrategy: (times) => Math.min(times * 50, 1_000),
      };
    case 'cluster':
      return {};
  }
}

function openCluster(address: GoodAddress & { readonly kind: 'cluster' }, pipelining: boolean): Cluster {
  const { enableOfflineQueue: _queue, retryStrategy: _retry, ...node } = common(address);
  return new Cluster(
    address.nodes.map((startup) => ({ ...startup })),
    {
      lazyConnect: true,
      enableOfflineQueue: false,
      enableAutoPipelining: pipelining,
      maxRedirections: 6,
      slotsRefreshInterval: 10_000,
      clusterRetryStrategy: (times) => Math.min(50 * times, 1_000),
      redisOptions: { ...node, socketTimeout: silenceMs },
    },
  );
}

/** Connects for commands within a few seconds or throws StoreUnavailable; the other connections open when needed. */
export async function connect(address: GoodAddress, log: Log | undefined): Promise<Connections> {
  const opened = new Set<Redis | Cluster>();
  let isClosed = false;
  const watch = <Client extends Redis | Cluster>(client: Client): Client => {
    // What is opened after the end would never be closed.
    if (isClosed) throw new StoreUnavailable('The store was closed');
    opened.add(client);
    client.on('end', () => opened.delete(client));
    // Without a listener ioredis prints to the console; the commands themselves report the trouble.
    client.on('error', (error: unknown) =>
      log?.warn({ event: 'redis-connection', error: troubleOf(error) ?? 'refused' }),
    );
    return client;
  };
  const open = (socketTimeout: number, more: Options): Redis =>
    watch(new Redis({ ...common(address), ...place(address), socketTimeout, ...more }));
  const commands =
    address.kind === 'cluster'
      ? watch(openCluster(address, true))
      : open(silenceMs, { enableAutoPipelining: true });
  const close = (): void => {
    isClosed = true;
    for (const client of opened) client.disconnect();
    opened.clear();
  };
  try {
    await guarded(() => commands.connect());
  } catch (error) {
    close();
    throw error;
  }
  return {
    kind: address.kind,
    commands,
    masters: () => (commands instanceof Cluster ? commands.nodes('master') : [commands]),
    openReader: (node) => {
      // One node of a cluster is not waited for: the reader asks another where its partition went.
      if (node !== undefined)
        return open(blockedSilenceMs, { ...node, enableOfflineQueue: true, retryStrategy: () => null });
      return open(blockedSilenceMs, {});
    },
    openSubscriber: () =>
      address.kind === 'cluster'
        ? watch(openCluster(address, false))
        : watch(new Redis({ ...common(address), ...place(address), enableOfflineQueue: true })),
    close,
  };
}
