import type { Redis } from 'ioredis';
import type { EventId, Partition } from '../../core/ids.ts';
import type { Store, StoredEvent } from '../../core/store.ts';
import { longestBlockMs } from './connect.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { toEvent } from './mailbox.ts';
import { list, text } from './reply.ts';

/** The blocking side of the mailbox. */
export type MailboxReader = Pick<Store, 'readMailbox' | 'wakeReader'>;

/** One XREAD: events of each stream that has some, in the order asked. */
export async function xread(
  engine: Engine,
  connection: Redis,
  cursors: readonly (readonly [Partition, EventId])[],
  count: number,
  waitMs: number,
): Promise<readonly (readonly StoredEvent[])[]> {
  // BLOCK 0 would wait for ever.
  const block = waitMs > 0 ? ['BLOCK', Math.min(Math.ceil(waitMs), longestBlockMs)] : [];
  const partitionByKey = new Map(cursors.map(([partition]) => [engine.keys(partition).inbox, partition]));
  const ids = cursors.map(([, cursor]) => cursor);
  const reply = await connection.callBuffer(
    'XREAD',
    'COUNT',
    count,
    ...block,
    'STREAMS',
    ...partitionByKey.keys(),
    ...ids,
  );
  return list(reply).map((stream) => {
    const [key, entries] = list(stream);
    const partition = partitionByKey.get(text(key));
    if (partition === undefined) throw new Error('Redis answered for a stream that was not asked for');
    return list(entries).map((entry) => toEvent(partition, entry));
  });
}

/** Waits by the clock, or until woken, when there is nothing to read. */
export function pause(engine: Engine, waitMs: number, onWake: (wake: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const cancel = engine.clock.after(waitMs, resolve);
    onWake(() => {
      cancel();
      resolve();
    });
  });
}

const mostUnblockTries = 200;

/** Reads all owned partitions through one connection (single server or sentinels). */
export function createSingleReader(engine: Engine): MailboxReader {
  let wake: (() => void) | undefined;
  let busy = 1;
  let turn = 0;
  const connected = createReaderConnection(engine);

  const read = async (
    cursors: ReadonlyMap<Partition, EventId>,
    limit: number,
    waitMs: number,
  ): Promise<readonly StoredEvent[]> => {
    const early = { wake: false };
    wake = () => (early.wake = true);
    const { reader, id } = await connected();
    // COUNT is for each stream: share the limit between as many as had events lately, and begin with another
    // partition each time, so that a full one does not keep the others waiting.
    const all = [...cursors];
    turn = (turn + 1) % all.length;
    const rotated = [...all.slice(turn), ...all.slice(0, turn)];
    const count = Math.max(8, Math.ceil(limit / busy));
    const reading = xread(engine, reader, rotated, count, early.wake ? 0 : waitMs);
    wake = unblocker(engine, id, reading);
    const streams = await reading;
    busy = Math.max(1, streams.length);
    return streams.flat().slice(0, limit);
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

/** Gives the connected reader and its client id, which a reconnect changes. */
function createReaderConnection(
  engine: Engine,
): () => Promise<{ readonly reader: Redis; readonly id: number }> {
  let reader: Redis | undefined;
  let id: number | undefined;
  return async () => {
    if (reader === undefined) {
      reader = engine.connections.openReader();
      reader.on('close', () => (id = undefined));
    }
    if (reader.status === 'wait') await reader.connect();
    id ??= await reader.client('ID');
    return { reader, id };
  };
}

/**
 * CLIENT UNBLOCK may overtake the XREAD it is meant for, which came by another connection:
 * it is repeated until it hit or the read ended.
 */
function unblocker(engine: Engine, id: number, reading: Promise<unknown>): () => void {
  let ended = false;
  let started = false;
  const end = (): void => {
    ended = true;
  };
  reading.then(end, end);
  const unblock = async (): Promise<void> => {
    for (let attempt = 0; attempt < mostUnblockTries && !ended; attempt += 1) {
      if ((await engine.connections.commands.client('UNBLOCK', id)) === 1) return;
    }
  };
  return () => {
    if (started) return;
    started = true;
    // Failing to unblock only means waiting until the end of BLOCK.
    unblock().catch(end);
  };
}
