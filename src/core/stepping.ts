import { carryOut } from './acts.ts';
import type { ConversationState, DialogFrame } from './conversation.ts';
import type { AskStep, Choices, ChooseStep, DialogDefinition, LookUpStep, Step, Words } from './dialog.ts';
import { currentFrame, ruleContext, say, update, updateFrame, type Draft } from './draft.ts';
import { handOff, remember } from './hand-off.ts';
import type { DialogId } from './ids.ts';
import { countryCode, dialogId } from './ids.ts';
import { timerOf } from './look-up.ts';
import { assertNever } from './message.ts';
import { placeAnswer, placeIn, placeOver } from './place.ts';
import type { Slots } from './recognition.ts';
import { asText, type JsonValue, type SayChoice, type SayPart, type Values } from './values.ts';

/** A dialog that passes more steps than this in one turn runs in a circle: a fault of its data. */
const maximumSteps = 60;
const maximumDepth = 5;
const maximumTrail = 10;
const maximumLookUps = 8;
const remoteLimit = 15_000;

/** Opens a dialog in the foreground; `values` are answers known already. */
export function startDialog(draft: Draft, id: DialogId, values: Values = {}): void {
  const definition = definitionOf(draft, id);
  const frame: DialogFrame = {
    dialog: id,
    version: definition.version,
    step: definition.start,
    values,
    trail: [],
    misses: 0,
  };
  update(draft, { dialogs: [...draft.state.dialogs, frame].slice(-maximumDepth) });
}

/** Walks on until the dialog waits for the person, for a look-up, or for nothing. */
export function advance(draft: Draft): void {
  let lookUps = 0;
  for (let count = 0; count < maximumSteps; count += 1) {
    const frame = currentFrame(draft);
    if (frame === undefined) return;
    const step = stepOf(draft, frame);
    if (step === 'end') {
      if (endDialog(draft)) return;
      continue;
    }
    if (step.kind === 'look-up') lookUps += 1;
    if (lookUps > maximumLookUps)
      throw new RangeError(`${frame.dialog} looks up more than ${maximumLookUps} times`);
    if (takeStep(draft, frame, step)) return;
  }
  throw new RangeError(`${currentFrame(draft)?.dialog ?? 'a dialog'} runs in a circle`);
}

/** Keeps the answer to the waiting question and goes to the next step. */
export function answerQuestion(draft: Draft, frame: DialogFrame, step: AskStep, value: JsonValue): void {
  updateFrame(draft, {
    values: laidOver(frame.values, { [step.answer]: value }),
    trail: longerTrail(frame),
    step: step.then,
    misses: 0,
  });
  rememberPlace(draft);
}

/** Takes the way of a choice. False when it has none. */
export function chooseExit(draft: Draft, frame: DialogFrame, step: ChooseStep, choice: string): boolean {
  const exit = step.exits[choice] ?? step.exits['*'];
  if (exit === undefined) return false;
  const values = step.save === undefined ? frame.values : { ...frame.values, [step.save]: choice };
  updateFrame(draft, { step: exit, values, trail: longerTrail(frame), misses: 0 });
  return true;
}

/**
 * Takes the answer of a remote look-up, or that none came in time, into the dialog that waits for it. False when that
 * dialog went on without it.
 */
export function finishLookUp(
  draft: Draft,
  pending: NonNullable<ConversationState['lookUp']>,
  outcome: JsonValue | undefined,
): boolean {
  const frame = currentFrame(draft);
  if (frame?.dialog !== pending.dialog || frame.step !== pending.step) return false;
  const step = stepOf(draft, frame);
  if (step === 'end' || step.kind !== 'look-up') return false;
  const values = outcome === undefined ? frame.values : { ...frame.values, [step.save]: outcome };
  updateFrame(draft, { values, step: outcome === undefined ? (step.whenLate ?? step.then) : step.then });
  advance(draft);
  return true;
}

