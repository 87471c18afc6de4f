import { followLanguage, isLoop, isTooLate, noteArrival, noteOrigin, type MessageEvent } from './arrival.ts';
import type { DialogId } from './ids.ts';
import { chosenValue } from './choice.ts';
import { briefOfDanger, dangerValues } from './danger.ts';
import { dialogOf, openCase, ruleContext, say, update, type Control, type Draft } from './draft.ts';
import { abandonLookUp, keepsForLater } from './look-up.ts';
import { foldText } from './text.ts';
import { wordsOf, type InboundContent, type InboundMessage } from './message.ts';
import type { CrisisClass, Intent, Understanding } from './recognition.ts';
import {
  changeLanguage,
  complaintKey,
  correct,
  engineDialogs,
  farewell,
  interrupt,
  isOffer,
  notUnderstood,
  obeyControl,
  obeyEngineChoice,
  replaceWith,
  stayNear,
  sureEnough,
  wantedLanguage,
} from './repair.ts';
import { continueWithNext, keepOthers, startRequests } from './requests.ts';
import { askSecondOpinion, noteChild, tellsOfChild } from './second-opinion.ts';
import {
  advance,
  answerQuestion,
  answersFrom,
  askAgain,
  choicesOf,
  chooseExit,
  definitionOf,
  waitingStep,
} from './stepping.ts';

/** Words that would show what was said before to whoever has the telephone now. */
const showsBefore: ReadonlySet<Control> = new Set(['repeat', 'back', 'help', 'who-answers']);

/** After this silence a waiting question is not simply taken up again. */
const longSilence = 24 * 60 * 60 * 1000;
const maximumText = 2_000;

/** One message from a person: the order of these checks is the order of what matters. */
export function messageTurn(draft: Draft, event: MessageEvent): void {
  const { message } = event;
  const lastInboundAt = draft.state.lastInboundAt;
  noteArrival(draft, event);
  const text = answerWords(message.content);
  const understanding = understand(draft, text);
  const crisis = crisisIn(draft, message.content, understanding);
  const isDanger = event.urgent || crisis !== 'none';
  if (draft.state.ownership.kind === 'caseworker') {
    if (isDanger) openCase(draft, 'in-danger', briefOfDanger(draft, crisis));
    return;
  }
  if (message.content.kind === 'reaction') return;
  if (!isDanger && isTooLate(draft, message)) return;
  if (!isDanger && isLoop(draft, text)) return;
  followLanguage(draft, text, understanding);
  noteOrigin(draft, understanding);
  noteChild(draft, text);
  if (isDanger) return answerDanger(draft, { crisis, slots: understanding.slots }, tellsOfChild(text));
  if (keepsForLater(draft, message, bestIntent(understanding))) return;
  const silence = lastInboundAt === undefined ? 0 : message.sentAt - lastInboundAt;
  if (respond(draft, message, understanding, silence)) update(draft, { misses: 0 });
  else if (!askSecondOpinion(draft, message, understanding)) notUnderstood(draft, message.content);
  continueWithNext(draft);
}

/**
 * Understands and answers one ordinary message; false when nothing fits. Also used for messages kept during a remote
 * look-up.
 */
export function respond(
  draft: Draft,
  message: InboundMessage,
  understanding: Understanding,
  silence: number,
): boolean {
  const { state, context } = draft;
  const words = answerWords(message.content);
  const choice = chosenValue(message.content, { ...choosingIn(draft), offered: state.lastSaid });
  const control = message.content.kind === 'text' ? context.controlOf(foldText(words)) : undefined;
  const best = bestIntent(understanding);
  if (choice !== undefined && obeyEngineChoice(draft, choice)) return true;
  if (control !== undefined && choice === undefined) {
    if (silence > longSilence && showsBefore.has(control)) showNothingOfBefore(draft, control);
    else obeyControl(draft, control);
    if (control === 'person') keepOthers(draft, 'human_handoff', understanding);
    return true;
  }
  if (silence > longSilence && choice === undefined && isWaiting(draft) && !isRequest(draft, best)) {
    interrupt(draft, engineDialogs.comeBack);
    return true;
  }
  if (takeAnswer(draft, words, choice, understanding)) return true;
  if (best !== undefined && obeyIntent(draft, best, understanding)) return true;
  if (correct(draft, understanding)) return true;
  return best === undefined && welcomeFirst(draft, message.content);
}

function choosingIn(draft: Draft): Omit<Parameters<typeof chosenValue>[1], 'offered'> {
  const { state, context } = draft;
  const step = waitingStep(draft)?.step;
  return {
    context,
    language: state.language.tag,
    form: state.form,
    ...(step?.kind === 'choose' && step.exactly !== undefined ? { exactly: step.exactly } : {}),
  };
}

