import { randomBytes } from 'node:crypto';
import type { Clock, Randomness } from '../core/ports.ts';

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};

/** The machine's source of chance. */
export const systemRandomness: Randomness = {
  id: (bits) => randomBytes(bits / 8).toString('base64url'),
  fraction: () => Math.random(),
};
