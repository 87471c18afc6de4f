import { writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SetupFaults } from '../../src/core/errors.ts';
import { aliasHash, dedupeHash, partition } from '../../src/core/ids.ts';
import type { SqliteStore } from '../../src/stores/sqlite/index.ts';
import { createStillClock } from '../support/still-clock.ts';
import { makeFolder, openTestStore } from '../support/sqlite-store.ts';
import {
  accepted,
  acquired,
  bytes,
  committed,
  createClock,
  owned,
  realRandomness,
  someone,
  turn,
} from '../support/store-acts.ts';

const hour = 3_600_000;

let folder: string;
let remove: () => Promise<void>;
const open: SqliteStore[] = [];

beforeEach(async () => {
  ({ folder, remove } = await makeFolder());
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  await remove();
});

async function opened(...options: Parameters<typeof openTestStore>): Promise<SqliteStore> {
  const store = await openTestStore(...options);
  open.push(store);
  return store;
}

/** Whether a text stands anywhere in the files of the folder. */
async function isOnDisk(text: string): Promise<boolean> {
  const files = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name))));
  return files.some((file) => file.includes(text));
}

describe('the folder', () => {
  test('and all files in it can be read by nobody else', async () => {
    const inside = join(folder, 'data', 'puente');
    const store = await opened(inside);
    await acquired(store, partition(0));
    const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
    expect(await modeOf(inside)).toBe('700');
    const names = (await readdir(inside)).toSorted();
    expect(names).toEqual(['owner.lock', 'store.sqlite', 'store.sqlite-shm', 'store.sqlite-wal']);
    expect(await Promise.all(names.map((name) => modeOf(join(inside, name))))).toEqual([
      '600',
      '600',
      '600',
      '600',
    ]);
    expect(store.file).toBe(join(inside, 'store.sqlite'));
  });

  test('that is a file stops the start', async () => {
    await writeFile(join(folder, 'data'), 'not a folder');
    const opening = openTestStore(join(folder, 'data'));
    await expect(opening).rejects.toBeInstanceOf(SetupFaults);
    await expect(opening).rejects.toThrow(
      `the folder ${join(folder, 'data')} cannot be used for the store (EEXIST)`,
    );
  });

  test('with a folder in the place of the file stops the start', async () => {
    await mkdir(join(folder, 'store.sqlite'));
    await expect(openTestStore(folder)).rejects.toThrow('cannot be used for the store (cannot-open)');
  });

  test.each([
    [
      'text',
      (file: string) => {
        writeFileSync(file, 'this is not a database at all, but a long line of text. '.repeat(20));
      },
    ],
    [
      'somebody else’s tables',
      (file: string) => {
        const other = new DatabaseSync(file);
        other.exec('CREATE TABLE orders (id INTEGER)');
        other.close();
      },
    ],
  ])('whose store.sqlite holds %s stops the start and changes nothing', async (_, write) => {
    const file = join(folder, 'store.sqlite');
    write(file);
    const before = await readFile(file);
    const opening = openTestStore(folder);
    await expect(opening).rejects.toBeInstanceOf(SetupFaults);
    await expect(opening).rejects.toThrow(`${file} is no store of Puente`);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  test('of a newer version stops the start', async () => {
    await (await openTestStore(folder)).close();
    const newer = new DatabaseSync(join(folder, 'store.sqlite'));
    newer.exec('PRAGMA user_version = 3');
    newer.close();
    const opening = openTestStore(folder);
    await expect(opening).rejects.toBeInstanceOf(SetupFaults);
    await expect(opening).rejects.toThrow('was written by a newer version of Puente');
  });

  test('of the version before is brought up to date, and loses nothing', async () => {
    const store = await openTestStore(folder);
    const conversation = someone();
    await store.resolveAliases([aliasHash('phone')], conversation);
    await store.quarantine({ source: 'webhook', at: 1, reason: 'unreadable', body: new Uint8Array(70) });
    await store.close();
    const older = new DatabaseSync(store.file);
    older.exec(`DROP INDEX aliases_by_day; ALTER TABLE aliases DROP COLUMN last_day;
      DELETE FROM settings WHERE name = 'quarantined'; PRAGMA user_version = 1`);
    older.close();
    const again = await opened(folder, { quarantineBytes: 100 });
    expect(await again.resolveAliases([aliasHash('phone')], someone())).toBe(conversation);
    await again.quarantine({ source: 'webhook', at: 2, reason: 'unreadable', body: new Uint8Array(40) });
    expect((await again.listQuarantine(10)).map(({ at }) => at)).toEqual([2]);
  });

  test('with another number of partitions stops the start; without one the stored number counts', async () => {
    const store = await opened(folder, { partitions: 16 });
    expect(store.partitions).toBe(16);
    await expect(openTestStore(folder, { partitions: 64 })).rejects.toThrow(
      'holds 16 partitions, but 64 were asked for; the number cannot change',
    );
    await expect(openTestStore(folder, { partitions: 0 })).rejects.toBeInstanceOf(SetupFaults);
    expect((await opened(folder)).partitions).toBe(16);
    expect((await opened(join(folder, 'another'))).partitions).toBe(64);
  });
});

describe('what was kept', () => {
  test('is there after the store was closed and opened again, also what was not waited for', async () => {
    const store = await openTestStore(folder);
    const owner = await owned(store);
    const event = await accepted(store, owner.conversation);
    await committed(store, turn(store, owner.conversation, event, { lease: owner.lease }));
    const accepting = Array.from({ length: 300 }, () => accepted(store, owner.conversation));
    await store.close();
    const ids = await Promise.all(accepting);
    const again = await opened(folder);
    expect((await again.loadState(owner.conversation))?.version).toBe(1);
    expect((await again.waitingEvents(owner.conversation, 1_000)).map((one) => one.eventId)).toEqual(ids);
  });

  test('keeps its order when the clock goes back, also after a restart with an empty mailbox', async () => {
    const clock = createClock();
    const store = await openTestStore(folder, { clock });
    const owner = await owned(store);
    const first = await accepted(store, owner.conversation);
    await committed(store, turn(store, owner.conversation, first, { lease: owner.lease }));
    await store.close();
    clock.forward(-2 * hour);
    const again = await opened(folder, { clock });
    await accepted(again, owner.conversation);
    const read = await again.readMailbox(new Map([[owner.partition, first]]), 10, 0);
    expect(read).toHaveLength(1);
  });

  test('of a conversation whose time is over leaves the disk within the hour after', async () => {
    const clock = createStillClock();
    const store = await opened(folder, { clock });
    const owner = await owned(store);
    const write = async (conversation: typeof owner.conversation, name: string, expiresAt: number) => {
      const event = await accepted(store, conversation, { log: bytes(`${name} said`) });
      const state = { version: 1, wrappedKey: bytes(`${name} key`), body: bytes(`${name} state`) };
      await committed(
        store,
        turn(store, conversation, event, { lease: owner.lease, state, expiresAt, outbox: [] }),
      );
    };
    await write(owner.conversation, 'short-lived', clock.now() + hour);
    for (const name of ['short-lived key', 'short-lived said']) expect(await isOnDisk(name)).toBe(true);
    const isGone = async (): Promise<boolean> => !(await isOnDisk('short-lived'));
    // Its hour ends after 106 minutes and 40 seconds: then one minute for the sweep, one for the write-ahead log.
    let minutes = 0;
    for (; minutes < 120 && !(await isGone()); minutes += 1) {
      clock.forward(60_000);
      for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(minutes).toBe(108);
  });

  test('of aliases nobody asked for in 400 days leaves the disk', async () => {
    const clock = createStillClock();
    const store = await opened(folder, { clock });
    await store.resolveAliases([aliasHash('hash-of-a-phone')], someone());
    expect(await isOnDisk('hash-of-a-phone')).toBe(true);
    clock.forward(401 * 24 * hour);
    for (let minute = 0; minute < 3; minute += 1) {
      clock.forward(60_000);
      for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await isOnDisk('hash-of-a-phone')).toBe(false);
  });

  test('of an erased person is nowhere on the disk soon after', async () => {
    const clock = createStillClock();
    const store = await opened(folder, { clock });
    const owner = await owned(store);
    const event = await accepted(store, owner.conversation, {
      body: bytes('private event'),
      log: bytes('private line'),
    });
    const state = { version: 1, wrappedKey: bytes('private key'), body: bytes('private state') };
    const outbox = [bytes('private answer')];
    await committed(store, turn(store, owner.conversation, event, { lease: owner.lease, state, outbox }));
    await accepted(store, owner.conversation, { body: bytes('private event waiting') });
    for (const what of ['key', 'state', 'line', 'answer', 'event'])
      expect(await isOnDisk(`private ${what}`)).toBe(true);
    const erasing = await accepted(store, owner.conversation);
    const blank = { lease: owner.lease, expectedVersion: 1, outbox: [], erase: true };
    await committed(store, turn(store, owner.conversation, erasing, blank));
    clock.forward(1_000);
    expect(await isOnDisk('private')).toBe(false);
    expect((await store.loadState(owner.conversation))?.version).toBe(2);
  });

  test('of a destroyed day is nowhere on the disk soon after, however many messages it had', async () => {
    const clock = createStillClock();
    const store = await opened(folder, { clock });
    const secret = Buffer.from((await store.daySecret(20_000)) ?? []).toString('latin1');
    const conversation = someone();
    const dedupes = Array.from({ length: 3_000 }, () => ({
      hash: dedupeHash(realRandomness.id(128)),
      days: [20_000] as const,
    }));
    await Promise.all(dedupes.map((dedupe) => accepted(store, conversation, { dedupe })));
    await store.destroyDaysBefore(20_001);
    clock.forward(1_000);
    const files = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')),
    );
    expect(files.some((file) => file.includes(secret))).toBe(false);
    const raw = new DatabaseSync(store.file, { readOnly: true });
    expect(raw.prepare('SELECT count(*) AS count FROM seen').get()?.['count']).toBe(0);
    raw.close();
  });
});
