import type { Store } from '../../src/core/store.ts';
import { ask, openTestStore as openRedis, passTime, startRedis, type RedisServer } from './redis-server.ts';
import { makeFolder, openTestStore as openSqlite } from './sqlite-store.ts';
import { createClock } from './store-acts.ts';

/** A kind of store, empty for each test. */
export interface StoreKind {
  readonly name: string;
  /** Once for a file of tests. */
  begin(): Promise<void>;
  end(): Promise<void>;
  /** An empty place; the store before is closed. */
  fresh(): Promise<void>;
  /** Opens another handle on the same place, as another process would. */
  open(): Promise<Store>;
  /** Lets the leases of who died run out. */
  letLeasesRunOut(): Promise<void>;
}

const partitions = 4;
/** After this a worker counts as dead. */
const silence = 16_000;

function redisKind(): StoreKind {
  let server: RedisServer | undefined;
  const opened: Store[] = [];
  const port = (): number => server?.port ?? 0;
  const closeAll = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  };
  return {
    name: 'Redis',
    begin: async () => {
      server = await startRedis({ appendfsync: 'everysec' });
    },
    end: async () => {
      await closeAll();
      await server?.stop();
    },
    fresh: async () => {
      await closeAll();
      await ask(port(), 'FLUSHALL');
    },
    open: async () => {
      const store = await openRedis(server?.url ?? '', { partitions });
      opened.push(store);
      return store;
    },
    letLeasesRunOut: () => passTime(port(), silence),
  };
}

function sqliteKind(): StoreKind {
  let place: Awaited<ReturnType<typeof makeFolder>> | undefined;
  const clock = createClock();
  const opened: Store[] = [];
  const leave = async (): Promise<void> => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await place?.remove();
  };
  return {
    name: 'SQLite',
    begin: () => Promise.resolve(),
    end: leave,
    fresh: async () => {
      await leave();
      place = await makeFolder();
    },
    open: async () => {
      const store = await openSqlite(place?.folder ?? '', { partitions, clock });
      opened.push(store);
      return store;
    },
    letLeasesRunOut: () => {
      clock.forward(silence);
      return Promise.resolve();
    },
  };
}

/** Both stores. */
export const bothStores: readonly StoreKind[] = [redisKind(), sqliteKind()];
