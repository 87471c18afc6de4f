import type { ConversationState, Effect } from './conversation.ts';
import { currentFrame, openCase, update, updateFrame, type Draft, type TurnContext } from './draft.ts';
import type { ConversationEvent } from './event.ts';
import type { ConversationId, LanguageTag } from './ids.ts';
import { assertNever } from './message.ts';
import { dropLookUp, messageTurn, respond } from './message-turn.ts';
import { wordsOf } from './message.ts';
import { addNotice } from './notice.ts';
import { deskTurn } from './ownership.ts';
import { apologise, engineDialogs, replaceWith } from './repair.ts';
import { advance, definitionOf } from './stepping.ts';
import type { JsonValue } from './values.ts';

/** What a turn decided: the new state, one version on, and what to do, at most one message among it. */
export interface TurnResult {
  readonly state: ConversationState;
  readonly effects: readonly Effect[];
}

/** The state of a conversation nobody has had yet. */
export function newConversation(id: ConversationId, language: LanguageTag): ConversationState {
  return {
    schema: 1,
    conversationId: id,
    version: 0,
    aliases: [],
    language: { tag: language, chosenBy: 'default' },
    form: 'usted',
    place: {},
    ownership: { kind: 'bot' },
    openCases: [],
    noticeGiven: false,
    stopped: false,
    dialogs: [],
    waitingRequests: [],
    misses: 0,
    kept: [],
    interests: [],
  };
}

/**
 * Decides what one event does to a conversation. Pure: the same state, event and context give the same result.
 * A throw is a fault of ours; the caller counts it and nothing has changed.
 */
export function turn(state: ConversationState, event: ConversationEvent, context: TurnContext): TurnResult {
  if (event.kind === 'desk') {
    const decided = deskTurn(state, event, context.now);
    return { state: { ...decided.state, version: state.version + 1 }, effects: decided.effects };
  }
  const draft: Draft = {
    state,
    context,
    parts: [],
    choices: [],
    effects: [],
    sendClass: 'ordinary',
    endsWithQuestion: false,
    mayGiveNotice: event.kind === 'message' || event.kind === 'joined',
  };
  decide(draft, event);
  return finish(draft, state.version + 1);
}

function decide(draft: Draft, event: Exclude<ConversationEvent, { kind: 'desk' }>): void {
  switch (event.kind) {
    case 'message':
      return messageTurn(draft, event);
    case 'joined':
      return join(draft, event);
    case 'look-up-answer':
      return resume(draft, event.requestId, event.outcome);
    case 'timer':
      return fire(draft, event.name);
    case 'delivery-failed':
      openCase(draft, 'message-not-delivered', { error: event.error });
      return;
    case 'address-changed':
      // The number may belong to somebody else now: nothing from before is taken up (safety.md C10).
      update(draft, { address: event.address, dialogs: [], waitingRequests: [] });
      return;
    case 'quarantined':
      if (draft.state.ownership.kind !== 'caseworker') apologise(draft);
      return;
    case 'canary':
      draft.effects.push({ kind: 'canary-answer', at: event.at });
      return;
    default:
      assertNever(event);
  }
}

function join(draft: Draft, event: Extract<ConversationEvent, { kind: 'joined' }>): void {
  const { locale } = event.sender;
  const known = draft.context.languages.find((language) => language === locale?.slice(0, 2));
  update(draft, {
    address: event.address,
    ...(known === undefined || draft.state.language.chosenBy === 'person'
      ? {}
      : { language: { tag: known, chosenBy: 'detected' } }),
  });
  if (draft.state.dialogs.length === 0) replaceWith(draft, engineDialogs.welcome);
}

/** A look-up's answer or deadline: the dialog goes on, then the messages that waited have their turn. */
function resume(draft: Draft, requestId: string, outcome: JsonValue | undefined): void {
  const pending = draft.state.lookUp;
  const frame = currentFrame(draft);
  if (pending?.requestId !== requestId) return;
  dropLookUp(draft);
  draft.effects.push({ kind: 'clear-timer', name: `look-up:${requestId}` });
  if (frame === undefined || frame.dialog !== pending.dialog || frame.step !== pending.step) return;
  const step = definitionOf(draft, frame.dialog).steps[frame.step];
  if (step?.kind !== 'look-up') return;
  const values = outcome === undefined ? frame.values : { ...frame.values, [step.save]: outcome };
  updateFrame(draft, { values, step: outcome === undefined ? (step.whenLate ?? step.then) : step.then });
  advance(draft);
  const { kept } = draft.state;
  update(draft, { kept: [] });
  for (const message of kept) {
    respond(draft, message, draft.context.recognise(wordsOf(message.content), {}), 0);
  }
}

function fire(draft: Draft, name: string): void {
  const pending = draft.state.lookUp;
  if (pending !== undefined && name === `look-up:${pending.requestId}`)
    resume(draft, pending.requestId, undefined);
}

function finish(draft: Draft, version: number): TurnResult {
  addNotice(draft);
  const { parts, choices } = draft;
  if (parts.length === 0) return { state: { ...draft.state, version }, effects: draft.effects };
  const { language, form } = draft.state;
  const say = { parts, choices, sendClass: draft.sendClass, language: language.tag, form };
  return {
    state: { ...draft.state, version, lastSaid: { parts, choices } },
    effects: [...draft.effects, { kind: 'send', say }],
  };
}
