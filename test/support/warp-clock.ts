import type { Clock } from '../../src/core/ports.ts';

/** Time as it is, until it is set forward; then everything that waits for a moment passed by is called at once. */
export interface WarpClock extends Clock {
  forward(ms: number): void;
}

/** A clock whose hands a test may move. */
export function createWarpClock(): WarpClock {
  let ahead = 0;
  const now = (): number => Date.now() + ahead;
  const waiting = new Map<() => void, number>();
  return {
    now,
    monotonic: () => performance.now() + ahead,
    after: (ms, callback) => {
      const ring = (): void => {
        stop();
        callback();
      };
      // What is still waited for when a test ends keeps nobody waiting.
      const timer = setTimeout(ring, ms).unref();
      const stop = (): void => {
        clearTimeout(timer);
        waiting.delete(ring);
      };
      waiting.set(ring, now() + ms);
      return stop;
    },
    forward: (ms) => {
      ahead += ms;
      const due = [...waiting].filter(([, at]) => at <= now()).sort(([, left], [, right]) => left - right);
      for (const [ring] of due) ring();
    },
  };
}