/** The first message of all, when nobody understands it: who sent a voice note learns that it was not heard. */
function welcomeFirst(draft: Draft, content: InboundContent): boolean {
  const { dialogs, noticeGiven, calm } = draft.state;
  if (dialogs.length > 0 || noticeGiven || calm !== undefined) return false;
  if (content.kind !== 'text' && content.kind !== 'choice') say(draft, { key: complaintKey(content) });
  replaceWith(draft, engineDialogs.welcome);
  return true;
}

/** Danger goes before everything, and nothing of before is taken up after it. */
export function answerDanger(
  draft: Draft,
  danger: Pick<Understanding, 'crisis' | 'slots'>,
  isChild: boolean,
): void {
  draft.sendClass = 'crisis';
  abandonLookUp(draft);
  update(draft, { dialogs: [], waitingRequests: [] });
  interrupt(draft, engineDialogs.danger, dangerValues(draft, danger, isChild));
}

function showNothingOfBefore(draft: Draft, control: Control): void {
  if (control === 'help') say(draft, { key: 'common:help' });
  if (control === 'who-answers') say(draft, { key: 'common:whoAnswers' });
  const waiting = waitingStep(draft);
  if (waiting !== undefined && !isOffer(waiting.frame.dialog))
    return interrupt(draft, engineDialogs.comeBack);
  if (draft.state.calm === undefined) replaceWith(draft, engineDialogs.menu);
  else stayNear(draft);
}

function isWaiting(draft: Draft): boolean {
  const waiting = waitingStep(draft);
  return (
    waiting !== undefined && !isOffer(waiting.frame.dialog) && waiting.frame.dialog !== engineDialogs.danger
  );
}

function isRequest(draft: Draft, intent: Intent | undefined): boolean {
  return intent !== undefined && !isCourtesy(intent) && dialogOf(draft.context, intent) !== undefined;
}

/** What the message is surely about; in "good morning, a welding course please" that is the course. */
function bestIntent(understanding: Understanding): Intent | undefined {
  const best = understanding.candidates[0];
  if (best === undefined || best.confidence < sureEnough) return undefined;
  return isCourtesy(best.intent)
    ? (understanding.requests.find((one) => !isCourtesy(one)) ?? best.intent)
    : best.intent;
}

const isCourtesy = (intent: Intent): boolean => intent === 'greeting' || intent === 'thanks_bye';

/** What the recogniser makes of a text. */
export const understand = (draft: Draft, text: string): Understanding =>
  draft.context.recognise(text, { language: draft.state.language.tag });

/** A file's name is looked at for danger, but it is no answer. */
export function answerWords(content: InboundContent): string {
  return (content.kind === 'media' ? (content.caption ?? '') : wordsOf(content)).slice(0, maximumText);
}

/** The class of danger in what they wrote, else in a file's name. */
function crisisIn(draft: Draft, content: InboundContent, { crisis }: Understanding): CrisisClass {
  if (crisis !== 'none' || content.kind !== 'media' || content.fileName === undefined) return crisis;
  return understand(draft, content.fileName).crisis;
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
  const offered = step.choices === undefined ? [] : choicesOf(draft, frame, step.choices);
  // A button of an older message, or a value no button of ours has.
  if (choice !== undefined && !offered.some(({ value }) => value === choice)) return false;
  if (step.kind === 'choose') {
    if (choice === undefined || !chooseExit(draft, frame, step, choice)) return false;
    advance(draft);
    return true;
  }
  const parser = draft.context.dialogs.get(frame.dialog)?.answers[step.answer];
  if (parser === undefined || answersOthers(draft, frame.dialog, step.answer, understanding)) return false;
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

/**
 * Whether a message names answers to other questions of the dialog and not to this one: "better a baker's course", when
 * the place was asked, is no name of a place.
 */
function answersOthers(draft: Draft, id: DialogId, answer: string, understanding: Understanding): boolean {
  const definition = definitionOf(draft, id);
  if (definition.answers[answer]?.fromSlots === undefined) return false;
  const named = Object.keys(answersFrom(definition, understanding.slots, draft));
  return named.length > 0 && !named.includes(answer);
}

/** Does what a message surely asks for; false when that is nothing Puente does. */
export function obeyIntent(draft: Draft, intent: Intent, understanding: Understanding): boolean {
  switch (intent) {
    case 'human_handoff':
      obeyControl(draft, 'person');
      keepOthers(draft, intent, understanding);
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

/** In the middle of a question a greeting is no answer, and no reason to complain. */
function greet(draft: Draft): boolean {
  if (draft.state.calm !== undefined) return false;
  if (waitingStep(draft)?.step.kind === 'ask') return askAgain(draft);
  replaceWith(draft, draft.state.noticeGiven ? engineDialogs.menu : engineDialogs.welcome);
  return true;
}
