import type {
  AliasHash,
  CaseId,
  ConversationId,
  DedupeHash,
  EventId,
  LeaseToken,
  OutboxId,
  Partition,
  WorkerId,
} from './ids.ts';

/** Something accepted on the edge, sealed, on its way into a mailbox. */
export interface AcceptEntry {
  readonly conversationId: ConversationId;
  /** Sealed `ConversationEvent`. */
  readonly body: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly urgent: boolean;
  /**
   * Remembered for nine days. `days` are UTC days since 1970: the hash is written to the first and looked for in all.
   * A message's own timestamp gives the day, so that a late retry meets its first delivery.
   */
  readonly dedupe?: { readonly hash: DedupeHash; readonly days: readonly [number, ...number[]] };
  /** Web chat: the sealed activity, appended to the conversation's log in the same step. */
  readonly log?: Uint8Array;
}

export type AcceptOutcome =
  | { readonly kind: 'accepted'; readonly eventId: EventId; readonly log?: LogPlace }
  | { readonly kind: 'duplicate' };

/** Place in a conversation's activity log: serial from 1, timestamp in milliseconds, strictly increasing. */
export interface LogPlace {
  readonly serial: number;
  readonly timestamp: number;
}

/** A waiting event. `timer` instead of `body` when a timer made it. */
export interface StoredEvent {
  readonly partition: Partition;
  readonly eventId: EventId;
  readonly conversationId: ConversationId;
  readonly at: number;
  readonly urgent: boolean;
  readonly body?: Uint8Array;
  readonly timer?: string;
}

/** A conversation's saved state. */
export interface StoredState {
  readonly version: number;
  /** The person's data key, wrapped by the master key. */
  readonly wrappedKey: Uint8Array;
  readonly body: Uint8Array;
}

/** A case as the store orders it: by rank (1 is most urgent), then by time. */
export interface StoredCase {
  readonly caseId: CaseId;
  readonly conversationId: ConversationId;
  readonly rank: 1 | 2 | 3;
  readonly openedAt: number;
  readonly body: Uint8Array;
  readonly wrappedKey: Uint8Array;
}

/** One turn's whole result, written at once or not at all. */
export interface CommitRequest {
  readonly partition: Partition;
  readonly lease: LeaseToken;
  readonly conversationId: ConversationId;
  /** The event this turn consumed; it must still be in the mailbox. */
  readonly eventId: EventId;
  /** Version the turn started from, 0 for a new conversation. */
  readonly expectedVersion: number;
  readonly state: StoredState;
  /** Milliseconds since 1970 after which the state may be dropped. */
  readonly expiresAt: number;
  /** Sealed outbox entries, in order. */
  readonly outbox: readonly Uint8Array[];
  /** Sealed activities for the conversation's log, in order. */
  readonly log: readonly Uint8Array[];
  readonly setTimers: readonly { readonly name: string; readonly dueAt: number }[];
  readonly clearTimers: readonly string[];
  readonly putCases: readonly Omit<StoredCase, 'conversationId' | 'wrappedKey'>[];
  readonly closeCases: readonly CaseId[];
  /**
   * Drops the log, timers, cases, waiting events up to this one, unsent outbox entries and suspects' marks of this
   * conversation before the rest is applied. Events that came later stay: they are a new conversation's.
   */
  readonly erase: boolean;
}

export type CommitOutcome =
  | { readonly kind: 'committed'; readonly outbox: readonly OutboxId[]; readonly log: readonly LogPlace[] }
  /** The event had been consumed before: nothing written. */
  | { readonly kind: 'already-done' }
  /** Another version is stored: nothing written. */
  | { readonly kind: 'conflict' }
  /** Another worker owns the partition: nothing written. */
  | { readonly kind: 'lease-lost' };

/** Something on its way out. */
export interface StoredOutboxEntry {
  readonly partition: Partition;
  readonly outboxId: OutboxId;
  readonly conversationId: ConversationId;
  readonly body: Uint8Array;
  readonly mark?: SendMark;
}

/** Written before a send. `confirmed` when the provider's status came. */
export interface SendMark {
  readonly attempt: number;
  readonly at: number;
  readonly confirmed: boolean;
}

/** Hears of aliases to ask for again. */
export type AliasListener = (aliases: readonly AliasHash[] | 'all') => void;

/** Kept for people to look at: an event that kills turns, or a signed webhook nobody can read. */
export interface QuarantineEntry {
  readonly source: 'webhook' | 'event';
  readonly at: number;
  readonly reason: string;
  readonly body: Uint8Array;
}

/**
 * Where conversations live. Two implementations, one contract (test/contracts/store.ts).
 * Faults (store down, disk full, no memory) are thrown as StoreUnavailable; expected outcomes are values.
 */
export interface Store {
  /** Number of partitions, kept in the store and checked when it is opened. */
  readonly partitions: number;

  // Identity
  /**
   * Finds the conversation of any of these aliases or claims them all for the candidate; unknown ones join the found
   * one. An alias that nobody asks for is forgotten after 400 days.
   */
  resolveAliases(aliases: readonly AliasHash[], candidate: ConversationId): Promise<ConversationId>;
  /** Those that lead to another conversation by now stay. All processes hear of it, so that caches ask again. */
  forgetAliases(aliases: readonly AliasHash[], conversation: ConversationId): Promise<void>;
  /** Calls back with aliases that were forgotten, in whichever process; `all` when some may have been missed. */
  onAliasesForgotten(listener: AliasListener): () => void;

