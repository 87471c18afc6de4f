import type { MiddlewareHandler } from 'botbuilder';
import type { Clock, Log } from '../core/ports.ts';

/** All conversations share one thread: a turn that takes longer than this keeps the others waiting. */
const slowAfterMs = 50;

/** Writes a line for every slow turn. */
export function reportSlowTurns(clock: Clock, log: Log): MiddlewareHandler {
  return async (context, next) => {
    const startedAt = clock.monotonic();
    await next();
    const ms = Math.round(clock.monotonic() - startedAt);
    if (ms >= slowAfterMs) log.warn({ event: 'slow-turn', kind: context.activity.type, ms });
  };
}
