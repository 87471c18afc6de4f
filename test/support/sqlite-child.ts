// A process of its own beside a test: node sqlite-child.ts <folder> <what>. Says on standard output what was acknowledged.
import { partition, partitionOf, workerId } from '../../src/core/ids.ts';
import type { ConversationId, LeaseToken, Partition } from '../../src/core/ids.ts';
import type { SqliteStore } from '../../src/stores/sqlite/index.ts';
import { openSqliteStore } from '../../src/stores/sqlite/index.ts';
import {
  accepted,
  bytes,
  committed,
  createClock,
  entry,
  realRandomness,
  someone,
  turn,
} from './store-acts.ts';

const [folder = '', what = ''] = process.argv.slice(2);
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Conversations that are accepted and answered again and again, until the process is killed. */
async function converse(store: SqliteStore): Promise<void> {
  const leases = new Map<Partition, LeaseToken>();
  await store.beat(workerId('child'));
  for (let index = 0; index < store.partitions; index += 1) {
    const outcome = await store.acquireLease(partition(index), workerId('child'));
    if (outcome.kind === 'held') throw new Error('a partition is held');
    leases.set(partition(index), outcome.lease);
    if (index === 0) say(`leased ${outcome.crashed ? 'after a crash' : 'cleanly'}`);
  }
  const lane = async (conversation: ConversationId): Promise<void> => {
    const lease = leases.get(partitionOf(conversation, store.partitions));
    if (lease === undefined) throw new Error('the partition is not ours');
    for (let version = 0; version < 100_000; version += 1) {
      const event = await accepted(store, conversation);
      say(`accepted ${conversation} ${version + 1}`);
      await committed(store, turn(store, conversation, event, { lease, expectedVersion: version }));
      say(`committed ${conversation} ${version + 1}`);
    }
  };
  await Promise.all(Array.from({ length: 32 }, () => lane(someone())));
}

/** Accepts until it cannot. */
async function fill(store: SqliteStore): Promise<void> {
  const conversation = someone();
  say(`conversation ${conversation}`);
  for (let count = 1; count < 10_000; count += 1) {
    try {
      await accepted(store, conversation, { body: new Uint8Array(4_000) });
      say(`accepted ${count}`);
    } catch (error) {
      say(`accept ${error instanceof Error ? error.name : 'failed'}`);
      break;
    }
  }
  say(
    `check ${await store.check().then(
      () => 'passed',
      (error: unknown) => (error as Error).name,
    )}`,
  );
  say(`oldest ${(await store.oldestWaiting()) ?? 'none'}`);
}

const store = await openSqliteStore({ folder, clock: createClock(), randomness: realRandomness });
if (what === 'converse') await converse(store);
else if (what === 'fill') await fill(store);
else {
  const outcome = await store.accept(entry(what as ConversationId, { log: bytes('from another process') }));
  say(outcome.kind);
}
await store.close();
