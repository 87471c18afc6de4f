import type { ConversationEvent } from './event.ts';
import { chosenValue } from './choice.ts';
import { currentFrame, dialogOf, openCase, ruleContext, update, updateFrame, type Draft } from './draft.ts';
import { foldText, hashText } from './text.ts';
import { wordsOf, type InboundContent, type InboundMessage } from './message.ts';
import type { Intent, Understanding } from './recognition.ts';
import {
  changeLanguage,
  correct,
  engineDialogs,
  farewell,
  interrupt,
  isOffer,
  notUnderstood,
  obeyControl,
  obeyEngineChoice,
  replaceWith,
  sureEnough,
  wantedLanguage,
} from './repair.ts';
import { continueWithNext, startRequests } from './requests.ts';
import { advance, answerQuestion, waitingStep } from './stepping.ts';
import { isWindowOpen } from './window.ts';

type MessageEvent = Extract<ConversationEvent, { kind: 'message' }>;

/** After this silence a waiting question is not simply taken up again. */
const longSilence = 24 * 60 * 60 * 1000;
const loopWindow = 10 * 60 * 1000;
const loopLimit = 20;
const maximumKept = 5;
const maximumText = 2_000;

/** One message from a person: the order of these checks is the order of what matters. */
export function messageTurn(draft: Draft, event: MessageEvent): void {
  const { message } = event;
  const lastInboundAt = draft.state.lastInboundAt;
  noteArrival(draft, event);
  const text = wordsOf(message.content).slice(0, maximumText);
  const understanding = draft.context.recognise(text, { language: draft.state.language.tag });
  const isDanger = understanding.crisis !== 'none' || event.urgent;
  if (draft.state.ownership.kind === 'caseworker') {
    if (isDanger) openCase(draft, 'in-danger', {});
    return;
  }
  if (message.content.kind === 'reaction') return;
  if (!isDanger && isTooLate(draft, message)) return;
  if (!isDanger && isLoop(draft, text)) return;
  followLanguage(draft, text, understanding);
  if (isDanger) return answerDanger(draft);
  if (keepsForLater(draft, message, understanding)) return;
  const silence = lastInboundAt === undefined ? 0 : message.sentAt - lastInboundAt;
  respond(draft, message, understanding, silence);
  continueWithNext(draft);
}

/** Understands and answers one ordinary message. Also used for messages kept during a remote look-up. */
export function respond(
  draft: Draft,
  message: InboundMessage,
  understanding: Understanding,
  silence: number,
): void {
  const { state, context } = draft;
  const words = answerWords(message.content);
  const choice = chosenValue(message.content, state.lastSaid, context, state.language.tag, state.form);
  const control = message.content.kind === 'text' ? context.controlOf(foldText(words)) : undefined;
  const best = bestIntent(understanding);
  if (choice !== undefined && obeyEngineChoice(draft, choice)) return;
  if (control !== undefined && choice === undefined) return obeyControl(draft, control);
  if (silence > longSilence && choice === undefined && isWaiting(draft) && !isRequest(draft, best)) {
    return interrupt(draft, engineDialogs.comeBack);
  }
  if (takeAnswer(draft, words, choice, understanding)) return;
  if (best !== undefined && obeyIntent(draft, best, understanding)) return;
  if (correct(draft, understanding)) return;
  const isFirst = state.dialogs.length === 0 && !state.noticeGiven && state.calm === undefined;
  if (isFirst && best === undefined) {
    return replaceWith(draft, engineDialogs.welcome);
  }
  notUnderstood(draft, message.content);
}

function noteArrival(draft: Draft, event: MessageEvent): void {
  const { state } = draft;
  const numberCountry = event.sender.numberCountry;
  const aliases = event.aliases.filter((alias) => !state.aliases.includes(alias));
  update(draft, {
    address: event.address,
    aliases: [...state.aliases, ...aliases].slice(-12),
    lastInboundAt: Math.max(state.lastInboundAt ?? 0, event.message.sentAt),
    ...(numberCountry === undefined ? {} : { place: { ...state.place, numberCountry } }),
  });
}

/** A message older than the window cannot be answered: a caseworker gets it (safety.md R4). */
function isTooLate(draft: Draft, message: InboundMessage): boolean {
  if (isWindowOpen(message.sentAt, draft.context.now)) return false;
  openCase(draft, 'late-message', {});
  return true;
}

/** Twenty equal messages in ten minutes are a machine's: silence and a person (safety.md R19). */
function isLoop(draft: Draft, text: string): boolean {
  const { alike } = draft.state;
  const { now } = draft.context;
  const hash = hashText(text);
  if (alike?.hash !== hash || now - alike.since > loopWindow) {
    update(draft, { alike: { hash, count: 1, since: now } });
    return false;
  }
  const count = alike.count + 1;
  update(draft, { alike: { ...alike, count } });
  if (count === loopLimit) openCase(draft, 'loop', {});
  return count >= loopLimit;
}

