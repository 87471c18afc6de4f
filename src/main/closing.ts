import type { Log } from '../core/ports.ts';

/** One thing to let go; may be absent, may fail. */
export type Closing = (() => Promise<void> | undefined) | undefined;

/** Lets everything go in this order. What fails is logged, and the next one has its turn. */
export async function closeAll(log: Log, closings: readonly Closing[]): Promise<void> {
  for (const close of closings) {
    try {
      await close?.();
    } catch (cause) {
      log.warn({ event: 'close-failed', error: cause instanceof Error ? cause.name : typeof cause });
    }
  }
}
