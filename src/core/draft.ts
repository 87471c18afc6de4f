import type { CaseReason, CaseRecord, ConversationState, DialogFrame, Effect } from './conversation.ts';
import type { ChoiceWords } from './choice-words.ts';
import type { DialogDefinition, OrganisationFacts, RuleContext } from './dialog.ts';
import type { CaseId, CountryCode, DialogId, LanguageTag, RequestId } from './ids.ts';
import type { SendClass } from './message.ts';
import { workingCountry } from './place.ts';
import type { Duty, LocalLookUp } from './ports.ts';
import type { Intent, Understanding } from './recognition.ts';
import type { SayChoice, SayPart, Values } from './values.ts';

/** Words that work in every state, by what they do. */
export const controls = [
  'person',
  'menu',
  'help',
  'back',
  'repeat',
  'cancel',
  'erase',
  'stop',
  'restart',
  'who-reads',
  'who-answers',
  'go-on',
  'someone-else',
] as const;
export type Control = (typeof controls)[number];

/** Everything a turn may know besides state and event. Same input, same result. */
export interface TurnContext {
  readonly now: number;
  readonly newCaseId: () => CaseId;
  readonly newRequestId: () => RequestId;
  readonly dialogs: ReadonlyMap<DialogId, DialogDefinition>;
  readonly recognise: (text: string, hint: { readonly language?: LanguageTag }) => Understanding;
  readonly lookUps: Readonly<Record<string, LocalLookUp>>;
  /** The control a folded message asks for, in all languages at once. */
  readonly controlOf: (folded: string) => Control | undefined;
  readonly choiceWords: ChoiceWords;
  /** Renders a title, so that a typed one is recognised; undefined when this release has no such words any more. */
  readonly words: (part: SayPart, language: LanguageTag, form: string) => string | undefined;
  readonly duty: Duty;
  readonly organisation: OrganisationFacts;
  readonly defaultCountry?: CountryCode;
  readonly defaultLanguage: LanguageTag;
  readonly languages: readonly LanguageTag[];
  /** Whether the operator has somebody outside who may be asked what a message means; absent: nobody. */
  readonly secondOpinion?: boolean;
}

/** A turn's work in progress. Lives inside one turn only. */
export interface Draft {
  state: ConversationState;
  readonly context: TurnContext;
  readonly parts: SayPart[];
  choices: readonly SayChoice[];
  readonly effects: Effect[];
  sendClass: SendClass;
  /** Whether the last part is a question: the notice goes before it. */
  endsWithQuestion: boolean;
  /** Whether a notice may be added. */
  readonly mayGiveNotice: boolean;
}

/** Changes some fields of the state. */
export function update(draft: Draft, change: Partial<ConversationState>): void {
  draft.state = { ...draft.state, ...change };
}

/** The dialog in the foreground. */
export function currentFrame(draft: Draft): DialogFrame | undefined {
  return draft.state.dialogs.at(-1);
}

/** Changes the dialog in the foreground. */
export function updateFrame(draft: Draft, change: Partial<DialogFrame>): void {
  const frame = currentFrame(draft);
  if (frame === undefined) return;
  update(draft, { dialogs: [...draft.state.dialogs.slice(0, -1), { ...frame, ...change }] });
}

/** Adds words to the one message of this turn. */
export function say(draft: Draft, ...parts: readonly SayPart[]): void {
  draft.parts.push(...parts);
  draft.endsWithQuestion = false;
}

/** Adds words before the question that ends the message, else at its end. */
export function sayBeforeQuestion(draft: Draft, part: SayPart): void {
  draft.parts.splice(draft.endsWithQuestion ? draft.parts.length - 1 : draft.parts.length, 0, part);
}

/** What rules and look-ups may know. */
export function ruleContext(draft: Draft, values: Values): RuleContext {
  const { context, state } = draft;
  const { country, said, byTown } = workingCountry(state.place, values, context.defaultCountry);
  return {
    now: context.now,
    language: state.language.tag,
    countrySaid: said,
    organisation: context.organisation,
    ...(context.secondOpinion === true && state.consents?.understanding?.answer === 'yes'
      ? { readOutside: true }
      : {}),
    ...(state.calm === undefined ? {} : { dangerKnown: true }),
    ...(country === undefined ? {} : { country }),
    ...(byTown === undefined ? {} : { countryByTown: byTown }),
  };
}

/** The dialog an intent starts. */
export function dialogOf(context: TurnContext, intent: Intent): DialogDefinition | undefined {
  for (const dialog of context.dialogs.values()) if (dialog.intents.includes(intent)) return dialog;
  return undefined;
}

const urgencies: Readonly<Record<CaseReason, CaseRecord['urgency']>> = {
  'in-danger': 'U1',
  'asked-for-a-person': 'U2',
  'not-understood': 'U2',
  'message-not-delivered': 'U2',
  'message-failed': 'U2',
  'late-message': 'U2',
  'wants-to-enrol': 'U3',
  loop: 'U3',
};

/** How soon somebody has to look at a case. */
export const urgencyOf = (reason: CaseReason): CaseRecord['urgency'] => urgencies[reason];

/**
 * Opens a case and gives its id. One that is open for the same reason is written anew in its place, so that somebody
 * who writes in danger six times is one entry of the queue; only each wish to enrol is a case of its own.
 */
export function openCase(draft: Draft, reason: CaseReason, brief: Values): CaseId {
  const { state, context } = draft;
  const known =
    reason === 'wants-to-enrol'
      ? undefined
      : state.openCases.find((open) => open.reason === reason && open.former !== true);
  const { caseId, openedAt } = known ?? { caseId: context.newCaseId(), openedAt: context.now };
  const record: CaseRecord = {
    caseId,
    conversationId: state.conversationId,
    reason,
    urgency: urgencyOf(reason),
    openedAt,
    status: 'open',
    channel: state.address?.channel ?? 'unknown',
    language: state.language.tag,
    brief,
  };
  draft.effects.push({ kind: 'put-case', case: record });
  if (known === undefined) update(draft, { openCases: [...state.openCases, { caseId, reason, openedAt }] });
  return caseId;
}

/** Whether a name is a control. */
export const isControl = (name: string): name is Control => (controls as readonly string[]).includes(name);
