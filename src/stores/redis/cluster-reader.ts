import type { Redis } from 'ioredis';
import type { EventId, Partition } from '../../core/ids.ts';
import type { StoredEvent } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import type { MailboxReader } from './reader.ts';
import { pause, xread } from './reader.ts';
import type { RedisNode } from './url.ts';

/** One XREAD under way for one partition; `after` is the cursor it began with. */
interface Reading {
  readonly after: EventId;
  readonly blocks: boolean;
  readonly ended: Promise<void>;
  outcome?: { readonly events: readonly StoredEvent[] } | { readonly error: unknown };
}

/** A partition's own connection: XREAD over several slots does not exist. */
interface Lane {
  connection?: Redis;
  reading?: Reading;
}

const mostMoves = 4;

/** Reads each owned partition of a cluster through a connection of its own; reads go on between two calls. */
export function createClusterReader(engine: Engine): MailboxReader {
  const { lanes, laneOf, drop } = createLanes();
  let wake: (() => void) | undefined;
  let turn = 0;

  const read = async (
    cursors: ReadonlyMap<Partition, EventId>,
    limit: number,
    waitMs: number,
  ): Promise<readonly StoredEvent[]> => {
    // A partition that was given away, or read again from another place, gets a fresh connection.
    for (const [partition, lane] of lanes) {
      const cursor = cursors.get(partition);
      if (cursor === undefined || (lane.reading && lane.reading.after !== cursor)) drop(partition, lane);
    }
    const readings = [...cursors].map(([partition, after]) => {
      const lane = laneOf(partition);
      return (lane.reading ??= startReading(engine, lane, partition, after, limit, waitMs));
    });
    const ended = readings.map((reading) => reading.ended);
    if (waitMs > 0) {
      // A read that goes on from an earlier call may block for longer than this one wants to wait.
      await Promise.race([...ended, pause(engine, waitMs, (end) => (wake = end))]);
      wake?.();
    } else await Promise.all(readings.filter((reading) => !reading.blocks).map((reading) => reading.ended));
    turn = (turn + 1) % cursors.size;
    return collect([...cursors.keys()], limit);
  };

  /** Takes what has come, beginning with another partition each time; what is over the limit stays for the next call. */
  const collect = (partitions: readonly Partition[], limit: number): readonly StoredEvent[] => {
    const events: StoredEvent[] = [];
    for (const partition of [...partitions.slice(turn), ...partitions.slice(0, turn)]) {
      const lane = laneOf(partition);
      const outcome = lane.reading?.outcome;
      if (outcome === undefined || events.length >= limit) continue;
      if ('error' in outcome) {
        drop(partition, lane);
        throw outcome.error;
      }
      events.push(...outcome.events.slice(0, limit - events.length));
      delete lane.reading;
    }
    return events;
  };

  return {
    readMailbox: async (cursors, limit, waitMs) => {
      try {
        if (cursors.size > 0) return await guarded(() => read(cursors, limit, waitMs));
        await pause(engine, waitMs, (end) => (wake = end));
        return [];
      } finally {
        wake = undefined;
      }
    },
    wakeReader: () => wake?.(),
  };
}

function createLanes() {
  const lanes = new Map<Partition, Lane>();
  return {
    lanes,
    laneOf: (partition: Partition): Lane => {
      const lane = lanes.get(partition) ?? {};
      lanes.set(partition, lane);
      return lane;
    },
    drop: (partition: Partition, lane: Lane): void => {
      lane.connection?.disconnect();
      lanes.delete(partition);
    },
  };
}

function startReading(
  engine: Engine,
  lane: Lane,
  partition: Partition,
  after: EventId,
  limit: number,
  waitMs: number,
): Reading {
  const work = readOne(engine, lane, partition, after, limit, waitMs);
  const reading: Reading = {
    after,
    blocks: waitMs > 0,
    ended: work.then(
      (events) => {
        reading.outcome = { events };
      },
      (error: unknown) => {
        reading.outcome = { error };
      },
    ),
  };
  return reading;
}

/** Any node says by MOVED which one has the partition: https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/ */
async function readOne(
  engine: Engine,
  lane: Lane,
  partition: Partition,
  after: EventId,
  limit: number,
  waitMs: number,
): Promise<readonly StoredEvent[]> {
  let lastError: unknown;
  for (let move = 0; move < mostMoves; move += 1) {
    lane.connection ??= engine.connections.openReader(someMaster(engine, partition));
    try {
      const streams = await xread(engine, lane.connection, [[partition, after]], limit, waitMs);
      return streams.flat();
    } catch (error) {
      lastError = error;
      const { host, port } = lane.connection.options;
      lane.connection.disconnect();
      delete lane.connection;
      const target = movedTo(error, host ?? '');
      if (target === undefined) throw error;
      if (target.port !== port || target.host !== host)
        lane.connection = engine.connections.openReader(target);
    }
  }
  throw lastError;
}

function someMaster(engine: Engine, partition: Partition): RedisNode {
  const masters = engine.connections.masters();
  const options = masters[partition % Math.max(1, masters.length)]?.options;
  if (options?.host === undefined || options.port === undefined)
    throw new Error('the cluster has no node now');
  return { host: options.host, port: options.port };
}

function movedTo(error: unknown, asked: string): RedisNode | undefined {
  const match = error instanceof Error ? /^MOVED \d+ (.*):(\d+)$/.exec(error.message) : null;
  if (match === null) return undefined;
  return { host: match[1] || asked, port: Number(match[2]) };
}
