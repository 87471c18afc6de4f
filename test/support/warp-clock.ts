import type { Clock } from '../../src/core/ports.ts';

/**
 * Time as it is, until it is set forward; then everything that waits for a moment passed by is called at once. Set back,
 * only the wall's clock is: waiting takes as long as it says.
 */
export interface WarpClock extends Clock {
  forward(ms: number): void;
}

/** A clock whose hands a test may move. */
export function createWarpClock(): WarpClock {
  let [ahead, elapsed] = [0, 0];
  const monotonic = (): number => performance.now() + elapsed;
  const waiting = new Map<() => void, number>();
  return {
    now: () => Date.now() + ahead,
    monotonic,
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
      waiting.set(ring, monotonic() + ms);
      return stop;
    },
    forward: (ms) => {
      ahead += ms;
      elapsed += Math.max(0, ms);
      const due = [...waiting]
        .filter(([, at]) => at <= monotonic())
        .sort(([, left], [, right]) => left - right);
      for (const [ring] of due) ring();
    },
  };
}