function followLanguage(draft: Draft, text: string, understanding: Understanding): void {
  const { language } = draft.state;
  const words = text.trim().split(/\s+/u).length;
  const isKnown = draft.context.languages.includes(understanding.language);
  if (language.chosenBy === 'person' || understanding.language === language.tag || !isKnown) return;
  if (understanding.languageConfidence < (words >= 3 ? 0.6 : 0.9)) return;
  update(draft, { language: { tag: understanding.language, chosenBy: 'detected' } });
}

function answerDanger(draft: Draft): void {
  draft.sendClass = 'crisis';
  update(draft, { dialogs: [], waitingRequests: [] });
  interrupt(draft, engineDialogs.danger);
}

/** While a remote look-up is under way ordinary messages wait in the state; who asks for a person or to stop does not. */
function keepsForLater(draft: Draft, message: InboundMessage, understanding: Understanding): boolean {
  if (draft.state.lookUp === undefined) return false;
  const control = draft.context.controlOf(foldText(wordsOf(message.content)));
  const best = bestIntent(understanding);
  if (control !== undefined || best === 'human_handoff' || best === 'stop_optout') {
    draft.effects.push({ kind: 'clear-timer', name: `look-up:${draft.state.lookUp.requestId}` });
    dropLookUp(draft);
    update(draft, { kept: [] });
    return false;
  }
  update(draft, { kept: [...draft.state.kept, message].slice(-maximumKept) });
  return true;
}

/** Forgets the look-up under way; its late answer will be dropped. */
export function dropLookUp(draft: Draft): void {
  const { lookUp: _dropped, ...rest } = draft.state;
  draft.state = rest;
}

function isWaiting(draft: Draft): boolean {
  const waiting = waitingStep(draft);
  return (
    waiting !== undefined && !isOffer(waiting.frame.dialog) && waiting.frame.dialog !== engineDialogs.danger
  );
}

function isRequest(draft: Draft, intent: Intent | undefined): boolean {
  return (
    intent !== undefined &&
    intent !== 'greeting' &&
    intent !== 'thanks_bye' &&
    dialogOf(draft.context, intent) !== undefined
  );
}

function bestIntent(understanding: Understanding): Intent | undefined {
  const best = understanding.candidates[0];
  return best !== undefined && best.confidence >= sureEnough ? best.intent : undefined;
}

/** A file's name is looked at for danger, but it is no answer. */
function answerWords(content: InboundContent): string {
  return content.kind === 'media' ? (content.caption ?? '') : wordsOf(content);
}

/** The waiting question's own parser, before the recogniser is asked. */
function takeAnswer(
  draft: Draft,
  text: string,
  choice: string | undefined,
  understanding: Understanding,
): boolean {
  const waiting = waitingStep(draft);
  if (waiting === undefined) return false;
  const { frame, step } = waiting;
  if (step.kind === 'choose') {
    const exit = choice === undefined ? undefined : (step.exits[choice] ?? step.exits['*']);
    if (choice === undefined || exit === undefined) return false;
    const values = step.save === undefined ? frame.values : { ...frame.values, [step.save]: choice };
    updateFrame(draft, { step: exit, values, misses: 0 });
    advance(draft);
    return true;
  }
  const parser = draft.context.dialogs.get(frame.dialog)?.answers[step.answer];
  if (parser === undefined) return false;
  const { country } = ruleContext(draft, frame.values);
  const parsed = parser.parse({
    text,
    folded: foldText(text),
    understanding,
    ...(choice === undefined ? {} : { choice }),
    ...(country === undefined ? {} : { country }),
  });
  if (parsed.kind === 'unclear') return false;
  answerQuestion(draft, frame, step, parsed.value);
  advance(draft);
  return true;
}

function obeyIntent(draft: Draft, intent: Intent, understanding: Understanding): boolean {
  switch (intent) {
    case 'human_handoff':
      obeyControl(draft, 'person');
      return true;
    case 'privacy_delete_my_data':
      obeyControl(draft, 'erase');
      return true;
    case 'stop_optout':
      obeyControl(draft, 'stop');
      return true;
    case 'menu_help':
      obeyControl(draft, 'menu');
      return true;
    case 'change_language':
      changeLanguage(draft, wantedLanguage(understanding));
      return true;
    case 'thanks_bye':
      farewell(draft);
      return true;
    case 'greeting':
      return greet(draft);
    case 'out_of_scope':
    case 'crisis_safety':
      return false;
    default:
      return startRequests(draft, intent, understanding);
  }
}

function greet(draft: Draft): boolean {
  if (currentFrame(draft) !== undefined && waitingStep(draft)?.step.kind === 'ask') return false;
  if (draft.state.calm !== undefined) return false;
  replaceWith(draft, draft.state.noticeGiven ? engineDialogs.menu : engineDialogs.welcome);
  return true;
}
