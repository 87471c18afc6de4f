import { randomBytes } from 'node:crypto';
import type { ConversationId, EventId, LeaseToken, OutboxId, Partition } from '../../src/core/ids.ts';
import { conversationId, eventId, outboxId, partitionOf, workerId } from '../../src/core/ids.ts';
import type { Clock, Randomness } from '../../src/core/ports.ts';
import type { AcceptEntry, CommitRequest, Store, StoredEvent } from '../../src/core/store.ts';

/** The machine's clock, which a test may set forward. */
export interface MovableClock extends Clock {
  forward(ms: number): void;
}

/** Time as it is, until it is set forward; waiting takes as long as it says. */
export function createClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    monotonic: () => performance.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
    forward: (ms) => {
      ahead += ms;
    },
  };
}

/** Random ids, so that stores opened side by side never make the same. */
export const realRandomness: Randomness = {
  id: (bits) => randomBytes(bits / 8).toString('base64url'),
  fraction: () => Math.random(),
};

/** The place before the first event. */
export const start = eventId('0-0');

/** The place before the first outbox entry. */
export const beginning = outboxId('0-0');

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export const textOf = (body: Uint8Array | undefined): string => new TextDecoder().decode(body);

export const someone = (): ConversationId => conversationId(realRandomness.id(128));

/** Somebody whose conversation lies in this partition. */
export function someoneIn(partition: Partition, partitions: number): ConversationId {
  for (let tries = 0; tries < 10_000; tries += 1) {
    const conversation = someone();
    if (partitionOf(conversation, partitions) === partition) return conversation;
  }
  throw new Error('nobody was found for the partition');
}

/** An event to accept. */
export const entry = (conversation: ConversationId, more: Partial<AcceptEntry> = {}): AcceptEntry => ({
  conversationId: conversation,
  body: bytes('a sealed event'),
  at: 1_000,
  urgent: false,
  ...more,
});

/** Accepts an event that must be new. */
export async function accepted(
  store: Store,
  conversation: ConversationId,
  more: Partial<AcceptEntry> = {},
): Promise<EventId> {
  const outcome = await store.accept(entry(conversation, more));
  if (outcome.kind !== 'accepted') throw new Error('the event was taken for a duplicate');
  return outcome.eventId;
}

/** Acquires a partition that must be free. */
export async function acquired(
  store: Store,
  partition: Partition,
): Promise<{ readonly lease: LeaseToken; readonly crashed: boolean }> {
  const outcome = await store.acquireLease(partition, workerId('worker'));
  if (outcome.kind !== 'acquired') throw new Error('the partition is held');
  return outcome;
}

/** A turn that answers with one message, unless told otherwise. */
export function turn(
  store: Store,
  conversation: ConversationId,
  event: EventId,
  more: Partial<CommitRequest> & Pick<CommitRequest, 'lease'>,
): CommitRequest {
  const expectedVersion = more.expectedVersion ?? 0;
  return {
    partition: partitionOf(conversation, store.partitions),
    conversationId: conversation,
    eventId: event,
    expectedVersion,
    state: { version: expectedVersion + 1, wrappedKey: bytes('key'), body: bytes('state') },
    expiresAt: Date.now() + 30 * 86_400_000,
    outbox: [bytes('an answer')],
    log: [],
    setTimers: [],
    clearTimers: [],
    putCases: [],
    closeCases: [],
    erase: false,
    ...more,
  };
}

/** Commits a turn that must be kept; gives what it put into outbox and log. */
export async function committed(store: Store, request: CommitRequest) {
  const outcome = await store.commit(request);
  if (outcome.kind !== 'committed') throw new Error(`the turn ended as ${outcome.kind}`);
  return outcome;
}

/** A conversation whose partition this store owns. */
export async function owned(store: Store): Promise<{
  readonly conversation: ConversationId;
  readonly partition: Partition;
  readonly lease: LeaseToken;
}> {
  const conversation = someone();
  const partition = partitionOf(conversation, store.partitions);
  const { lease } = await acquired(store, partition);
  return { conversation, partition, lease };
}

/** Accepts an event and answers it; gives the place of the answer. */
export async function answered(
  store: Store,
  owner: { readonly conversation: ConversationId; readonly lease: LeaseToken },
  more: Partial<CommitRequest> = {},
): Promise<OutboxId> {
  const event = await accepted(store, owner.conversation);
  const { outbox } = await committed(
    store,
    turn(store, owner.conversation, event, { lease: owner.lease, ...more }),
  );
  const [id] = outbox;
  if (id === undefined) throw new Error('nothing was put into the outbox');
  return id;
}

/** All that waits in these partitions, without waiting. */
export const readAll = (
  store: Store,
  partitions: readonly Partition[],
  limit = 1_000,
): Promise<readonly StoredEvent[]> =>
  store.readMailbox(new Map(partitions.map((one) => [one, start])), limit, 0);

/** Tries until it works, at most for five seconds. */
export async function eventually<Value>(work: () => Promise<Value> | Value): Promise<Value> {
  const end = Date.now() + 5_000;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