  // Accepting, from any process
  accept(entry: AcceptEntry): Promise<AcceptOutcome>;
  /** The oldest go when there are more than 10,000, or 200 MB of them. */
  quarantine(entry: QuarantineEntry): Promise<void>;
  listQuarantine(limit: number): Promise<readonly QuarantineEntry[]>;

  // Owning
  /** Says this worker lives; gives all that do (last beat within 15 seconds of the store's clock). */
  beat(worker: WorkerId): Promise<readonly WorkerId[]>;
  leave(worker: WorkerId): Promise<void>;
  /** `crashed`: the owner before did not release it, so events that wait may have killed it. */
  acquireLease(
    partition: Partition,
    worker: WorkerId,
  ): Promise<
    | { readonly kind: 'acquired'; readonly lease: LeaseToken; readonly crashed: boolean }
    | { readonly kind: 'held' }
  >;
  /** Renews for ten seconds; gives the partitions that are no longer ours. */
  renewLeases(leases: ReadonlyMap<Partition, LeaseToken>): Promise<readonly Partition[]>;
  releaseLease(partition: Partition, lease: LeaseToken): Promise<void>;

  // The mailbox, by its owner
  /** Waits up to `waitMs` for events after the cursors; at most `limit`, in order within a partition. */
  readMailbox(
    cursors: ReadonlyMap<Partition, EventId>,
    limit: number,
    waitMs: number,
  ): Promise<readonly StoredEvent[]>;
  /** Ends a waiting `readMailbox` early, so that new cursors take effect. */
  wakeReader(): void;
  /** Conversations with an urgent event, each given once. */
  takeHurried(partitions: readonly Partition[]): Promise<readonly ConversationId[]>;
  /** All waiting events of one conversation, in order, wherever they stand in the mailbox. At most `limit`. */
  waitingEvents(conversation: ConversationId, limit: number): Promise<readonly StoredEvent[]>;
  loadState(conversation: ConversationId): Promise<StoredState | undefined>;
  commit(request: CommitRequest): Promise<CommitOutcome>;
  /** Moves due timers into the mailbox as events, in one step each. */
  fireTimers(partition: Partition, lease: LeaseToken, now: number, limit: number): Promise<number>;

  // Poison
  /** Counts one attempt and gives the counts so far; cleared when the event is committed. */
  countAttempt(
    partition: Partition,
    eventId: EventId,
    what: 'alone' | 'threw',
  ): Promise<{ readonly alone: number; readonly threw: number }>;
  /** Takes back one `alone` count: the event outlived it. */
  survived(partition: Partition, eventId: EventId): Promise<void>;
  /** Moves an event out of the mailbox into quarantine. False when it was no longer there or the lease is lost. */
  quarantineEvent(
    partition: Partition,
    lease: LeaseToken,
    eventId: EventId,
    reason: string,
  ): Promise<boolean>;

  // The outbox, by its owner
  readOutbox(partition: Partition, after: OutboxId, limit: number): Promise<readonly StoredOutboxEntry[]>;
  /** Before a send. False when the lease is lost or the entry is gone: do not send. */
  markSending(
    partition: Partition,
    lease: LeaseToken,
    outboxId: OutboxId,
    mark: { readonly attempt: number; readonly at: number },
  ): Promise<boolean>;
  readMark(partition: Partition, outboxId: OutboxId): Promise<SendMark | undefined>;
  /** After a send, or when it is given up: the entry and its mark go. */
  settle(partition: Partition, outboxId: OutboxId): Promise<void>;
  /** A status webhook named this entry; from any process. Nothing happens when it is not in flight. */
  confirmSend(partition: Partition, outboxId: OutboxId, at: number): Promise<void>;

  // Cases, from any process
  /** Open cases of all partitions, most urgent first, then oldest. */
  listCases(): Promise<readonly StoredCase[]>;

  // The web chat's log, from any process
  readLog(
    conversation: ConversationId,
    after: number,
    limit: number,
  ): Promise<{
    readonly length: number;
    readonly entries: readonly (LogPlace & { readonly body: Uint8Array })[];
    readonly wrappedKey?: Uint8Array;
  }>;
  /** Calls back after something was appended to any conversation's log, in whichever process. Gives the way to stop. */
  onLogAppended(listener: (conversation: ConversationId) => void): () => void;

  // Keys of the mailbox
  /** The random secret of a UTC day since 1970, made on first use; undefined when it was destroyed. */
  daySecret(day: number): Promise<Uint8Array | undefined>;
  /** Destroys the secrets of all days before this one, and forgets hashes of message ids of those days. */
  destroyDaysBefore(day: number): Promise<void>;

  // Health
  /** Throws StoreUnavailable when it cannot keep an event now; what was found good counts for a second. */
  check(): Promise<void>;
  /** When the oldest waiting event was accepted, milliseconds since 1970; undefined when none waits. */
  oldestWaiting(): Promise<number | undefined>;
  close(): Promise<void>;
}
