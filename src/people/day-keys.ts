import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Clock } from '../core/ports.ts';
import type { MasterKey } from './key-ring.ts';

/** A held key is asked for again after this time, so that a destroyed day is soon closed everywhere. */
const heldFor = 5 * 60_000;
/** Nine days, the next one and some margin; times the masters of a rotation. */
const mostHeld = 32;

interface Held {
  readonly key: KeyObject;
  readonly until: number;
}

/** The keys of days, each made from a master key and the day's own secret. */
export interface DayKeys {
  /** The key when it is in memory. */
  held(master: MasterKey, day: number): KeyObject | undefined;
  /** Asks for the day's secret; undefined when it was destroyed. */
  fetch(master: MasterKey, day: number): Promise<KeyObject | undefined>;
}

/** Day keys with a small memory; the oldest entry goes first. */
export function createDayKeys(
  daySecret: (day: number) => Promise<Uint8Array | undefined>,
  clock: Pick<Clock, 'monotonic'>,
): DayKeys {
  const memory = new Map<string, Held>();
  const nameOf = (master: MasterKey, day: number): string => `${master.mark.toString('hex')}:${day}`;

  return {
    held: (master, day) => {
      const held = memory.get(nameOf(master, day));
      return held !== undefined && clock.monotonic() < held.until ? held.key : undefined;
    },
    fetch: async (master, day) => {
      const name = nameOf(master, day);
      const until = clock.monotonic() + heldFor;
      const secret = await daySecret(day);
      memory.delete(name);
      if (secret === undefined) return undefined;
      const key = createSecretKey(
        Buffer.from(hkdfSync('sha256', master.days.export(), secret, `puente day ${day}`, 32)),
      );
      memory.set(name, { key, until });
      for (const oldest of memory.keys()) {
        if (memory.size <= mostHeld) break;
        memory.delete(oldest);
      }
      return key;
    },
  };
}
