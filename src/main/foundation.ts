import { randomBytes } from 'node:crypto';
import { readConfiguration, type Settings } from '../config.ts';
import { SetupFaults } from '../core/errors.ts';
import type { Clock, Log, Randomness, Vault } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import { createLog } from '../log/index.ts';
import { createKeyRing, keyRingFaults } from '../people/key-ring.ts';
import { createVault } from '../people/vault.ts';
import { parseRedisUrl } from '../stores/redis/url.ts';
import { systemClock, systemRandomness } from './system.ts';

/** What every process that touches conversations stands on. */
export interface Foundation {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  readonly store: Store;
  readonly vault: Vault;
}

/** Checks of settings by the parts that use them. */
export const furtherChecks = {
  ENCRYPTION_KEYS: keyRingFaults,
  REDIS_URL: (text: string): readonly string[] => {
    const address = parseRedisUrl(text);
    return address.kind === 'wrong' ? [address.sentence.replace('REDIS_URL ', '')] : [];
  },
} as const;

/** The settings; throws SetupFaults with every fault when one is wrong. */
export function readSettings(): Settings {
  const { settings, faults } = readConfiguration(furtherChecks);
  if (settings === undefined) throw new SetupFaults(faults);
  return settings;
}

/** Lines of JSON on standard error: standard output is for results. */
export function openLog(settings: Settings): Log {
  const write = (line: string): void => {
    process.stderr.write(`${line}\n`);
  };
  return createLog({ write, level: settings.LOG_LEVEL, clock: systemClock });
}

/** Opens store and vault. Throws SetupFaults or StoreUnavailable. */
export async function openFoundation(settings: Settings, log: Log): Promise<Foundation> {
  const keys = createKeyRing(settings.ENCRYPTION_KEYS);
  const store = await openStore(settings, log);
  const vault = createVault({
    keys,
    daySecret: (day) => store.daySecret(day),
    bytes: randomBytes,
    clock: systemClock,
  });
  return { settings, clock: systemClock, random: systemRandomness, log, store, vault };
}

/** Only the store that is used is loaded. */
async function openStore(settings: Settings, log: Log): Promise<Store> {
  const { REDIS_URL: url, REDIS_DURABILITY: durability, DATA_DIR: folder, LEASE_MS: leaseMs } = settings;
  const common = { clock: systemClock, randomness: systemRandomness, log, leaseMs };
  if (url === undefined) {
    const { openSqliteStore } = await import('../stores/sqlite/index.ts');
    return openSqliteStore({ ...common, folder });
  }
  const { openRedisStore } = await import('../stores/redis/index.ts');
  return openRedisStore({ ...common, url, ...(durability === undefined ? {} : { durability }) });
}
