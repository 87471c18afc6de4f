import type { AliasHash, CaseId, ConversationId, Partition } from '../../core/ids.ts';

/** Keys of one partition: all carry its hash tag, so that a script over them stays on one slot of a cluster. */
export interface PartitionKeys {
  /** Stream: waiting events, fields c (conversation), a (at), u (urgent), then b (body) or t (timer). */
  readonly inbox: string;
  /** Stream: entries to send, fields c and b. */
  readonly outbox: string;
  /** Hash: outbox id -> `attempt at confirmed`. */
  readonly marks: string;
  /** String: `epoch:random` of the owner, ten seconds. */
  readonly lease: string;
  readonly epoch: string;
  /** String: lease of the last owner; still there without a lease means it crashed. */
  readonly owner: string;
  /** Set: conversations with an urgent event. */
  readonly hurry: string;
  /** Sorted set: `conversation name` by due time. */
  readonly timers: string;
  /** Sorted set: `case conversation` by rank, then time. */
  readonly cases: string;
  /** Hash: `event:what` -> count of attempts. */
  readonly attempts: string;
  /** Stream: quarantine. */
  readonly quarantine: string;
  /** Number: bytes of all bodies in it. */
  readonly quarantined: string;
  /** Set: days that have a set of seen messages. */
  readonly days: string;
  /** String: written by the health check. */
  readonly check: string;
  /** Set: 16-byte hashes of the message ids of one day. */
  seen(day: number): string;
  /** String: version, wrapped key, body (packing.ts). */
  state(conversation: ConversationId): string;
  /** List: ids of the waiting events of one conversation; gone when none waits. */
  waits(conversation: ConversationId): string;
  /** List: the conversation's log, 13 digits of milliseconds and the body each. */
  log(conversation: ConversationId): string;
  /** String: the case's copy of the wrapped key, and its body. */
  case(id: CaseId): string;
}

/** Keys of a partition. */
export function keysOf(partition: Partition): PartitionKeys {
  const tag = `{p${partition}}`;
  return {
    inbox: `${tag}:in`,
    outbox: `${tag}:out`,
    marks: `${tag}:marks`,
    lease: `${tag}:lease`,
    epoch: `${tag}:epoch`,
    owner: `${tag}:owner`,
    hurry: `${tag}:hurry`,
    timers: `${tag}:timers`,
    cases: `${tag}:cases`,
    attempts: `${tag}:attempts`,
    quarantine: `${tag}:quarantine`,
    quarantined: `${tag}:quarantined`,
    days: `${tag}:days`,
    check: `${tag}:check`,
    seen: (day) => `${tag}:seen:${day}`,
    state: (conversation) => `${tag}:state:${conversation}`,
    waits: (conversation) => `${tag}:waits:${conversation}`,
    log: (conversation) => `${tag}:dl:${conversation}`,
    case: (id) => `${tag}:case:${id}`,
  };
}

/** Keys that belong to no partition, each in a slot of its own. */
export const sharedKeys = {
  partitions: 'puente:partitions',
  workers: 'puente:workers',
  secrets: 'puente:secrets',
  alias: (hash: AliasHash): string => `alias:${hash}`,
} as const;

/** Channel on which the id of a conversation is published after something was appended to its log. */
export const logChannel = 'puente:log';

/** Channel on which aliases are published after they were forgotten, separated by blanks. */
export const aliasChannel = 'puente:aliases';
