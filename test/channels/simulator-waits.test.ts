import { expect, test } from '@jest/globals';
import { createWaits } from '../../src/channels/simulator/waits.ts';
import type { Clock } from '../../src/core/ports.ts';

/** A clock whose waits end only when `waiting` is called by hand. */
function handClock(): Clock & { readonly waiting: Set<() => void> } {
  const waiting = new Set<() => void>();
  return {
    waiting,
    now: () => 0,
    monotonic: () => 0,
    after: (_ms, callback) => {
      waiting.add(callback);
      return () => waiting.delete(callback);
    },
  };
}

test('a pause ends when its time is over', async () => {
  const clock = handClock();
  const waits = createWaits(clock);
  const pause = waits.pause(1_000);
  for (const callback of [...clock.waiting]) callback();
  await pause;
  expect([waits.areOver(), clock.waiting.size]).toEqual([false, 0]);
});

test('all pauses end at once at the end, and none begins after it', async () => {
  const clock = handClock();
  const waits = createWaits(clock);
  const pauses = [waits.pause(1_000), waits.pause(64_000)];
  expect(clock.waiting.size).toBe(2);
  waits.end();
  await Promise.all(pauses);
  await waits.pause(64_000);
  expect([waits.areOver(), clock.waiting.size]).toEqual([true, 0]);
});
