import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SqliteStore, SqliteStoreOptions } from '../../src/stores/sqlite/index.ts';
import { openSqliteStore } from '../../src/stores/sqlite/index.ts';
import { createClock, realRandomness } from './store-acts.ts';

/** An empty folder of its own, gone when it is let go. */
export async function makeFolder(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-sqlite-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Opens a store with the real clock and random ids. */
export const openTestStore = (
  folder: string,
  options: Partial<SqliteStoreOptions> = {},
): Promise<SqliteStore> =>
  openSqliteStore({ folder, clock: createClock(), randomness: realRandomness, ...options });
