import type { Clock } from '../../src/core/ports.ts';

/** A clock that stands still until it is set forward, and then runs what became due. */
export function createStillClock(): Clock & { forward(ms: number): void } {
  let now = 1_763_000_000_000;
  const waiting = new Set<{ readonly at: number; readonly callback: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      waiting.add(timer);
      return () => waiting.delete(timer);
    },
    forward: (ms) => {
      now += ms;
      for (const timer of [...waiting]) {
        if (timer.at > now || !waiting.delete(timer)) continue;
        timer.callback();
      }
    },
  };
}
