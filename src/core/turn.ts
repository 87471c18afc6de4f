import { forgetPerson } from './acts.ts';
import { apologise } from './apology.ts';
import type { ConversationState, Effect } from './conversation.ts';
import { openCase, sayBeforeQuestion, update, type Draft, type TurnContext } from './draft.ts';
import type { ConversationEvent } from './event.ts';
import type { ConversationId, LanguageTag } from './ids.ts';
import { abandonLookUp, timerOf } from './look-up.ts';
import { assertNever, type ChannelAddress, type InboundMessage } from './message.ts';
import { answerWords, messageTurn, respond, understand } from './message-turn.ts';
import { addNotice } from './notice.ts';
import { hearSecondOpinion } from './opinion-turn.ts';
import { deskTurn } from './ownership.ts';
import { complaintKey, engineDialogs, replaceWith } from './repair.ts';
import { continueWithNext } from './requests.ts';
import { choicesOf, finishLookUp, waitingStep } from './stepping.ts';
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
      // Without an address the person was erased: nothing of them comes back.
      if (draft.state.address !== undefined) openCase(draft, 'message-not-delivered', { error: event.error });
      return;
    case 'address-changed':
      return moveTo(draft, event.address);
    case 'quarantined':
      return apologise(draft, event);
    case 'canary':
      draft.effects.push({ kind: 'canary-answer', at: event.at });
      return;
    default:
      assertNever(event);
  }
}

/** The new number may belong to somebody else: nothing from before is taken up (safety.md C10). */
function moveTo(draft: Draft, address: ChannelAddress): void {
  forgetPerson(draft);
  const { lastInboundAt: _at, ...rest } = draft.state;
  draft.state = { ...rest, address, place: {}, dialogs: [] };
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
  const { lookUp, kept, ownership } = draft.state;
  if (lookUp?.requestId !== requestId) return;
  abandonLookUp(draft);
  if (ownership.kind === 'caseworker') {
    // What was under way is theirs now.
    update(draft, { dialogs: [] });
    return;
  }
  if (lookUp.dialog === engineDialogs.understand) hearSecondOpinion(draft, lookUp.step, outcome);
  else finishLookUp(draft, lookUp, outcome);
  answerKept(draft, kept);
  if (draft.state.lookUp === undefined) continueWithNext(draft);
}

/** What was written before the look-up's answer was seen: one complaint at most, and it counts for nothing. */
function answerKept(draft: Draft, kept: readonly InboundMessage[]): void {
  const missed: InboundMessage[] = [];
  for (const [index, message] of kept.entries()) {
    if (draft.state.lookUp !== undefined) {
      update(draft, { kept: kept.slice(index) });
      break;
    }
    const understanding = understand(draft, answerWords(message.content));
    if (!respond(draft, message, understanding, 0)) missed.push(message);
  }
  const [first] = missed;
  if (first !== undefined) sayBeforeQuestion(draft, { key: complaintKey(first.content) });
}

function fire(draft: Draft, name: string): void {
  const pending = draft.state.lookUp;
  if (pending !== undefined && name === timerOf(pending.requestId))
    resume(draft, pending.requestId, undefined);
}

function finish(draft: Draft, version: number): TurnResult {
  // Only a caseworker speaks while they own the conversation, whatever a dialog came to say.
  if (draft.state.ownership.kind === 'caseworker') draft.parts.length = 0;
  addNotice(draft);
  const { parts, choices } = draft;
  if (parts.length === 0) return { state: { ...draft.state, version }, effects: draft.effects };
  const { language, form } = draft.state;
  const say = { parts, choices, sendClass: draft.sendClass, language: language.tag, form };
  return {
    state: { ...draft.state, version, lastSaid: { parts, choices: offeredAfter(draft) } },
    effects: [...draft.effects, { kind: 'send', say }],
  };
}

/** What "2" means from now on: after a good-bye still the question that waits. */
function offeredAfter(draft: Draft): Draft['choices'] {
  const waiting = waitingStep(draft);
  if (draft.choices.length > 0 || waiting?.step.choices === undefined) return draft.choices;
  return choicesOf(draft, waiting.frame, waiting.step.choices);
}
