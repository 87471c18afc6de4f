import { describe, expect, test } from '@jest/globals';
import { workerId, type WorkerId } from '../../src/core/ids.ts';
import { partitionsOf } from '../../src/core/rendezvous.ts';

const workers = ['north', 'south', 'east'].map(workerId);
const sharesOf = (living: readonly WorkerId[]): ReadonlyMap<WorkerId, ReadonlySet<number>> =>
  new Map(living.map((worker) => [worker, partitionsOf(worker, living, 64)]));

describe('who owns which partition', () => {
  test('every partition has exactly one owner among the living', () => {
    const owned = [...sharesOf(workers).values()].flatMap((share) => [...share]).sort((a, b) => a - b);
    expect(owned).toEqual(Array.from({ length: 64 }, (_, index) => index));
  });

  test('the shares are alike', () => {
    const sizes = [...sharesOf(workers).values()].map((share) => share.size);
    expect(Math.min(...sizes)).toBeGreaterThan(12);
    expect(Math.max(...sizes)).toBeLessThan(32);
  });

  test('the order in which workers are named changes nothing', () => {
    const [north] = workers;
    expect(partitionsOf(north!, [...workers].reverse(), 64)).toEqual(partitionsOf(north!, workers, 64));
  });

  test("when one leaves, the others keep theirs and only the leaver's are shared out", () => {
    const before = sharesOf(workers);
    const after = sharesOf(workers.slice(0, 2));
    for (const worker of workers.slice(0, 2)) {
      const lost = [...before.get(worker)!].filter((one) => !after.get(worker)!.has(one));
      expect(lost).toEqual([]);
    }
  });

  test('somebody who is not among the living owns nothing', () => {
    expect(partitionsOf(workerId('gone'), workers, 64).size).toBe(0);
    expect(partitionsOf(workerId('gone'), [], 64).size).toBe(0);
  });
});
