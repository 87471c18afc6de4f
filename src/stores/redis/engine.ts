import type { ConversationId, Partition } from '../../core/ids.ts';
import { partition, partitionOf } from '../../core/ids.ts';
import type { Clock, Log, Randomness } from '../../core/ports.ts';
import type { Connections } from './connect.ts';
import type { PartitionKeys } from './keys.ts';
import { keysOf } from './keys.ts';
import type { RunScript } from './scripts.ts';

/** What every part of the store works with. */
export interface Engine {
  readonly connections: Connections;
  readonly run: RunScript;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log | undefined;
  readonly partitions: number;
  readonly every: readonly Partition[];
  keys(of: Partition): PartitionKeys;
  partitionOf(conversation: ConversationId): Partition;
  /** Splits partitions into groups whose keys may stand in one command: all together, or on a cluster one each. */
  groups(of: readonly Partition[]): readonly (readonly Partition[])[];
  /** With durability `wait`: waits until a replica has all writes so far; else returns at once. */
  replicated(): Promise<void>;
}

/** Puts the parts together. */
export function createEngine(
  parts: Pick<Engine, 'connections' | 'run' | 'clock' | 'randomness' | 'log' | 'partitions' | 'replicated'>,
): Engine {
  const every = Array.from({ length: parts.partitions }, (_, index) => partition(index));
  const keys = every.map(keysOf);
  return {
    ...parts,
    every,
    keys: (of) => keys[of] ?? keysOf(of),
    partitionOf: (conversation) => partitionOf(conversation, parts.partitions),
    groups: (of) => {
      if (of.length === 0) return [];
      return parts.connections.kind === 'cluster' ? of.map((one) => [one]) : [of];
    },
  };
}
