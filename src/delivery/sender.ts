import { StoreUnavailable, type ErrorCode } from '../core/errors.ts';
import type { ConversationId, OutboxId, Partition } from '../core/ids.ts';
import { nextAt } from '../core/pace.ts';
import { createOutboxFeed, type OutboxFeed } from './outbox-feed.ts';
import type { DeliveryParts } from './parts.ts';
import type { Post } from './process-event.ts';
import { runTask } from './outbox-task.ts';
import { sendMessage, type Pending, type SendStep } from './send-message.ts';
import type { StateCache } from './state-cache.ts';
import { nameOf, type HeldPartition, type Outgoing } from './turn-runner.ts';

/** Sends what stands in the outbox: in order within a conversation, paced, retried, never silently dropped. */
export interface Sender {
  /** After a commit. */
  add(outgoing: readonly Outgoing[]): void;
  /** After a takeover: everything still in the outbox, before any new turn of that partition. */
  recover(held: HeldPartition): Promise<void>;
  dropPartition(partition: Partition): void;
  isIdle(partition: Partition): boolean;
  /** Resolves when nothing is being sent, or after the time. */
  settle(limitMs: number): Promise<void>;
  size(): number;
}

interface Line {
  readonly conversationId: ConversationId;
  readonly held: HeldPartition;
  readonly entries: Pending[];
  busy: boolean;
  cancelWake?: () => void;
}

const maximumSending = 100;
const storePause = 500;
/** Messages a second from one of our numbers (whatsapp-cloud-api.md: 80 by default). */
const accountPace = { intervalMs: 1_000 / 80, burst: 80 };

export function createSender(parts: DeliveryParts, cache: StateCache, post: Post): Sender {
  const lines = new Map<ConversationId, Line>();
  const paces = new Map<string, number>();
  const waiting: Line[] = [];
  let sending = 0;
  let size = 0;

  const enqueue = (pending: Pending): void => {
    const { conversationId, held } = pending.outgoing;
    const known = lines.get(conversationId);
    const line: Line = known?.held === held ? known : { conversationId, held, entries: [], busy: false };
    lines.set(conversationId, line);
    line.entries.push(pending);
    size += 1;
    pump(line);
  };
  const feed: OutboxFeed = createOutboxFeed(parts, cache, enqueue);

  const pump = (line: Line): void => {
    if (line.busy || !line.held.held) return;
    line.cancelWake?.();
    delete line.cancelWake;
    const pending = line.entries.find(isCrisis) ?? line.entries[0];
    if (pending === undefined) {
      if (lines.get(line.conversationId) === line) lines.delete(line.conversationId);
      return;
    }
    const now = parts.clock.now();
    const at = Math.max(pending.notBefore, paceOf(pending, now));
    if (at > now) {
      line.cancelWake = parts.clock.after(at - now, () => {
        pump(line);
      });
      return;
    }
    line.busy = true;
    if (sending >= maximumSending && !isCrisis(pending)) waiting.push(line);
    else void work(line, pending);
  };

  /** When pacing lets it go; looking changes nothing. */
  const paceOf = (pending: Pending, now: number): number => {
    if (isCrisis(pending)) return now;
    return Math.max(
      now,
      ...pacesOf(parts, pending).map(({ key, pace }) => nextAt(pace, paces.get(key) ?? 0, now).at),
    );
  };

  const countPace = (pending: Pending): void => {
    const now = parts.clock.now();
    for (const { key, pace } of pacesOf(parts, pending))
      paces.set(key, nextAt(pace, paces.get(key) ?? 0, now).mark);
    if (paces.size > 10_000) for (const [key, mark] of paces) if (mark < now) paces.delete(key);
  };

  const work = async (line: Line, pending: Pending): Promise<void> => {
    sending += 1;
    countPace(pending);
    let step: SendStep;
    try {
      step = await takeStep(parts, cache, post, pending);
      if (step.kind === 'settled' || step.kind === 'give-up') await settleEntry(parts, post, pending, step);
    } catch (cause) {
      if (!(cause instanceof StoreUnavailable))
        parts.log.error({ event: 'send-failed', error: nameOf(cause) });
      step = { kind: 'later', at: parts.clock.now() + storePause };
    }
    sending -= 1;
    line.busy = false;
    if (step.kind === 'later') pending.notBefore = step.at;
    else {
      line.entries.splice(line.entries.indexOf(pending), 1);
      size -= 1;
      feed.settled(pending.outgoing.held);
    }
    const next = waiting.shift();
    const nextPending = next?.entries.find(isCrisis) ?? next?.entries[0];
    if (next !== undefined && nextPending !== undefined) void work(next, nextPending);
    pump(line);
  };

  return {
    add: (outgoing) => {
      feed.add(outgoing);
    },
    recover: (held) => feed.recover(held),
    dropPartition: (partition) => {
      feed.drop(partition);
      for (const line of [...lines.values()]) {
        if (line.held.partition !== partition) continue;
        line.cancelWake?.();
        const kept = line.busy ? 1 : 0;
        size -= line.entries.length - kept;
        line.entries.length = Math.min(line.entries.length, kept);
        lines.delete(line.conversationId);
      }
    },
    isIdle: (partition) =>
      feed.isIdle(partition) && ![...lines.values()].some((line) => line.held.partition === partition),
    settle: async (limitMs) => {
      const until = parts.clock.monotonic() + limitMs;
      while (sending > 0 && parts.clock.monotonic() < until) {
        await new Promise<void>((resolve) => {
          parts.clock.after(20, resolve);
        });
      }
    },
    size: () => size,
  };
}

