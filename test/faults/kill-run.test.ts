import { describe, expect, test } from '@jest/globals';
import { killRun } from './kill-run.ts';

/** A thousand messages and thirty kills on each store; a seed of its own for every run, printed when it fails. */
const quick = { people: 50, messagesEach: 20, kills: 30, seed: Date.now() % 1_000_000 };
const limit = 150_000;

describe.each(['embedded', 'redis'] as const)(
  'killed at any moment and started again, on the %s store',
  (store) => {
    test(
      'nothing acknowledged is lost, everything happens once and in order, and nothing is said twice when statuses come',
      async () => {
        const report = await killRun({ ...quick, store, statuses: true });
        expect({ ...report, seed: quick.seed }).toMatchObject({
          acknowledged: 1_000,
          lost: 0,
          doubled: 0,
          reordered: 0,
          repeated: 0,
          repeatedAgain: 0,
        });
      },
      limit,
    );
  },
);

test(
  'without statuses an answer in flight at a kill may be said twice, never three times',
  async () => {
    const report = await killRun({
      ...quick,
      people: 25,
      messagesEach: 16,
      kills: 10,
      store: 'embedded',
      statuses: false,
    });
    expect({ ...report, seed: quick.seed }).toMatchObject({
      acknowledged: 400,
      lost: 0,
      doubled: 0,
      reordered: 0,
      repeatedAgain: 0,
    });
    expect(report.repeated).toBeLessThanOrEqual(100);
  },
  limit,
);
