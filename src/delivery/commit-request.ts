import type { ConversationState, DeskOutcome, Effect } from '../core/conversation.ts';
import { assertNever, type OutboundMessage } from '../core/message.ts';
import { rankOf } from '../core/ownership.ts';
import type { PersonKey } from '../core/ports.ts';
import type { CommitRequest } from '../core/store.ts';
import { eraseAll } from './erasure.ts';
import type { DeliveryParts, OutboxEntry } from './parts.ts';
import { sealCase, sealOutbox, sealOutgoingActivity, sealState } from './sealing.ts';
import type { Loaded } from './state-cache.ts';

/** A turn's result, sealed and ready to be written, with what the owner needs afterwards. */
export interface PreparedCommit {
  readonly request: Omit<CommitRequest, 'partition' | 'lease' | 'eventId'>;
  /** In the order of `request.outbox`. */
  readonly outbox: readonly OutboxEntry[];
  readonly loaded: Loaded;
  readonly deskOutcomes: readonly { readonly requestId: string; readonly outcome: DeskOutcome }[];
}

interface Gathered {
  readonly outbox: OutboxEntry[];
  readonly log: Uint8Array[];
  readonly setTimers: { readonly name: string; readonly dueAt: number }[];
  readonly clearTimers: string[];
  readonly putCases: CommitRequest['putCases'][number][];
  readonly closeCases: CommitRequest['closeCases'][number][];
  readonly deskOutcomes: { readonly requestId: string; readonly outcome: DeskOutcome }[];
}

/**
 * Turns effects into one write. `quiet`: apply, but send nothing (ordinary messages that came before one in danger).
 * Erasing gives the conversation a fresh key and a blank state: what was sealed with the old key can never be opened. Only
 * that somebody was in danger stays, for the team.
 */
export function prepareCommit(
  parts: DeliveryParts,
  before: Loaded,
  result: { readonly state: ConversationState; readonly effects: readonly Effect[] },
  messages: readonly OutboundMessage[],
  options: { readonly now: number; readonly causedAt: number; readonly quiet: boolean },
): PreparedCommit {
  const erase = result.effects.some((effect) => effect.kind === 'erase');
  const state = options.quiet ? withoutSaying(before.state, result.state) : result.state;
  const erasure = erase ? eraseAll(parts, result.state) : undefined;
  const loaded = erasure?.loaded ?? { ...before, state };
  const gathered = gather(parts, loaded.key, result, messages, options);
  if (!erase) claimAliases(before.state, state, gathered);
  return {
    loaded,
    outbox: gathered.outbox,
    deskOutcomes: gathered.deskOutcomes,
    request: {
      conversationId: state.conversationId,
      expectedVersion: before.state.version,
      state: {
        version: loaded.state.version,
        wrappedKey: loaded.wrappedKey,
        body: sealState(parts, loaded.key, loaded.state),
      },
      expiresAt: parts.expiryOf(loaded.state, options.now),
      outbox: gathered.outbox.map((entry) => sealOutbox(parts, loaded.key, state.conversationId, entry)),
      log: gathered.log,
      setTimers: gathered.setTimers,
      clearTimers: gathered.clearTimers,
      putCases: erasure?.putCases ?? gathered.putCases,
      closeCases: gathered.closeCases,
      erase,
    },
  };
}

/** What was decided but never said cannot be repeated or chosen from, and the notice is still owed. */
function withoutSaying(before: ConversationState, after: ConversationState): ConversationState {
  const { lastSaid: _unsaid, ...rest } = after;
  const { lastSaid } = before;
  const { noticeGiven } = after.noticeGiven ? before : after;
  return { ...rest, noticeGiven, ...(lastSaid === undefined ? {} : { lastSaid }) };
}

/** The first message is found by its aliases; later ones may have come to a conversation that was erased meanwhile. */
function claimAliases(before: ConversationState, after: ConversationState, gathered: Gathered): void {
  if (before.version === 0) return;
  const aliases = after.aliases.filter((alias) => !before.aliases.includes(alias));
  if (aliases.length > 0) gathered.outbox.push({ kind: 'claim-aliases', aliases });
}

function gather(
  parts: DeliveryParts,
  key: PersonKey,
  result: { readonly state: ConversationState; readonly effects: readonly Effect[] },
  messages: readonly OutboundMessage[],
  options: { readonly causedAt: number; readonly quiet: boolean },
): Gathered {
  const gathered: Gathered = {
    outbox: [],
    log: [],
    setTimers: [],
    clearTimers: [],
    putCases: [],
    closeCases: [],
    deskOutcomes: [],
  };
  const rendered = [...messages];
  for (const effect of result.effects) {
    if (effect.kind === 'send') {
      const message = rendered.shift();
      if (message !== undefined && !options.quiet)
        deliver(parts, key, result.state, message, gathered, options.causedAt);
    } else if (effect.kind !== 'request' || !options.quiet) {
      // Before a message of danger nobody outside is asked any more.
      gatherEffect(parts, key, result.state, effect, gathered, options.causedAt);
    }
  }
  return gathered;
}

function gatherEffect(
  parts: DeliveryParts,
  key: PersonKey,
  state: ConversationState,
  effect: Exclude<Effect, { kind: 'send' }>,
  gathered: Gathered,
  causedAt: number,
): void {
  switch (effect.kind) {
    case 'send-written':
      return deliver(parts, key, state, effect.message, gathered, causedAt);
    case 'set-timer':
      gathered.setTimers.push({ name: effect.name, dueAt: effect.dueAt });
      return;
    case 'clear-timer':
      gathered.clearTimers.push(effect.name);
      return;
    case 'put-case': {
      const { caseId, openedAt, urgency } = effect.case;
      gathered.putCases.push({
        caseId,
        rank: rankOf(urgency),
        openedAt,
        body: sealCase(parts, key, effect.case),
      });
      return;
    }
    case 'close-case':
      gathered.closeCases.push(effect.caseId);
      return;
    case 'request': {
      const { requestId, name, input, deadline } = effect;
      gathered.outbox.push({ kind: 'request', requestId, name, input, deadline });
      return;
    }
    case 'desk-outcome':
      gathered.deskOutcomes.push({ requestId: effect.requestId, outcome: effect.outcome });
      return;
    case 'canary-answer':
      gathered.log.push(
        sealOutgoingActivity(parts.vault, key, state.conversationId, { type: 'canary', at: effect.at }),
      );
      return;
    case 'erase':
      gathered.outbox.push({ kind: 'forget-aliases', aliases: state.aliases });
      return;
    default:
      assertNever(effect);
  }
}

/** Into the channel's log when it keeps one, else into the outbox. */
function deliver(
  parts: DeliveryParts,
  key: PersonKey,
  state: ConversationState,
  message: OutboundMessage,
  gathered: Gathered,
  causedAt: number,
): void {
  const { address } = state;
  const outlet = address === undefined ? undefined : parts.outlets.get(address.channel);
  if (address === undefined || outlet === undefined) {
    parts.log.error({ event: 'no-way-out', outcome: address === undefined ? 'no-address' : 'no-outlet' });
    return;
  }
  if (outlet.kind === 'logs') {
    const activity = outlet.toLogEntry(message, state.conversationId);
    parts.checkFields('activity', { activity });
    gathered.log.push(sealOutgoingActivity(parts.vault, key, state.conversationId, activity));
    return;
  }
  gathered.outbox.push({
    kind: 'message',
    message,
    address,
    lastInboundAt: state.lastInboundAt ?? causedAt,
    causedAt,
  });
}
