import { StoreUnavailable } from '../core/errors.ts';
import type { ConversationEvent } from '../core/event.ts';
import type { ConversationId } from '../core/ids.ts';
import type { StoredEvent } from '../core/store.ts';
import type { RunOptions } from './lanes.ts';
import type { DeliveryParts } from './parts.ts';
import type { StateCache } from './state-cache.ts';
import { tellWithoutState } from './tell-without-state.ts';
import {
  eventOf,
  nameOf,
  runTurn,
  type HeldPartition,
  type Outgoing,
  type TurnOutcome,
} from './turn-runner.ts';
import { pause } from './pause.ts';

/** Throws that a turn may make, and lonely deaths, before its event is set aside (architecture.md 4, Poison). */
const throwLimit = 3;
const deathLimit = 2;
const conflictLimit = 3;
const storePauses = [100, 200, 400, 800, 1_600];
const throwPause = 50;

/** Puts an event of our own into a conversation's mailbox; `once` names it, so that a repeat changes nothing. */
export type Post = (id: ConversationId, event: ConversationEvent, once: string) => Promise<boolean>;

interface ProcessorParts {
  readonly parts: DeliveryParts;
  readonly cache: StateCache;
  readonly post: Post;
  readonly send: (outgoing: readonly Outgoing[]) => void;
  /** What a commit wrote is only in the store: its answer was lost. */
  readonly reread: (held: HeldPartition) => void;
  /** The partition must be given up: another owner, or a state that will not fit. */
  readonly giveUp: (held: HeldPartition) => void;
}

/** One event on its way to being settled. */
interface Attempt {
  readonly held: HeldPartition;
  readonly event: StoredEvent;
  readonly options: RunOptions;
  conflicts: number;
  /** Counted as running alone, which only a death may leave standing. */
  isCounted: boolean;
}

/** `left`: for the next owner of its partition. */
type Settled = 'done' | 'left' | 'again';

/** Settles one event for good: committed, set aside, or left for the next owner of its partition. Never rejects. */
export function createEventProcessor(
  processor: ProcessorParts,
): (held: HeldPartition, event: StoredEvent, options: RunOptions) => Promise<void> {
  const { parts } = processor;
  return async (held, event, options) => {
    const attempt: Attempt = { held, event, options, conflicts: 0, isCounted: false };
    for (let trial = 0; held.held; trial += 1) {
      try {
        const settled = await tryOnce(processor, attempt);
        if (settled === 'done') return;
        await uncount(parts, attempt);
        if (settled === 'left') return;
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable))
          parts.log.error({ event: 'event-failed', error: nameOf(cause) });
        await pause(parts.clock, storePauses[Math.min(trial, storePauses.length - 1)] ?? 0);
      }
    }
    await uncount(parts, attempt).catch(() => undefined);
  };
}

async function tryOnce(processor: ProcessorParts, attempt: Attempt): Promise<Settled> {
  const { parts, cache } = processor;
  const { held, event, options } = attempt;
  if (options.alone && !attempt.isCounted) {
    const counts = await parts.store.countAttempt(held.partition, event.eventId, 'alone');
    attempt.isCounted = true;
    if (counts.alone > deathLimit) return setAside(processor, held, event, 'killed-the-worker');
  }
  const outcome = await runTurn(parts, cache, held, event, options.quiet);
  return settle(processor, attempt, outcome);
}

/** The event outlived its lonely run. */
async function uncount(parts: DeliveryParts, attempt: Attempt): Promise<void> {
  if (!attempt.isCounted) return;
  await parts.store.survived(attempt.held.partition, attempt.event.eventId);
  attempt.isCounted = false;
}

async function settle(processor: ProcessorParts, attempt: Attempt, outcome: TurnOutcome): Promise<Settled> {
  const { parts } = processor;
  const { held, event } = attempt;
  switch (outcome.kind) {
    case 'committed':
      processor.send(outcome.outgoing);
      return 'done';
    case 'already-done':
      processor.reread(held);
      return 'done';
    case 'lease-lost':
      processor.giveUp(held);
      return 'left';
    case 'conflict':
      attempt.conflicts += 1;
      if (attempt.conflicts < conflictLimit) return 'again';
      parts.log.error({ event: 'conflicts', partition: held.partition });
      processor.giveUp(held);
      return 'left';
    case 'unreadable':
      return setAside(processor, held, event, 'unreadable');
    case 'threw':
      return afterThrow(processor, attempt, outcome);
  }
}

async function afterThrow(
  processor: ProcessorParts,
  { held, event }: Attempt,
  outcome: Extract<TurnOutcome, { kind: 'threw' }>,
): Promise<Settled> {
  const { parts } = processor;
  const error = nameOf(outcome.cause);
  parts.log.error({ event: 'turn-threw', partition: held.partition, kind: outcome.event, error });
  const { threw } = await parts.store.countAttempt(held.partition, event.eventId, 'threw');
  if (threw >= throwLimit) return setAside(processor, held, event, error);
  await pause(parts.clock, throwPause * threw);
  return 'again';
}

function quarantined(
  parts: DeliveryParts,
  { eventId, urgent }: StoredEvent,
  event: ConversationEvent | undefined,
): ConversationEvent {
  const address = event?.kind === 'message' ? { address: event.address } : {};
  return { kind: 'quarantined', at: parts.clock.now(), eventId, urgent, ...address };
}

/** Quarantine and an alarm; the person is told by an event of its own, so that the next message has its turn. */
async function setAside(
  processor: ProcessorParts,
  held: HeldPartition,
  stored: StoredEvent,
  reason: string,
): Promise<Settled> {
  const { parts, post } = processor;
  const event = await eventOf(parts, stored);
  // Telling must not fail for ever: a failed telling is not told about.
  if (event?.kind === 'quarantined') await tellWithoutState(parts, held, stored, event);
  else if (event?.kind !== 'canary')
    await post(stored.conversationId, quarantined(parts, stored, event), `quarantined:${stored.eventId}`);
  const { partition, lease } = held;
  if (!(await parts.store.quarantineEvent(partition, lease, stored.eventId, reason))) return 'left';
  parts.observer.quarantined();
  parts.log.error({
    event: 'event-quarantined',
    partition,
    error: reason,
    ...(event === undefined ? {} : { kind: event.kind }),
  });
  return 'done';
}
