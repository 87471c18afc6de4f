import { StoreUnavailable } from '../core/errors.ts';
import { compareStreamIds, type ConversationId, type OutboxId, type Partition } from '../core/ids.ts';
import { nextAt, type Pace } from '../core/pace.ts';
import { Gate } from './gate.ts';
import { OutboxFeed } from './outbox-feed.ts';
import { runTask } from './outbox-task.ts';
import type { DeliveryParts } from './parts.ts';
import { pause } from './pause.ts';
import type { Post } from './process-event.ts';
import { isOfBot, sendMessage, type Pending, type SendStep } from './send-message.ts';
import type { StateCache } from './state-cache.ts';
import { nameOf, type HeldPartition, type Outgoing } from './turn-runner.ts';

interface Line {
  readonly conversationId: ConversationId;
  readonly held: HeldPartition;
  readonly entries: Pending[];
  /** Being sent or carried out now. */
  readonly working: Set<Pending>;
  /** The last answer to danger: what the bot wanted to say before it is not said after it. */
  danger?: OutboxId;
  cancelWake?: () => void;
}

const maximumSending = 100;
const maximumTasks = 100;
const storePause = 500;
const settlePause = 20;
const mostPaces = 10_000;

/** Sends what stands in the outbox: in order within a conversation, paced, retried, never silently dropped. */
export class Sender {
  readonly #parts: DeliveryParts;
  readonly #cache: StateCache;
  readonly #post: Post;
  readonly #feed: OutboxFeed;
  readonly #lines = new Map<ConversationId, Line>();
  readonly #paces = new Map<string, number>();
  readonly #messages = new Gate(maximumSending);
  readonly #tasks = new Gate(maximumTasks);
  #sending = 0;

