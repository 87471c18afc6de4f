import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SetupFaults } from '../../core/errors.ts';
import { faultOf, troubleOf } from './faults.ts';
import { codeOf, createPrivately } from './files.ts';
import { integer } from './rows.ts';

/** The file of the store in its folder. */
export const fileIn = (folder: string): string => join(folder, 'store.sqlite');

/** Raised when schema.sql changes in a way that older versions cannot read. */
const schemaVersion = 2;
/** What leads from a version to the next. */
const upgrades: Readonly<Record<number, string>> = {
  1: `
    ALTER TABLE aliases ADD COLUMN last_day INTEGER NOT NULL DEFAULT 0;
    UPDATE aliases SET last_day = unixepoch() / 86400;
    CREATE INDEX aliases_by_day ON aliases (last_day);
    INSERT INTO settings (name, value) SELECT 'quarantined', coalesce(sum(length(body)), 0) FROM quarantine;
  `,
};
const usualPartitions = 64;
/** While the file is opened there is nobody to keep waiting; later a lock must not stop the event loop for long. */
const openingBusyMs = 5_000;
const busyMs = 25;

const settings = `
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA temp_store = MEMORY;
  PRAGMA cache_size = -16384;
  PRAGMA journal_size_limit = 16777216;
`;

/** An open file and the number of partitions it holds. */
export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly partitions: number;
}

/** Opens or makes the store's file. Throws SetupFaults when the folder or the number of partitions is wrong. */
export function openDatabase(folder: string, partitions: number | undefined): OpenedDatabase {
  if (partitions !== undefined && !(Number.isInteger(partitions) && partitions > 0)) {
    throw new SetupFaults(['the number of partitions must be a whole number above 0']);
  }
  const file = fileIn(folder);
  const database = openFile(folder, file);
  try {
    database.exec(`PRAGMA busy_timeout = ${openingBusyMs}`);
    checkIsOurs(database, file);
    database.exec('PRAGMA journal_mode = WAL');
    database.exec(settings);
    const stored = prepareSchema(database, file, partitions);
    database.exec(`PRAGMA busy_timeout = ${busyMs}`);
    return { database, partitions: stored };
  } catch (error) {
    database.close();
    if (error instanceof SetupFaults) throw error;
    if (troubleOf(error) === 'not-a-database') throw wrongFile(file);
    throw faultOf(error);
  }
}

function openFile(folder: string, file: string): DatabaseSync {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    createPrivately(file);
    return new DatabaseSync(file);
  } catch (error) {
    const code = troubleOf(error) ?? codeOf(error) ?? 'unknown';
    throw new SetupFaults([`the folder ${folder} cannot be used for the store (${code})`]);
  }
}

const wrongFile = (file: string): SetupFaults =>
  new SetupFaults([`${file} is no store of Puente; choose another folder or move the file away`]);

const versionOf = (database: DatabaseSync): number =>
  integer(database.prepare('PRAGMA user_version').get() ?? {}, 'user_version');

/** Reads only: what is not ours stays as it is. */
function checkIsOurs(database: DatabaseSync, file: string): void {
  const version = versionOf(database);
  if (version > schemaVersion) {
    throw new SetupFaults([
      `${file} was written by a newer version of Puente; start that version or a newer one`,
    ]);
  }
  const hasTables = database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() !== undefined;
  if (version === 0 && hasTables) throw wrongFile(file);
}

/** The first process to come makes the tables and fixes the number of partitions; the others must agree. */
function prepareSchema(database: DatabaseSync, file: string, asked: number | undefined): number {
  database.exec('BEGIN IMMEDIATE');
  if (versionOf(database) === 0) createSchema(database, asked ?? usualPartitions);
  for (let version = versionOf(database); version < schemaVersion; version += 1) {
    database.exec(upgrades[version] ?? '');
    database.exec(`PRAGMA user_version = ${version + 1}`);
  }
  database.exec('COMMIT');
  const row = database.prepare("SELECT value FROM settings WHERE name = 'partitions'").get() ?? {};
  const stored = integer(row, 'value');
  if (asked !== undefined && stored !== asked) {
    throw new SetupFaults([
      `${file} holds ${stored} partitions, but ${asked} were asked for; the number cannot change`,
    ]);
  }
  return stored;
}

function createSchema(database: DatabaseSync, partitions: number): void {
  database.exec(readFileSync(new URL('./schema.sql', import.meta.url), 'utf8'));
  const write = database.prepare('INSERT INTO settings (name, value) VALUES (?, ?)');
  write.run('partitions', partitions);
  write.run('place', 0);
  write.run('quarantined', 0);
  database.exec(`PRAGMA user_version = ${schemaVersion}`);
}