const longerTrail = (frame: DialogFrame): DialogFrame['trail'] =>
  [...frame.trail, { step: frame.step, values: frame.values }].slice(-maximumTrail);

/** Answers found now over those known; of a place what was missing is added, a new one is taken as a whole. */
export function laidOver(known: Values, found: Values): Values {
  const named = placeIn(found);
  if (named === undefined) return { ...known, ...found };
  return { ...known, ...found, [placeAnswer]: { ...placeOver(placeIn(known), named) } };
}

/** Says the waiting question again, as if the dialog had just come to it. */
export function askAgain(draft: Draft): boolean {
  const frame = currentFrame(draft);
  if (frame === undefined) return false;
  const step = stepOf(draft, frame);
  if (step === 'end' || (step.kind !== 'ask' && step.kind !== 'choose')) return false;
  ask(draft, frame, step);
  return true;
}

/** The waiting step of the dialog in the foreground. */
export function waitingStep(draft: Draft): { frame: DialogFrame; step: AskStep | ChooseStep } | undefined {
  const frame = currentFrame(draft);
  if (frame === undefined) return undefined;
  const step = stepOf(draft, frame);
  return step !== 'end' && (step.kind === 'ask' || step.kind === 'choose') ? { frame, step } : undefined;
}

/** The answers of a dialog that a message's slots already hold. */
export function answersFrom(definition: DialogDefinition, slots: Slots, draft: Draft): Values {
  const { country } = ruleContext(draft, currentFrame(draft)?.values ?? {});
  const found: Record<string, JsonValue> = {};
  for (const [name, parser] of Object.entries(definition.answers)) {
    const value = parser.fromSlots?.(slots, country);
    if (value !== undefined) found[name] = value;
  }
  return found;
}

/** The definition behind an id; an unknown one is a fault of saved data or of a dialog that was removed. */
export function definitionOf(draft: Draft, id: DialogId): DialogDefinition {
  const definition = draft.context.dialogs.get(id);
  if (definition === undefined) throw new TypeError(`no dialog ${id}`);
  return definition;
}

/** Fixed and made choices in one form. */
export function choicesOf(draft: Draft, frame: DialogFrame, choices: Choices): readonly SayChoice[] {
  if (typeof choices === 'function') return choices(frame.values, ruleContext(draft, frame.values));
  return choices.map((value) => ({ value, title: { key: titleKey(frame.dialog, value) } }));
}

function titleKey(dialog: DialogId, value: string): string {
  return value.includes(':') ? `common:choice.${value.replace(':', '_')}` : `${dialog}:choice.${value}`;
}

function stepOf(draft: Draft, frame: DialogFrame): Step | 'end' {
  if (frame.step === 'end') return 'end';
  const definition = draft.context.dialogs.get(frame.dialog);
  if (definition === undefined) return 'end';
  const name = definition.steps[frame.step] === undefined ? definition.upgrade?.[frame.step] : frame.step;
  if (name === undefined || name === 'end') return 'end';
  const step = definition.steps[name];
  if (step === undefined) return 'end';
  if (name !== frame.step) updateFrame(draft, { step: name, version: definition.version });
  return step;
}

/** True when the dialog now waits. */
function takeStep(draft: Draft, frame: DialogFrame, step: Step): boolean {
  switch (step.kind) {
    case 'ask':
      if (step.again !== true && frame.values[step.answer] !== undefined) return goTo(draft, step.then);
      ask(draft, frame, step);
      return true;
    case 'choose':
      ask(draft, frame, step);
      return true;
    case 'say':
      say(draft, ...partsOf(draft, frame, step));
      if (step.choices !== undefined) draft.choices = choicesOf(draft, frame, step.choices);
      return goTo(draft, step.then);
    case 'branch': {
      const next = step.choose(frame.values, ruleContext(draft, frame.values));
      if (!step.exits.includes(next))
        throw new TypeError(`${frame.dialog}: ${next} is no exit of ${frame.step}`);
      return goTo(draft, next);
    }
    case 'look-up':
      return lookUp(draft, frame, step);
    case 'hand-off':
      handOff(draft, frame, step);
      return goTo(draft, step.then);
    case 'remember':
      remember(
        draft,
        frame,
        typeof step.service === 'string' ? asText(frame.values[step.service]) : step.service(frame.values),
      );
      return goTo(draft, step.then);
    case 'start':
      goTo(draft, step.then);
      startDialog(draft, dialogId(step.dialog), answersInCommon(draft, dialogId(step.dialog), frame.values));
      return false;
    case 'act':
      carryOut(draft, step.act);
      return goTo(draft, step.then);
    default:
      return assertNever(step);
  }
}