  constructor(parts: DeliveryParts, cache: StateCache, post: Post) {
    this.#parts = parts;
    this.#cache = cache;
    this.#post = post;
    this.#feed = new OutboxFeed(parts, cache, (pending) => {
      this.#enqueue(pending);
    });
  }

  /** Conversations with something on its way out. */
  get size(): number {
    return this.#lines.size;
  }

  /** After a commit. */
  add(outgoing: readonly Outgoing[]): void {
    this.#feed.add(outgoing);
  }

  /** After a takeover: everything still in the outbox, before any new turn of that partition. */
  recover(held: HeldPartition): Promise<void> {
    return this.#feed.recover(held);
  }

  /** After a commit whose answer was lost. */
  reread(held: HeldPartition): void {
    this.#feed.reread(held);
  }

  dropPartition(partition: Partition): void {
    this.#feed.drop(partition);
    for (const line of [...this.#lines.values()]) {
      if (line.held.partition !== partition) continue;
      line.cancelWake?.();
      this.#lines.delete(line.conversationId);
    }
  }

  isIdle(partition: Partition): boolean {
    if (!this.#feed.isIdle(partition)) return false;
    return ![...this.#lines.values()].some((line) => line.held.partition === partition);
  }

  /** Resolves when no call to a provider is under way, or after the time. */
  async settle(limitMs: number): Promise<void> {
    const { clock } = this.#parts;
    const until = clock.monotonic() + limitMs;
    while (this.#sending > 0 && clock.monotonic() < until) await pause(clock, settlePause);
  }

  #enqueue(pending: Pending): void {
    const { conversationId, held } = pending.outgoing;
    const known = this.#lines.get(conversationId);
    const line: Line =
      known?.held === held ? known : { conversationId, held, entries: [], working: new Set() };
    this.#lines.set(conversationId, line);
    line.entries.push(pending);
    if (isCrisis(pending)) line.danger = pending.outgoing.outboxId;
    this.#pump(line);
  }

  /** Starts what may go now, or says when to look again. */
  #pump(line: Line): void {
    if (!line.held.held) return;
    line.cancelWake?.();
    delete line.cancelWake;
    if (line.entries.length === 0) {
      if (this.#lines.get(line.conversationId) === line) this.#lines.delete(line.conversationId);
      return;
    }
    const now = this.#parts.clock.monotonic();
    const times = nextOf(line).map((pending) => {
      const at = Math.max(pending.notBefore, this.#pacedAt(pending, now));
      if (at <= now) void this.#work(line, pending);
      return at;
    });
    const next = Math.min(...times.filter((at) => at > now));
    if (next === Infinity) return;
    line.cancelWake = this.#parts.clock.after(next - now, () => {
      this.#pump(line);
    });
  }

  async #work(line: Line, pending: Pending): Promise<void> {
    line.working.add(pending);
    this.#countPace(pending);
    const step = await this.#throughGate(line, pending);
    line.working.delete(pending);
    if (step.kind === 'later') pending.notBefore = this.#parts.clock.monotonic() + step.afterMs;
    else {
      line.entries.splice(line.entries.indexOf(pending), 1);
      this.#feed.settled(pending.outgoing);
    }
    this.#pump(line);
  }

  /** Who is in danger waits for nobody; look-ups outside, which may take long, keep no message waiting. */
  async #throughGate(line: Line, pending: Pending): Promise<SendStep> {
    if (!isMessage(pending)) return this.#tasks.through(() => this.#try(pending));
    const send = async (): Promise<SendStep> => {
      if (isOvertaken(line, pending)) pending.decided ??= { kind: 'settled', outcome: 'outdated' };
      this.#sending += 1;
      const step = await this.#try(pending);
      this.#sending -= 1;
      return step;
    };
    return isCrisis(pending) ? send() : this.#messages.through(send);
  }

  /** What was decided about an entry is kept: when the store fails then, it is settled later and not sent again. */
  async #try(pending: Pending): Promise<SendStep> {
    try {
      const step = pending.decided ?? (await takeStep(this.#parts, this.#cache, this.#post, pending));
      if (step.kind === 'settled' || step.kind === 'give-up') {
        pending.decided = step;
        await settleEntry(this.#parts, this.#post, pending, step);
      }
      return step;
    } catch (cause) {
      const event = cause instanceof StoreUnavailable ? 'store-unavailable' : 'send-failed';
      this.#parts.log.error({ event, error: nameOf(cause) });
      return { kind: 'later', afterMs: storePause };
    }
  }

  /** When pacing lets it go; looking changes nothing. */
  #pacedAt(pending: Pending, now: number): number {
    if (isCrisis(pending)) return now;
    const times = pacesOf(this.#parts, pending).map(
      ({ key, pace }) => nextAt(pace, this.#paces.get(key) ?? 0, now).at,
    );
    return Math.max(now, ...times);
  }

  #countPace(pending: Pending): void {
    const now = this.#parts.clock.monotonic();
    for (const { key, pace } of pacesOf(this.#parts, pending)) {
      this.#paces.set(key, nextAt(pace, this.#paces.get(key) ?? 0, now).mark);
    }
    if (this.#paces.size <= mostPaces) return;
    for (const [key, mark] of this.#paces) if (mark < now) this.#paces.delete(key);
  }
}

const isMessage = (pending: Pending): boolean => pending.outgoing.entry.kind === 'message';

const isCrisis = (pending: Pending): boolean =>
  pending.outgoing.entry.kind === 'message' && pending.outgoing.entry.message.sendClass === 'crisis';

/** An answer of the bot that danger overtook before it was tried (safety.md D5). */
function isOvertaken(line: Line, pending: Pending): boolean {
  const { entry, outboxId } = pending.outgoing;
  if (line.danger === undefined || entry.kind !== 'message' || !isOfBot(entry)) return false;
  return pending.doubts === 0 && compareStreamIds(outboxId, line.danger) < 0;
}

/** Every task, and one message: in order, but a person in danger first, even beside a call that hangs. */
function nextOf(line: Line): readonly Pending[] {
  const tasks = line.entries.filter((pending) => !isMessage(pending) && !line.working.has(pending));
  const messages = line.entries.filter(isMessage);
  const next = messages.find(isCrisis) ?? messages[0];
  if (next === undefined || line.working.has(next)) return tasks;
  const isFree = isCrisis(next) || !messages.some((pending) => line.working.has(pending));
  return isFree ? [...tasks, next] : tasks;
}

function pacesOf(
  parts: DeliveryParts,
  pending: Pending,
): readonly { readonly key: string; readonly pace: Pace }[] {
  const { entry, conversationId } = pending.outgoing;
  if (entry.kind !== 'message') return [];
  const outlet = parts.outlets.get(entry.address.channel);
  if (outlet?.kind !== 'sends' || outlet.pace.intervalMs === 0) return [];
  return [
    { key: conversationId, pace: outlet.pace },
    { key: `account ${entry.address.account}`, pace: accountPace(outlet.accountPerSecond) },
  ];
}

/** A second's worth at once, then evenly. */
const accountPace = (perSecond: number): Pace => ({ intervalMs: 1_000 / perSecond, burst: perSecond });

async function takeStep(
  parts: DeliveryParts,
  cache: StateCache,
  post: Post,
  pending: Pending,
): Promise<SendStep> {
  const { outgoing } = pending;
  if (!outgoing.held.held) return { kind: 'gone' };
  if (outgoing.entry.kind !== 'message') return runTask(parts, cache, post, outgoing, outgoing.entry);
  const outlet = parts.outlets.get(outgoing.entry.address.channel);
  if (outlet?.kind !== 'sends') return { kind: 'give-up', error: 'send-undeliverable' };
  return sendMessage(parts, cache, outlet, pending, outgoing.entry);
}

/** What is given up goes into the caseworkers' queue rather than into silence; then the entry goes. */
async function settleEntry(
  parts: DeliveryParts,
  post: Post,
  pending: Pending,
  step: Extract<SendStep, { kind: 'settled' | 'give-up' }>,
): Promise<void> {
  const { held, outboxId, conversationId, entry } = pending.outgoing;
  const now = parts.clock.now();
  if (step.kind === 'give-up') {
    parts.log.warn({ event: 'send-given-up', error: step.error });
    const event = { kind: 'delivery-failed', at: now, outboxId, error: step.error } as const;
    await post(conversationId, event, `failed:${outboxId}`);
  }
  await parts.store.settle(held.partition, outboxId);
  if (entry.kind !== 'message') return;
  const outcome = step.kind === 'settled' ? step.outcome : step.error;
  parts.observer.sent(entry.address.channel, outcome, now - entry.causedAt);
}
