import { StoreUnavailable } from '../core/errors.ts';
import type { ConversationEvent } from '../core/event.ts';
import type { ConversationId } from '../core/ids.ts';
import type { StoredEvent } from '../core/store.ts';
import type { RunOptions } from './lanes.ts';
import type { DeliveryParts } from './parts.ts';
import type { StateCache } from './state-cache.ts';
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
  /** The partition must be given up: another owner, or a state that will not fit. */
  readonly giveUp: (held: HeldPartition) => void;
}

/** Settles one event for good: committed, set aside, or left for the next owner of its partition. Never rejects. */
export function createEventProcessor(
  processor: ProcessorParts,
): (held: HeldPartition, event: StoredEvent, options: RunOptions) => Promise<void> {
  const { parts } = processor;
  return async (held, event, options) => {
    let conflicts = 0;
    let isCounted = false;
    for (let trial = 0; held.held; trial += 1) {
      try {
        if (options.alone && !isCounted) {
          const counts = await parts.store.countAttempt(held.partition, event.eventId, 'alone');
          isCounted = true;
          if (counts.alone > deathLimit) {
            await setAside(processor, held, event, 'killed-the-worker');
            return;
          }
        }
        const outcome = await runTurn(parts, processor.cache, held, event, options.quiet);
        if (outcome.kind === 'conflict') conflicts += 1;
        if (await isSettled(processor, held, event, outcome, conflicts)) return;
        if (isCounted) await parts.store.survived(held.partition, event.eventId);
        isCounted = false;
      } catch (cause) {
        if (!(cause instanceof StoreUnavailable))
          parts.log.error({ event: 'event-failed', error: nameOf(cause) });
        await pause(parts.clock, storePauses[Math.min(trial, storePauses.length - 1)] ?? 0);
      }
    }
  };
}

/** False: try again. */
async function isSettled(
  processor: ProcessorParts,
  held: HeldPartition,
  event: StoredEvent,
  outcome: TurnOutcome,
  conflicts: number,
): Promise<boolean> {
  const { parts } = processor;
  switch (outcome.kind) {
    case 'committed':
      processor.send(outcome.outgoing);
      return true;
    case 'already-done':
      return true;
    case 'lease-lost':
      processor.giveUp(held);
      return true;
    case 'conflict':
      if (conflicts < conflictLimit) return false;
      parts.log.error({ event: 'conflicts', partition: held.partition });
      processor.giveUp(held);
      return true;
    case 'unreadable':
      await setAside(processor, held, event, 'unreadable');
      return true;
    case 'threw': {
      const error = nameOf(outcome.cause);
      parts.log.error({ event: 'turn-threw', partition: held.partition, kind: outcome.event, error });
      const { threw } = await parts.store.countAttempt(held.partition, event.eventId, 'threw');
      if (threw >= throwLimit) {
        await setAside(processor, held, event, error);
        return true;
      }
      await pause(parts.clock, throwPause * threw);
      return false;
    }
  }
}

/** Quarantine and an alarm; the person is told by an event of its own, so that the next message has its turn. */
async function setAside(
  processor: ProcessorParts,
  held: HeldPartition,
  stored: StoredEvent,
  reason: string,
): Promise<void> {
  const { parts, post } = processor;
  const event = await eventOf(parts, stored);
  // Telling must not fail for ever: a failed telling is not told about.
  if (event?.kind !== 'quarantined' && event?.kind !== 'canary') {
    const told = { kind: 'quarantined', at: parts.clock.now(), eventId: stored.eventId } as const;
    await post(stored.conversationId, told, `quarantined:${stored.eventId}`);
  }
  await parts.store.quarantineEvent(held.partition, held.lease, stored.eventId, reason);
  parts.observer.quarantined();
  parts.log.error({
    event: 'event-quarantined',
    partition: held.partition,
    error: reason,
    ...(event === undefined ? {} : { kind: event.kind }),
  });
}
