import { StoreUnavailable } from '../core/errors.ts';
import { engineDialogs } from '../core/repair.ts';
import type { ConversationEvent } from '../core/event.ts';
import type { ConversationId, EventId, LeaseToken, OutboxId, Partition } from '../core/ids.ts';
import type { StoredEvent } from '../core/store.ts';
import { prepareCommit, type PreparedCommit } from './commit-request.ts';
import type { DeliveryParts, OutboxEntry } from './parts.ts';
import { openEvent } from './sealing.ts';
import type { Loaded, StateCache } from './state-cache.ts';

/** A partition this worker owns, while it does. */
export interface HeldPartition {
  readonly partition: Partition;
  readonly lease: LeaseToken;
  /** Turns false when the lease is lost or given back: nothing more is done for it. */
  held: boolean;
  /** The last event read from its mailbox. */
  cursor: EventId;
  /** When it became ours. */
  readonly since: number;
  /** How many events may still be suspects: the owner before died. */
  suspectsLeft: number;
}

/** What is on its way out after a commit. */
export interface Outgoing {
  readonly held: HeldPartition;
  readonly conversationId: ConversationId;
  readonly outboxId: OutboxId;
  readonly entry: OutboxEntry;
}

/** What came of one event. */
export type TurnOutcome =
  | { readonly kind: 'committed'; readonly outgoing: readonly Outgoing[] }
  | { readonly kind: 'already-done' }
  /** Another version was stored: read again and try again. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'lease-lost' }
  /** The turn threw: a fault of ours. Nothing was written. */
  | { readonly kind: 'threw'; readonly event: ConversationEvent['kind']; readonly cause: unknown }
  /** The event cannot be opened any more. */
  | { readonly kind: 'unreadable' };

/** Takes one event through load, decide and commit. Throws StoreUnavailable. */
export async function runTurn(
  parts: DeliveryParts,
  cache: StateCache,
  held: HeldPartition,
  stored: StoredEvent,
  quiet: boolean,
): Promise<TurnOutcome> {
  const event = await eventOf(parts, stored);
  if (event === undefined) return { kind: 'unreadable' };
  const before = await loaded(cache, stored.conversationId);
  if ('threw' in before) return { kind: 'threw', event: event.kind, cause: before.threw };
  const startedAt = parts.clock.monotonic();
  const prepared = await decided(parts, before, event, quiet);
  if ('threw' in prepared) return { kind: 'threw', event: event.kind, cause: prepared.threw };
  const { partition, lease } = held;
  const outcome = await parts.store.commit({
    ...prepared.request,
    partition,
    lease,
    eventId: stored.eventId,
  });
  parts.observer.turned(event.kind, outcome.kind, parts.clock.monotonic() - startedAt);
  if (outcome.kind !== 'committed') {
    cache.drop(stored.conversationId);
    return outcome;
  }
  cache.keep(prepared.loaded);
  logTurn(parts, held, prepared, event, startedAt);
  for (const { requestId, outcome: said } of prepared.deskOutcomes) parts.onDeskOutcome(requestId, said);
  return { kind: 'committed', outgoing: outgoingOf(held, prepared, outcome.outbox) };
}

/** The event in clear; undefined when it cannot be read. Throws StoreUnavailable: then it may be readable later. */
export async function eventOf(
  parts: DeliveryParts,
  stored: StoredEvent,
): Promise<ConversationEvent | undefined> {
  if (stored.timer !== undefined) return { kind: 'timer', at: stored.at, name: stored.timer };
  if (stored.body === undefined) return undefined;
  try {
    return await openEvent(parts.vault, stored.conversationId, stored.body);
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    parts.log.error({ event: 'event-unreadable', partition: stored.partition, error: nameOf(cause) });
    return undefined;
  }
}

/** A state that cannot be opened is a fault of that conversation; a store that does not answer is not. */
async function loaded(cache: StateCache, id: ConversationId): Promise<Loaded | { readonly threw: unknown }> {
  try {
    return await cache.get(id);
  } catch (threw) {
    if (threw instanceof StoreUnavailable) throw threw;
    return { threw };
  }
}

async function decided(
  parts: DeliveryParts,
  before: Loaded,
  event: ConversationEvent,
  quiet: boolean,
): Promise<PreparedCommit | { readonly threw: unknown }> {
  try {
    const { result, messages } = await parts.engine.run({ state: before.state, event }, parts.decide);
    return prepareCommit(parts, before, result, messages, {
      now: parts.clock.now(),
      causedAt: event.at,
      quiet,
    });
  } catch (threw) {
    return { threw };
  }
}

function outgoingOf(
  held: HeldPartition,
  prepared: PreparedCommit,
  ids: readonly OutboxId[],
): readonly Outgoing[] {
  const { conversationId } = prepared.request;
  return prepared.outbox.flatMap((entry, index) => {
    const outboxId = ids[index];
    return outboxId === undefined ? [] : [{ held, conversationId, outboxId, entry }];
  });
}

function logTurn(
  parts: DeliveryParts,
  held: HeldPartition,
  prepared: PreparedCommit,
  event: ConversationEvent,
  startedAt: number,
): void {
  const { state } = prepared.loaded;
  const frame = state.dialogs.at(-1);
  parts.log.info({
    event: 'turn',
    conversation: parts.vault.logIdOf(state.conversationId, event.at),
    partition: held.partition,
    kind: event.kind,
    ...(state.address === undefined ? {} : { channel: state.address.channel }),
    // Who is in danger is known to their open case alone.
    ...(frame === undefined || frame.dialog === engineDialogs.danger
      ? {}
      : { dialog: frame.dialog, step: frame.step }),
    count: prepared.outbox.length,
    ms: Math.round(parts.clock.monotonic() - startedAt),
    lagMs: Math.max(0, parts.clock.now() - event.at),
  });
}

/** The class of a fault, for the log; its message may hold what a person wrote. */
export const nameOf = (cause: unknown): string => (cause instanceof Error ? cause.name : typeof cause);
