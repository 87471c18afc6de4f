import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ConversationId, Partition } from '../../core/ids.ts';
import { partitionOf } from '../../core/ids.ts';
import type { Clock, Log, Randomness } from '../../core/ports.ts';
import { guarded } from './faults.ts';
import { ForeignWrites } from './foreign-writes.ts';
import { GroupCommit } from './group-commit.ts';
import { News } from './news.ts';
import { Places } from './places.ts';
import { Scrubber } from './scrubber.ts';

/** What every part of the store works with. */
export interface Engine {
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log | undefined;
  readonly partitions: number;
  readonly places: Places;
  readonly news: News;
  readonly foreign: ForeignWrites;
  readonly scrubber: Scrubber;
  partitionOf(conversation: ConversationId): Partition;
  /** A statement for the life of the store. */
  prepare(sql: string): StatementSync;
  /** Reads at once. */
  read<Value>(work: () => Value): Promise<Value>;
  /** Writes with the next group; resolves when it is on the disk. */
  write<Value>(work: () => Value): Promise<Value>;
  /** Writes what waits and ends all waiting. */
  stop(): void;
}

/** Puts the parts together. */
export function createEngine(
  parts: Pick<Engine, 'clock' | 'randomness' | 'log' | 'partitions'> & { readonly database: DatabaseSync },
): Engine {
  const { database, clock, randomness, log, partitions } = parts;
  const places = new Places(database, clock);
  const news = new News();
  const foreign = new ForeignWrites(database, clock, log);
  const scrubber = new Scrubber(database, clock, log);
  const group = new GroupCommit({
    database,
    clock,
    log,
    places,
    onCommitted: () => {
      news.publish();
    },
  });
  return {
    clock,
    randomness,
    log,
    partitions,
    places,
    news,
    foreign,
    scrubber,
    partitionOf: (conversation) => partitionOf(conversation, partitions),
    prepare: (sql) => database.prepare(sql),
    read: (work) =>
      new Promise((resolve) => {
        resolve(guarded(work));
      }),
    write: (work) => group.write(work),
    stop: () => {
      foreign.stop();
      scrubber.stop();
      group.finish();
    },
  };
}
