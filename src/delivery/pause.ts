import type { Clock } from '../core/ports.ts';

/** Waits at least this many milliseconds. */
export const pause = (clock: Clock, ms: number): Promise<void> =>
  new Promise((resolve) => {
    clock.after(ms, resolve);
  });

/** Waits for something, but no longer than this many milliseconds. */
export async function atMost(clock: Clock, ms: number, awaited: Promise<void>): Promise<void> {
  let cancel = (): void => undefined;
  const over = new Promise<void>((resolve) => {
    cancel = clock.after(ms, resolve);
  });
  await Promise.race([awaited, over]);
  cancel();
}
