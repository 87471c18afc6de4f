import { ruleContext, say, type Draft } from './draft.ts';
import { definitionOf, waitingStep } from './stepping.ts';
import type { SayPart } from './values.ts';

/** Says the last message once more, as it was. False when there is none. */
export function sayLastAgain(draft: Draft): boolean {
  const last = draft.state.lastSaid;
  if (last === undefined) return false;
  say(draft, ...last.parts);
  draft.choices = last.choices;
  draft.endsWithQuestion = true;
  goFirstInDanger(draft);
  return true;
}

/**
 * Says the last answer once more in the language of now, without its question and its notice. False when there was none.
 * What a dialog composed of the directory's words is composed anew.
 */
export function sayAnswerAgain(draft: Draft): boolean {
  const last = draft.state.lastSaid;
  const waiting = waitingStep(draft);
  if (last === undefined) return false;
  const answered = last.parts.filter(({ key }) => !passing.test(key));
  const parts = waiting === undefined ? answered : answered.filter(({ key }) => !isQuestionOf(waiting, key));
  if (parts.length === 0) return false;
  say(draft, ...composedAnew(draft, parts));
  if (waiting === undefined) draft.choices = last.choices;
  goFirstInDanger(draft);
  return true;
}

/** Said of the talk itself, and no answer. */
const passing =
  /^common:(?:notice\.|languageChanged$|whichLanguage$|backTo$|notUnderstood$|offerPerson$|cannot|cancelled$|help$|bye$)/u;

type Waiting = NonNullable<ReturnType<typeof waitingStep>>;

const isQuestionOf = ({ frame, step }: Waiting, key: string): boolean =>
  step.key !== undefined && key === `${frame.dialog}:${step.key}`;

function composedAnew(draft: Draft, parts: readonly SayPart[]): readonly SayPart[] {
  const frame = draft.state.dialogs.at(-1);
  if (frame === undefined || !draft.context.dialogs.has(frame.dialog)) return parts;
  const context = ruleContext(draft, frame.values);
  const anew = Object.values(definitionOf(draft, frame.dialog).steps).flatMap((step) =>
    step.kind === 'say' && step.compose !== undefined ? step.compose(frame.values, context) : [],
  );
  return parts.map((part) => {
    const index = anew.findIndex(({ key }) => key === part.key);
    return (index < 0 ? undefined : anew.splice(index, 1)[0]) ?? part;
  });
}

function goFirstInDanger(draft: Draft): void {
  if (draft.parts.some(({ key }) => key.startsWith('danger:'))) draft.sendClass = 'crisis';
}
