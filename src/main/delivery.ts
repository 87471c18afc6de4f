import type { ChannelName, WorkerId } from '../core/ids.ts';
import { languageTag, workerId } from '../core/ids.ts';
import type { ChannelOutlet } from '../core/ports.ts';
import { newConversation } from '../core/turn.ts';
import { loadBotEngine } from '../bot/load.ts';
import { createCanary, type Canary } from '../delivery/canary.ts';
import { createInbox } from '../delivery/inbox.ts';
import type { DeliveryParts } from '../delivery/parts.ts';
import { Worker } from '../delivery/worker.ts';
import { checkFields } from '../people/fields.ts';
import { expiryOf } from '../people/retention.ts';
import type { Foundation } from './foundation.ts';
import type { Knowledge } from './knowledge.ts';
import { openModelTier } from './model-tier.ts';
import { watchQueue } from './queue-length.ts';
import { createDecide } from './turns.ts';

/** The way in and its caches; the parts below need both. */
export type OpenInbox = ReturnType<typeof createInbox>;
type Observer = DeliveryParts['observer'];

/** Opens the way in. */
export function openInbox(foundation: Foundation, knowledge: Knowledge, observer: Observer): OpenInbox {
  const isUrgent = (text: string): boolean => knowledge.recogniser.crisisOf(text) !== 'none';
  return createInbox({ ...foundation, observer, checkFields, isUrgent });
}

/** A process's share of the turns, running. */
export interface RunningTurns {
  readonly worker: Worker;
  stop(graceMs: number): Promise<void>;
}

/** Loads the Bot Framework and starts to run turns. */
export async function startTurns(
  foundation: Foundation,
  knowledge: Knowledge,
  observer: Observer,
  inbox: OpenInbox,
  outlets: readonly ChannelOutlet[],
): Promise<RunningTurns> {
  const { settings, clock, random, log, store } = foundation;
  const queue = watchQueue(store, clock);
  const tier = await openModelTier(foundation, knowledge);
  const language = languageTag(settings.DEFAULT_LANGUAGE);
  const parts: DeliveryParts = {
    ...foundation,
    leaseMs: settings.LEASE_MS,
    observer,
    checkFields,
    expiryOf,
    outlets: new Map<ChannelName, ChannelOutlet>(outlets.map((outlet) => [outlet.channel, outlet])),
    engine: await loadBotEngine({ translator: knowledge.translator, clock, log }),
    decide: createDecide({
      ...foundation,
      ...knowledge,
      waiting: queue.waiting,
      hasSecondOpinion: tier !== undefined,
    }),
    blank: (id) => newConversation(id, language),
    remote: tier === undefined ? {} : { understand: tier.understand },
    // Nobody waits for outcomes before there is a desk.
    onDeskOutcome: () => undefined,
  };
  const id: WorkerId = workerId(random.id(64));
  const worker = new Worker(parts, inbox.post, id);
  worker.start();
  return {
    worker,
    stop: async (graceMs) => {
      queue.stop();
      await worker.stop(graceMs);
      await tier?.close();
    },
  };
}

/** The message to ourselves that proves the path alive. */
export function openCanary({ store, clock, random, log }: Foundation, inbox: OpenInbox): Canary {
  return createCanary({ store, clock, random, log, post: inbox.post });
}
