import {
  askAgain,
  advance,
  answersFrom,
  answersInCommon,
  definitionOf,
  knownPlace,
  laidOver,
  rememberPlace,
  startDialog,
  waitingStep,
} from './stepping.ts';
import {
  currentFrame,
  dialogOf,
  say,
  isControl,
  update,
  updateFrame,
  type Control,
  type Draft,
} from './draft.ts';
import { understandDialog } from './look-up.ts';
import { dialogId, languageTag, type DialogId } from './ids.ts';
import { assertNever, type InboundContent } from './message.ts';
import type { Intent, Understanding } from './recognition.ts';
import { sayAnswerAgain, sayLastAgain } from './say-again.ts';
import { asText, type SayChoice, type Values } from './values.ts';

/** Dialogs the engine itself starts; the registry must hold them. */
export const engineDialogs = {
  welcome: dialogId('welcome'),
  menu: dialogId('menu'),
  person: dialogId('person'),
  erase: dialogId('erase'),
  stop: dialogId('stop'),
  privacy: dialogId('privacy'),
  danger: dialogId('danger'),
  comeBack: dialogId('come-back'),
  understand: understandDialog,
} as const;

/** From this confidence on an intent is acted on. */
export const sureEnough = 0.5;

/** What can always be offered. */
export const personOrMenu: readonly SayChoice[] = [
  { value: 'control:person', title: { key: 'common:choice.control_person' } },
  { value: 'control:menu', title: { key: 'common:choice.control_menu' } },
];
const onlyMenu = personOrMenu.slice(1);

/** Carries out a word that works in every state. */
export function obeyControl(draft: Draft, control: Control): void {
  switch (control) {
    case 'person':
      return interrupt(draft, engineDialogs.person);
    case 'menu':
      return replaceWith(draft, engineDialogs.menu);
    case 'restart':
      update(draft, { stopped: false });
      return replaceWith(draft, engineDialogs.menu);
    case 'someone-else':
      return interrupt(draft, engineDialogs.comeBack, { whoWrites: 'someone-else' });
    case 'help':
      say(draft, { key: 'common:help' });
      if (!askAgain(draft)) draft.choices = personOrMenu;
      return;
    case 'repeat':
      if (!sayLastAgain(draft)) replaceWith(draft, engineDialogs.menu);
      return;
    case 'back':
      return goBack(draft);
    case 'cancel':
      return cancel(draft);
    case 'erase':
      return interrupt(draft, engineDialogs.erase);
    case 'stop':
      return interrupt(draft, engineDialogs.stop);
    case 'who-reads':
      return interrupt(draft, engineDialogs.privacy);
    case 'who-answers':
      say(draft, { key: 'common:whoAnswers' });
      if (!askAgain(draft) && draft.state.calm === undefined) draft.choices = personOrMenu;
      return;
    case 'go-on':
      return goOn(draft);
    default:
      assertNever(control);
  }
}

/** Puts the dialog in the place of all others. */
export function replaceWith(draft: Draft, id: DialogId, values: Values = {}): void {
  update(draft, { dialogs: [], waitingRequests: [] });
  startDialog(draft, id, values);
  advance(draft);
}

/** Dialogs that only offer where to begin, or ask on our behalf: nobody is brought back to them. */
export const isOffer = (id: DialogId): boolean =>
  id === engineDialogs.welcome || id === engineDialogs.menu || id === engineDialogs.understand;

/** Runs the dialog on top of what is waiting; afterwards the waiting question is asked again. */
export function interrupt(draft: Draft, id: DialogId, values: Values = {}): void {
  const current = currentFrame(draft)?.dialog;
  if (current !== undefined && isOffer(current)) leaveDialog(draft);
  takeOut(draft, id);
  startDialog(draft, id, values);
  advance(draft);
}

/** Starts what an intent asks for. False when no dialog of this release does. */
export function startIntent(draft: Draft, intent: Intent, understanding: Understanding): boolean {
  const definition = dialogOf(draft.context, intent);
  if (definition === undefined) return false;
  const current = waitingStep(draft);
  const found = { ...knownPlace(draft, definition), ...answersFrom(definition, understanding.slots, draft) };
  if (current?.frame.dialog === definition.id) {
    restartWith(draft, found);
    return true;
  }
  // A question under way is kept for later; an offer of ways to go on is not.
  if (current?.step.kind === 'choose') leaveDialog(draft);
  const before = takeOut(draft, definition.id);
  startDialog(draft, definition.id, { ...before, ...found });
  rememberPlace(draft);
  advance(draft);
  return true;
}

function leaveDialog(draft: Draft): void {
  update(draft, { dialogs: draft.state.dialogs.slice(0, -1) });
}

/** Takes the dialog out from below others and gives the answers it had: nobody is brought back to one question twice. */
function takeOut(draft: Draft, id: DialogId): Values {
  const { dialogs } = draft.state;
  const older = dialogs.findLast(({ dialog }) => dialog === id);
  update(draft, { dialogs: dialogs.filter(({ dialog }) => dialog !== id) });
  return older === undefined ? {} : answersInCommon(draft, id, older.values);
}

/**
 * Takes what a message corrects or adds ("now I am in Gracias", "better bakery") into the dialog in the foreground and
 * goes through it again from the start; questions answered before are not asked again. False when nothing fits.
 */
