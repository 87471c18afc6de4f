import type { Clock } from '../core/ports.ts';

/** How long a good check counts, milliseconds. */
const goodMs = 1_000;

/**
 * Makes a check that costs a write cheap to ask for: whoever asks while one is under way gets its answer, and one that
 * was good counts for a second from its beginning. What was found wrong is looked at anew each time.
 */
export function rememberGood(
  clock: Pick<Clock, 'monotonic'>,
  check: () => Promise<void>,
): () => Promise<void> {
  let goodUntil = -Infinity;
  let underWay: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const begunAt = clock.monotonic();
    try {
      await check();
      goodUntil = begunAt + goodMs;
    } finally {
      underWay = undefined;
    }
  };
  return () => {
    if (clock.monotonic() < goodUntil) return Promise.resolve();
    return (underWay ??= look());
  };
}