function goTo(draft: Draft, step: string): false {
  updateFrame(draft, { step });
  return false;
}

/** Pops the dialog. True when nothing is left to walk. */
function endDialog(draft: Draft): boolean {
  update(draft, { dialogs: draft.state.dialogs.slice(0, -1) });
  const below = waitingStep(draft);
  if (below === undefined) return draft.state.dialogs.length === 0;
  say(draft, { key: 'common:backTo' });
  ask(draft, below.frame, below.step);
  return true;
}

function ask(draft: Draft, frame: DialogFrame, step: AskStep | ChooseStep): void {
  say(draft, ...partsOf(draft, frame, step));
  draft.choices = step.choices === undefined ? [] : choicesOf(draft, frame, step.choices);
  draft.endsWithQuestion = true;
}

function partsOf(draft: Draft, frame: DialogFrame, words: Words): readonly SayPart[] {
  if (words.compose === undefined) return [{ key: `${frame.dialog}:${words.key}` }];
  return words.compose(frame.values, ruleContext(draft, frame.values));
}

function lookUp(draft: Draft, frame: DialogFrame, step: LookUpStep): boolean {
  const input: Record<string, JsonValue> = {};
  for (const name of step.input) {
    const value = frame.values[name];
    if (value !== undefined) input[name] = value;
  }
  if (step.where === 'local') {
    const search = draft.context.lookUps[step.name];
    if (search === undefined) throw new TypeError(`no local look-up ${step.name}`);
    const found = search(input, ruleContext(draft, frame.values));
    updateFrame(draft, { values: { ...frame.values, [step.save]: found }, step: step.then });
    return false;
  }
  const requestId = draft.context.newRequestId();
  const deadline = draft.context.now + (step.limit ?? remoteLimit);
  draft.effects.push({ kind: 'request', requestId, name: step.name, input, deadline });
  draft.effects.push({ kind: 'set-timer', name: timerOf(requestId), dueAt: deadline });
  update(draft, { lookUp: { requestId, dialog: frame.dialog, step: frame.step, deadline } });
  return true;
}

/** Those of the values that answer a question of the dialog. */
export function answersInCommon(draft: Draft, id: DialogId, values: Values): Values {
  const known = Object.keys(definitionOf(draft, id).answers);
  return Object.fromEntries(Object.entries(values).filter(([name]) => known.includes(name)));
}

/** A place given as an answer is where the person is now, until they say otherwise. */
export function rememberPlace(draft: Draft): void {
  const named = placeIn(currentFrame(draft)?.values ?? {});
  const country = named?.country;
  if (named === undefined || country === undefined) return;
  const { city, department } = named;
  update(draft, {
    place: {
      ...draft.state.place,
      now: {
        country: countryCode(country),
        ...(city === undefined ? {} : { city }),
        ...(department === undefined ? {} : { department }),
      },
    },
  });
}

/** The place known from before, as the answer of a dialog that asks for one. */
export function knownPlace(draft: Draft, definition: DialogDefinition): Values {
  const { now } = draft.state.place;
  return now === undefined || !(placeAnswer in definition.answers) ? {} : { [placeAnswer]: { ...now } };
}
