import type { Clock } from '../core/ports.ts';

/** Keeps calls away from a service that fails, and tries it again after a rest. */
export interface Breaker {
  /** Whether a call may be made now. Who asks and may must say how it went. */
  mayTry(): boolean;
  succeeded(): void;
  failed(): void;
}

const failureLimit = 5;
const failureWindow = 60_000;
const rest = 60_000;

type State =
  | { readonly kind: 'closed'; readonly failures: readonly number[] }
  | { readonly kind: 'open'; readonly since: number }
  /** One call finds out whether the service is well again. */
  | { readonly kind: 'trying' };

/** Five failures in a minute open it; after a minute one call is let through, and decides. */
export function createBreaker(clock: Clock): Breaker {
  let state: State = { kind: 'closed', failures: [] };
  return {
    mayTry: () => {
      if (state.kind === 'closed') return true;
      if (state.kind === 'trying' || clock.monotonic() - state.since < rest) return false;
      state = { kind: 'trying' };
      return true;
    },
    succeeded: () => {
      // A call that began before it opened says nothing about now.
      if (state.kind !== 'open') state = { kind: 'closed', failures: [] };
    },
    failed: () => {
      const now = clock.monotonic();
      if (state.kind === 'trying') state = { kind: 'open', since: now };
      if (state.kind !== 'closed') return;
      const failures = [...state.failures.filter((at) => now - at < failureWindow), now];
      state = failures.length >= failureLimit ? { kind: 'open', since: now } : { kind: 'closed', failures };
    },
  };
}
