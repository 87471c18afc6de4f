import type { Clock } from '../core/ports.ts';

/** What may be spent in one UTC day by this process. */
export interface DailyLimits {
  readonly calls: number;
  readonly tokens: number;
}

/** Counts what a day costs. A call is paid for before it is made, at the most it can cost, and settled after. */
export interface DailyBudget {
  reserve(tokens: number): boolean;
  settle(reserved: number, used: number): void;
}

const day = 24 * 60 * 60 * 1000;

/** A budget in memory: it begins anew with the day, and with the process. */
export function createDailyBudget(limits: DailyLimits, clock: Clock): DailyBudget {
  let today = -1;
  let calls = 0;
  let tokens = 0;
  return {
    reserve: (wanted) => {
      const now = Math.floor(clock.now() / day);
      if (now !== today) [today, calls, tokens] = [now, 0, 0];
      if (calls >= limits.calls || tokens + wanted > limits.tokens) return false;
      calls += 1;
      tokens += wanted;
      return true;
    },
    settle: (reserved, used) => {
      tokens = Math.max(0, tokens - reserved + used);
    },
  };
}
