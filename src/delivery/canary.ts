import { conversationId, type ConversationId } from '../core/ids.ts';
import type { Clock, Log, Randomness } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { Post } from './process-event.ts';
import { nameOf } from './turn-runner.ts';

/** A message to ourselves through mailbox, turn, commit and log, every minute: a silent stop is noticed. */
export interface Canary {
  start(): void;
  stop(): void;
  /** `waiting` before the first one came back, for so long. */
  state():
    { readonly kind: 'waiting'; readonly ageMs: number } | { readonly kind: 'alive'; readonly ageMs: number };
}

const interval = 60_000;

/** Goes nowhere near a provider: its answer is an entry of its own log. */
export function createCanary(parts: {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  readonly post: Post;
}): Canary {
  const { store, clock, log } = parts;
  const own: ConversationId = conversationId(`canary-${parts.random.id(64)}`);
  let answeredAt: number | undefined;
  let startedAt = clock.now();
  let cancel: (() => void) | undefined;
  let forget: (() => void) | undefined;
  let sent = 0;

  const sing = (): void => {
    cancel = clock.after(interval, sing);
    sent += 1;
    const at = clock.now();
    parts.post(own, { kind: 'canary', at }, `canary:${sent}`).catch((cause: unknown) => {
      log.error({ event: 'canary-unsent', error: nameOf(cause) });
    });
    const silence = at - (answeredAt ?? startedAt);
    if (silence >= 2 * interval) log.error({ event: 'canary-silent', ms: silence });
  };

  return {
    start: () => {
      startedAt = clock.now();
      forget = store.onLogAppended((conversation) => {
        if (conversation === own) answeredAt = clock.now();
      });
      sing();
    },
    stop: () => {
      cancel?.();
      forget?.();
    },
    state: () =>
      answeredAt === undefined
        ? { kind: 'waiting', ageMs: clock.now() - startedAt }
        : { kind: 'alive', ageMs: clock.now() - answeredAt },
  };
}