export function correct(draft: Draft, understanding: Understanding): boolean {
  const frame = currentFrame(draft);
  if (frame === undefined || draft.context.dialogs.get(frame.dialog) === undefined) return false;
  const found = answersFrom(definitionOf(draft, frame.dialog), understanding.slots, draft);
  if (Object.keys(found).length === 0) return false;
  restartWith(draft, found);
  return true;
}

function restartWith(draft: Draft, found: Values): void {
  const frame = currentFrame(draft);
  if (frame === undefined) return;
  const { start } = definitionOf(draft, frame.dialog);
  const known = answersInCommon(draft, frame.dialog, frame.values);
  updateFrame(draft, { step: start, values: laidOver(known, found), misses: 0 });
  rememberPlace(draft);
  advance(draft);
}

/** Switches the language when the message names one, else asks which. */
export function changeLanguage(draft: Draft, wanted: string | undefined): void {
  const tag = draft.context.languages.find((known) => known === wanted);
  if (tag === undefined) {
    say(draft, { key: 'common:whichLanguage' });
    draft.choices = draft.context.languages.map((known) => ({
      value: `language:${known}`,
      title: { key: `common:choice.language_${known}` },
    }));
    draft.endsWithQuestion = true;
    return;
  }
  update(draft, { language: { tag: languageTag(tag), chosenBy: 'person' } });
  const isSaidAgain = sayAnswerAgain(draft);
  if (!isSaidAgain) say(draft, { key: 'common:languageChanged' });
  if (!askAgain(draft) && !isSaidAgain && draft.state.calm === undefined)
    replaceWith(draft, engineDialogs.menu);
}

/** Nothing fitted: once more in other words, then a person is offered. */
export function notUnderstood(draft: Draft, content: InboundContent): void {
  if (draft.state.calm !== undefined) return stayNear(draft);
  const waiting = waitingStep(draft);
  const misses = (waiting === undefined ? draft.state.misses : waiting.frame.misses) + 1;
  if (waiting === undefined) update(draft, { misses });
  else updateFrame(draft, { misses });
  if (misses >= 2) {
    say(draft, { key: 'common:offerPerson' });
    draft.choices = personOrMenu;
    draft.endsWithQuestion = true;
    return;
  }
  say(draft, { key: complaintKey(content) });
  if (askAgain(draft)) return;
  draft.choices = personOrMenu;
}

/** After danger nothing is called not understood, and nothing is offered (safety.md D5, D15). */
export function stayNear(draft: Draft): void {
  say(draft, { key: 'common:stillHere' });
  askAgain(draft);
}

/** A topic Puente knows of but cannot answer yet in this release. */
export function topicNotReady(draft: Draft): void {
  say(draft, { key: 'common:topicNotReady' });
  draft.choices = personOrMenu;
  draft.endsWithQuestion = true;
}

/** Thanks or good-bye: short, and no question. */
export function farewell(draft: Draft): void {
  say(draft, { key: 'common:bye' });
  draft.choices = [];
}

/** What is said about a message that nobody understands. */
export function complaintKey(content: InboundContent): string {
  switch (content.kind) {
    case 'media':
      return content.media === 'audio' ? 'common:cannotHear' : 'common:cannotSee';
    case 'location':
    case 'contacts':
    case 'unsupported':
      return 'common:cannotSee';
    case 'text':
    case 'choice':
    case 'reaction':
    case 'form':
      return 'common:notUnderstood';
    default:
      return assertNever(content);
  }
}

function goBack(draft: Draft): void {
  const frame = currentFrame(draft);
  const before = frame?.trail.at(-1);
  if (frame !== undefined && before !== undefined) {
    const { step, values } = before;
    updateFrame(draft, { step, values, trail: frame.trail.slice(0, -1), misses: 0 });
    // False when this release knows the step no more.
    if (askAgain(draft)) return;
  }
  say(draft, { key: 'common:nothingBefore' });
  if (!askAgain(draft)) draft.choices = onlyMenu;
}

function goOn(draft: Draft): void {
  if (currentFrame(draft)?.dialog === engineDialogs.comeBack) leaveDialog(draft);
  if (askAgain(draft)) return;
  if (draft.state.calm === undefined) replaceWith(draft, engineDialogs.menu);
  else stayNear(draft);
}

function cancel(draft: Draft): void {
  update(draft, { dialogs: [], waitingRequests: [] });
  say(draft, { key: 'common:cancelled' });
  draft.choices = onlyMenu;
}

/** Reads a choice the engine itself offered: `control:menu`, `language:en`, `start:training`. False for any other. */
export function obeyEngineChoice(draft: Draft, value: string): boolean {
  const separator = value.indexOf(':');
  const [kind, name] = [value.slice(0, separator), value.slice(separator + 1)];
  switch (kind) {
    case 'control':
      if (!isControl(name)) return false;
      obeyControl(draft, name);
      return true;
    case 'language':
      changeLanguage(draft, name);
      return true;
    case 'start':
      if (!draft.context.dialogs.has(dialogId(name))) return false;
      update(draft, { dialogs: [] });
      startDialog(draft, dialogId(name), knownPlace(draft, definitionOf(draft, dialogId(name))));
      advance(draft);
      return true;
    default:
      return false;
  }
}

/** The language a message asks for, when it names one. */
export const wantedLanguage = (understanding: Understanding): string | undefined =>
  asText(understanding.slots['language']);
