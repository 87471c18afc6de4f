import { join } from 'node:path';
import type { Clock, Log, Randomness } from '../../core/ports.ts';
import type { Store } from '../../core/store.ts';
import { rememberGood } from '../good-check.ts';
import { createAccept } from './accept.ts';
import { createAliases } from './aliases.ts';
import { createCases, createCaseWriter } from './cases.ts';
import { createCommit } from './commit.ts';
import { fileIn, openDatabase } from './database.ts';
import { createDays } from './days.ts';
import { createEngine } from './engine.ts';
import type { Engine } from './engine.ts';
import { startSweeping } from './expiry.ts';
import { guarded } from './faults.ts';
import { createIsOwner, createLeases } from './leases.ts';
import { createConversationLog, createLogWriter } from './log.ts';
import { createMailbox } from './mailbox.ts';
import { createOutbox, createOutboxWriter } from './outbox.ts';
import { OwnerLock } from './owner-lock.ts';
import { createPoison } from './poison.ts';
import { createReader } from './reader.ts';
import { createTimers, createTimerWriter } from './timers.ts';

/** What `openSqliteStore` needs to know. Without `partitions` the stored number counts, else 64. */
export interface SqliteStoreOptions {
  /** Made when it is not there; only this user may read what is put into it. */
  readonly folder: string;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly partitions?: number;
  /** How long a lease lives that is not renewed, milliseconds; without it ten seconds. */
  readonly leaseMs?: number;
  /** Most bytes in quarantine; without it 200 MB. */
  readonly quarantineBytes?: number;
  readonly log?: Log;
}

/** The embedded store. */
export interface SqliteStore extends Store {
  /** Where everything is; two files may lie beside it while it is open. */
  readonly file: string;
}

/**
 * Opens the store (architecture.md section 4, Embedded). Throws SetupFaults for a wrong folder or number of partitions,
 * StoreUnavailable when the file cannot be read or written now.
 */
export function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  return new Promise((resolve) => {
    resolve(open(options));
  });
}

function open(options: SqliteStoreOptions): SqliteStore {
  const { folder, clock, randomness, log } = options;
  const { database, partitions } = openDatabase(folder, options.partitions);
  const lock = new OwnerLock(join(folder, 'owner.lock'), randomness.id(64));
  const engine = createEngine({ database, clock, randomness, log, partitions });
  const stopSweeping = startSweeping(engine);
  const reader = createReader(engine);
  const close = (): void => {
    if (!database.isOpen) return;
    stopSweeping();
    engine.stop();
    reader.wakeReader();
    database.close();
    lock.close();
  };
  return {
    file: fileIn(folder),
    partitions,
    ...createParts(engine, lock, options),
    ...reader,
    check: rememberGood(clock, createCheck(engine)),
    close: () =>
      new Promise((resolve) => {
        guarded(close);
        resolve();
      }),
  };
}

function createParts(engine: Engine, lock: OwnerLock, { leaseMs, quarantineBytes }: SqliteStoreOptions) {
  const isOwner = createIsOwner(engine);
  const log = createLogWriter(engine);
  const timers = createTimerWriter(engine);
  const cases = createCaseWriter(engine);
  const outbox = createOutboxWriter(engine);
  return {
    ...createAccept(engine, log),
    ...createAliases(engine),
    ...createCases(engine),
    ...createCommit(engine, { isOwner, log, outbox, timers, cases }),
    ...createConversationLog(engine),
    ...createDays(engine),
    ...createLeases(engine, lock, leaseMs),
    ...createMailbox(engine),
    ...createOutbox(engine, isOwner),
    ...createPoison(engine, isOwner, quarantineBytes),
    ...createTimers(engine, isOwner, timers),
  };
}

/** Really writes, and more than most events take: a read would not notice a full disk. */
function createCheck(engine: Engine): Store['check'] {
  const insert = engine.prepare('INSERT INTO probe (filler) VALUES (zeroblob(32768))');
  const forget = engine.prepare('DELETE FROM probe WHERE id < ?');
  return () =>
    engine.write(() => {
      forget.run(insert.run().lastInsertRowid);
    });
}
