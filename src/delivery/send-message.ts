import { errorEntry, type ErrorCode } from '../core/errors.ts';
import type { ChannelOutlet } from '../core/ports.ts';
import type { SendMark } from '../core/store.ts';
import { isWindowOpen } from '../core/window.ts';
import type { DeliveryParts, OutboxEntry } from './parts.ts';
import type { StateCache } from './state-cache.ts';
import { nameOf, type Outgoing } from './turn-runner.ts';

export type MessageEntry = Extract<OutboxEntry, { kind: 'message' }>;

/** One message on its way out, with what is known about earlier tries. */
export interface Pending {
  readonly outgoing: Outgoing;
  /** Not before this, by the monotonic clock: the wall's may be set. */
  notBefore: number;
  /** Tries whose fate is unknown: the process died, or the call was cut off. */
  doubts: number;
  /** Since when a try is in doubt, by the monotonic clock; the provider's status may settle it. */
  doubtSince?: number;
  /** Tries that the provider refused. */
  refusals: number;
  /** What is to become of it; only the store must still hear of it. */
  decided?: Extract<SendStep, { kind: 'settled' | 'give-up' }>;
}

/** What is to be done with the entry now. */
export type SendStep =
  | { readonly kind: 'settled'; readonly outcome: string }
  | { readonly kind: 'later'; readonly afterMs: number }
  /** Not ours any more, or settled elsewhere. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'give-up'; readonly error: ErrorCode };

/** How long a status may take to settle a send in doubt (architecture.md 4, Send). */
const statusWait = 5_000;
const statusPause = 1_000;
const disclosureWait = 60_000;
const doubtLimit = 2;
/** Danger is sent again and again, but a line that swallows every answer must not flood the person. */
const crisisDoubtLimit = 6;
const fewTries = 3;
const longestTrial = 24 * 60 * 60 * 1000;
const operatorPause = 5 * 60 * 1000;
const longestPause = 15 * 60 * 1000;

type SendingOutlet = Extract<ChannelOutlet, { kind: 'sends' }>;

/** Tries to send once, or settles what an earlier try left open. */
export async function sendMessage(
  parts: DeliveryParts,
  cache: StateCache,
  outlet: SendingOutlet,
  pending: Pending,
  entry: MessageEntry,
): Promise<SendStep> {
  const { outgoing } = pending;
  const now = parts.clock.now();
  const { state: known } = await cache.get(outgoing.conversationId);
  if (known.ownership.kind === 'caseworker' && isOfBot(entry))
    return { kind: 'settled', outcome: 'outdated' };
  const doubt =
    pending.doubtSince === undefined ? undefined : await settleDoubt(parts, outlet, pending, entry);
  if (doubt !== undefined) return doubt;
  const lastInboundAt = Math.max(entry.lastInboundAt, known.lastInboundAt ?? 0);
  if (outlet.hasWindow && !isWindowOpen(lastInboundAt, now))
    return { kind: 'give-up', error: 'send-window-closed' };
  if (now - entry.causedAt > longestTrial) return { kind: 'give-up', error: 'send-undeliverable' };
  const { held, outboxId, conversationId } = outgoing;
  const mark = { attempt: pending.doubts + 1, at: now };
  if (!(await parts.store.markSending(held.partition, held.lease, outboxId, mark))) return { kind: 'gone' };
  const tag = { partition: held.partition, outboxId, conversationId };
  const outcome = await outlet.send(entry.address, entry.message, tag).catch((cause: unknown) => {
    parts.log.error({ event: 'send-threw', channel: outlet.channel, error: nameOf(cause) });
    return { kind: 'in-doubt', error: 'send-unknown' } as const;
  });
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'settled', outcome: 'accepted' };
    case 'in-doubt':
      noteDoubt(pending, mark.attempt, parts.clock.monotonic());
      return { kind: 'later', afterMs: doubtPause(parts, pending, entry) };
    case 'failed':
      pending.refusals += 1;
      return afterFailure(parts, pending, outcome.error, outcome.afterMs);
  }
}

/** A pending entry for something that was never tried, or whose last try left a mark. */
export function pendingOf(outgoing: Outgoing, mark: SendMark | undefined, monotonic: number): Pending {
  const pending: Pending = { outgoing, notBefore: 0, doubts: 0, refusals: 0 };
  if (mark !== undefined) noteDoubt(pending, mark.attempt, monotonic);
  return pending;
}

/** Notes a try that nobody saw the end of. */
function noteDoubt(pending: Pending, attempt: number, monotonic: number): void {
  pending.doubts = Math.max(pending.doubts, attempt);
  pending.doubtSince = monotonic;
}

/**
 * A try in doubt (architecture.md 4): danger is sent again at once; a status disclosure never, it goes to a caseworker
 * after a minute; anything else waits five seconds for the provider's status and is then sent once more. Undefined: send.
 */
async function settleDoubt(
  parts: DeliveryParts,
  outlet: SendingOutlet,
  pending: Pending,
  entry: MessageEntry,
): Promise<SendStep | undefined> {
  const { sendClass } = entry.message;
  const { held, outboxId } = pending.outgoing;
  if (sendClass !== 'crisis' && (outlet.reportsStatuses || sendClass === 'disclosure')) {
    const until = (pending.doubtSince ?? 0) + (sendClass === 'disclosure' ? disclosureWait : statusWait);
    const mark = await parts.store.readMark(held.partition, outboxId);
    if (mark?.confirmed === true) return { kind: 'settled', outcome: 'confirmed' };
    const left = until - parts.clock.monotonic();
    if (left > 0) return { kind: 'later', afterMs: Math.min(left, statusPause) };
    if (sendClass === 'disclosure') return { kind: 'give-up', error: 'send-in-doubt' };
  }
  if (pending.doubts >= (sendClass === 'crisis' ? crisisDoubtLimit : doubtLimit))
    return { kind: 'give-up', error: 'send-in-doubt' };
  delete pending.doubtSince;
  return undefined;
}

/** Danger goes again at once the first time, then ever more slowly; the rest waits where its doubt is settled. */
function doubtPause(parts: DeliveryParts, pending: Pending, entry: MessageEntry): number {
  if (entry.message.sendClass !== 'crisis' || pending.doubts <= 1) return 0;
  return backOff(parts, pending.doubts - 1);
}

function afterFailure(
  parts: DeliveryParts,
  pending: Pending,
  error: ErrorCode,
  afterMs: number | undefined,
): SendStep {
  const { retry } = errorEntry(error);
  switch (retry) {
    case 'never':
      return { kind: 'give-up', error };
    case 'few':
      if (pending.refusals >= fewTries) return { kind: 'give-up', error };
      return { kind: 'later', afterMs: afterMs ?? backOff(parts, pending.refusals) };
    case 'back-off':
      return { kind: 'later', afterMs: afterMs ?? backOff(parts, pending.refusals) };
    case 'operator':
      parts.log.error({ event: 'operator-needed', error });
      return { kind: 'later', afterMs: operatorPause };
  }
}

/** 2 s, 4.4 s, 9.7 s ... at most a quarter of an hour: twelve tries in the first hour. */
function backOff(parts: DeliveryParts, tries: number): number {
  const ms = Math.min(2_000 * 2.2 ** (tries - 1), longestPause);
  return ms * (0.9 + 0.2 * parts.random.fraction());
}

/** An answer of the bot dies when a person has taken over meanwhile; the announcement that the bot is back does not. */
export const isOfBot = (entry: MessageEntry): boolean =>
  entry.message.author === undefined && entry.message.sendClass === 'ordinary';
