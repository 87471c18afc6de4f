import { describe, expect, test } from '@jest/globals';
import { nextAt, type Pace } from '../../src/core/pace.ts';

/** Times at which messages that are ready at these times go out. */
function pacedTimes(pace: Pace, ready: readonly number[]): readonly number[] {
  let mark = 0;
  return ready.map((now) => {
    const next = nextAt(pace, mark, now);
    mark = next.mark;
    return next.at;
  });
}

describe('pacing', () => {
  test.each<readonly [string, Pace, readonly number[], readonly number[]]>([
    [
      'a burst at once, then evenly',
      { intervalMs: 6_000, burst: 3 },
      [100_000, 100_000, 100_000, 100_000, 100_000],
      [100_000, 100_000, 100_000, 106_000, 112_000],
    ],
    [
      'somebody who writes slowly never waits',
      { intervalMs: 1_000, burst: 1 },
      [10_000, 12_000, 13_000],
      [10_000, 12_000, 13_000],
    ],
    [
      'a burst is earned again by silence',
      { intervalMs: 6_000, burst: 2 },
      [50_000, 50_000, 50_000, 90_000, 90_000],
      [50_000, 50_000, 56_000, 90_000, 90_000],
    ],
    ['without a burst one at a time', { intervalMs: 500, burst: 1 }, [9_000, 9_000], [9_000, 9_500]],
  ])('%s', (_name, pace, ready, expected) => {
    expect(pacedTimes(pace, ready)).toEqual(expected);
  });

  test('looking twice without going gives the same answer', () => {
    const pace = { intervalMs: 6_000, burst: 1 };
    const { mark } = nextAt(pace, 0, 1_000);
    expect([nextAt(pace, mark, 2_000).at, nextAt(pace, mark, 2_000).at]).toEqual([7_000, 7_000]);
  });
});
