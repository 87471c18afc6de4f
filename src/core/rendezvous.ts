import type { Partition, WorkerId } from './ids.ts';
import { partition } from './ids.ts';
import { hashText } from './text.ts';

/**
 * The partitions a worker should own: each belongs to the living worker with the highest hash of both names, so that a
 * worker's coming or going moves only its own share.
 */
export function partitionsOf(
  worker: WorkerId,
  living: readonly WorkerId[],
  partitions: number,
): ReadonlySet<Partition> {
  const mine = new Set<Partition>();
  for (let number = 0; number < partitions; number += 1) {
    if (ownerOf(number, living) === worker) mine.add(partition(number));
  }
  return mine;
}

function ownerOf(number: number, living: readonly WorkerId[]): WorkerId | undefined {
  let owner: WorkerId | undefined;
  let best = -1;
  for (const worker of living) {
    const weight = mix(hashText(`${worker}/${number}`));
    if (weight > best || (weight === best && owner !== undefined && worker < owner)) {
      best = weight;
      owner = worker;
    }
  }
  return owner;
}

/** Spreads similar inputs over all 32 bits (the finaliser of MurmurHash3). */
function mix(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