const isCrisis = (pending: Pending): boolean =>
  pending.outgoing.entry.kind === 'message' && pending.outgoing.entry.message.sendClass === 'crisis';

function pacesOf(
  parts: DeliveryParts,
  pending: Pending,
): readonly {
  readonly key: string;
  readonly pace: { readonly intervalMs: number; readonly burst: number };
}[] {
  const { entry, conversationId } = pending.outgoing;
  if (entry.kind !== 'message') return [];
  const outlet = parts.outlets.get(entry.address.channel);
  if (outlet?.kind !== 'sends' || outlet.pace.intervalMs === 0) return [];
  return [
    { key: conversationId, pace: outlet.pace },
    { key: `account ${entry.address.account}`, pace: accountPace },
  ];
}

async function takeStep(
  parts: DeliveryParts,
  cache: StateCache,
  post: Post,
  pending: Pending,
): Promise<SendStep> {
  const { outgoing } = pending;
  if (!outgoing.held.held) return { kind: 'gone' };
  if (outgoing.entry.kind !== 'message') return runTask(parts, post, outgoing, outgoing.entry);
  const outlet = parts.outlets.get(outgoing.entry.address.channel);
  if (outlet?.kind !== 'sends') return { kind: 'give-up', error: 'send-undeliverable' };
  return sendMessage(parts, cache, outlet, pending, outgoing.entry);
}

/** Into the caseworkers' queue rather than into silence; then the entry goes. */
async function settleEntry(
  parts: DeliveryParts,
  post: Post,
  pending: Pending,
  step: Extract<SendStep, { kind: 'settled' | 'give-up' }>,
): Promise<void> {
  const { held, outboxId: id, conversationId, entry } = pending.outgoing;
  if (step.kind === 'give-up') await reportFailure(parts, post, conversationId, id, step.error);
  await parts.store.settle(held.partition, id);
  if (entry.kind !== 'message') return;
  const waited = parts.clock.now() - entry.causedAt;
  parts.observer.sent(entry.address.channel, step.kind === 'settled' ? step.outcome : step.error, waited);
}

async function reportFailure(
  parts: DeliveryParts,
  post: Post,
  conversationId: ConversationId,
  id: OutboxId,
  error: ErrorCode,
): Promise<void> {
  parts.log.warn({ event: 'send-given-up', error });
  const event = { kind: 'delivery-failed', at: parts.clock.now(), outboxId: id, error } as const;
  await post(conversationId, event, `failed:${id}`);
}
