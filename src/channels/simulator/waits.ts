import type { Clock } from '../../core/ports.ts';

/** Pauses that all end at once when whoever waits is closed; none begins after that. */
export function createWaits(clock: Clock) {
  const wakers = new Set<() => void>();
  let isOver = false;
  return {
    pause: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        if (isOver) {
          resolve();
          return;
        }
        const cancel = clock.after(ms, done);
        function done(): void {
          wakers.delete(done);
          cancel();
          resolve();
        }
        wakers.add(done);
      }),
    /** Whether `end` was called: nothing more should be begun. */
    areOver: (): boolean => isOver,
    end: (): void => {
      isOver = true;
      for (const wake of [...wakers]) wake();
    },
  };
}
