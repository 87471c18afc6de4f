import type { CaseReason } from './conversation.ts';
import type { CountryCode, DialogId, LanguageTag } from './ids.ts';
import { dialogId } from './ids.ts';
import type { Intent, Slots, Understanding } from './recognition.ts';
import type { JsonValue, SayChoice, SayPart, Values } from './values.ts';

/** What a parser may look at. */
export interface AnswerInput {
  readonly text: string;
  /** Lower case, accents folded, blanks joined. */
  readonly folded: string;
  /** Value of the button or list row tapped, or of the choice whose number or title was typed. */
  readonly choice?: string;
  readonly understanding: Understanding;
  /** Working assumption, as in `RuleContext`. */
  readonly country?: CountryCode;
}

/** What a parser found. `unclear` lets the engine repair; it never throws. */
export type ParsedAnswer =
  { readonly kind: 'understood'; readonly value: JsonValue } | { readonly kind: 'unclear' };

/** Reads one answer, or takes it from what an earlier message already said. */
export interface AnswerParser {
  readonly parse: (input: AnswerInput) => ParsedAnswer;
  /** The answer when the slots of any message hold it; undefined when they do not. */
  readonly fromSlots?: (slots: Slots, country: CountryCode | undefined) => JsonValue | undefined;
}

/** What rules and look-ups may know about the conversation: never who the person is. */
export interface RuleContext {
  readonly now: number;
  readonly language: LanguageTag;
  /** Working assumption: place in this dialog, else where now, else origin, else number, else the operator's default. */
  readonly country?: CountryCode;
  /** Whether the person told us the country, or we only assume it. */
  readonly countrySaid: boolean;
  /** Whether only a town's name told us: an answer then names the country. */
  readonly countryByTown?: true;
  /** Who runs this service, for the words that say so. */
  readonly organisation: OrganisationFacts;
  /** Whether the person allowed that somebody outside reads what is not understood here. */
  readonly readOutside?: true;
  /** Whether the team has an open case of danger that this person knows of. */
  readonly dangerKnown?: true;
}

/** The running organisation, from the operator's settings. */
export interface OrganisationFacts {
  readonly name: string;
  readonly kind: 'ngo' | 'municipality' | 'government' | 'international' | 'church';
  readonly contact?: string;
}

/** Words for a step: a fixed key of the dialog's locale file, or parts made by a rule from plain values. */
export type Words =
  | { readonly key: string; readonly compose?: never }
  | { readonly key?: never; readonly compose: (values: Values, context: RuleContext) => readonly SayPart[] };

/** Choices for a step: fixed ones titled by `choice.<value>` of the locale file, or made by a rule. */
export type Choices = readonly string[] | ((values: Values, context: RuleContext) => readonly SayChoice[]);

/** A step's name, or `end`. */
export type StepName = string;

/** Asks, waits, parses, keeps. Skipped when the answer is already known. */
export type AskStep = Words & {
  readonly kind: 'ask';
  readonly answer: string;
  readonly choices?: Choices;
  /** Asks even when an answer is known: the new one is laid over it. */
  readonly again?: true;
  readonly then: StepName;
};
/** Says and goes on at once. */
export type SayStep = Words & {
  readonly kind: 'say';
  /** Offered when nothing is asked after it. */
  readonly choices?: readonly string[];
  readonly then: StepName;
};
/** Goes one of several ways by a rule. */
export interface BranchStep {
  readonly kind: 'branch';
  readonly exits: readonly StepName[];
  readonly choose: (values: Values, context: RuleContext) => StepName;
}
/** Offers ways to go on; waits. A message that fits none is treated like any other message. */
export type ChooseStep = Words & {
  readonly kind: 'choose';
  readonly choices: Choices;
  /** Step for each choice's value; `*` for values made by a rule, kept under `save`. */
  readonly exits: Readonly<Record<string, StepName>>;
  readonly save?: string;
  /** Value of the choice that cannot be undone: only a button, a bare number or the very word chooses it. */
  readonly exactly?: string;
};
/** Asks a local look-up (in memory, inside the turn) or a remote one (an answer that comes as an event). */
export interface LookUpStep {
  readonly kind: 'look-up';
  readonly where: 'local' | 'remote';
  readonly name: string;
  readonly input: readonly string[];
  readonly save: string;
  readonly then: StepName;
  /** Remote only: where to go when nothing came before the deadline. */
  readonly whenLate?: StepName;
  /** Remote only, milliseconds. */
  readonly limit?: number;
}
/**
 * Opens a case. `note` leaves the bot in charge; `person` puts the conversation into the queue when somebody is
 * configured. Leaves `duty` (see `Duty` in ports.ts) among the values, so that the next step says the honest sentence,
 * and `alreadyWaiting` when the person asked before: then no second case is opened.
 */
export interface HandOffStep {
  readonly kind: 'hand-off';
  readonly reason: CaseReason;
  readonly mode: 'note' | 'person';
  readonly then: StepName;
}
/** Keeps a registered interest in the service named by the value, or by a rule. */
export interface RememberStep {
  readonly kind: 'remember';
  readonly service: string | ((values: Values) => string | undefined);
  readonly then: StepName;
}
/** Starts another dialog, with values handed over, and comes back to `then`. */
export interface StartStep {
  readonly kind: 'start';
  readonly dialog: string;
  readonly then: StepName;
}
/** Carries out one of the engine's own acts. */
export interface ActStep {
  readonly kind: 'act';
  readonly act: 'erase' | 'stop' | 'drop-older-dialogs' | 'become-someone-else' | 'allow-second-opinion';
  readonly then: StepName;
}

export type Step =
  AskStep | SayStep | BranchStep | ChooseStep | LookUpStep | HandOffStep | RememberStep | StartStep | ActStep;

/** A dialog as data. The id is also the folder, the locale file and the key in saved state. */
export interface DialogDefinition {
  readonly id: DialogId;
  readonly version: number;
  readonly answers: Readonly<Record<string, AnswerParser>>;
  readonly start: StepName;
  readonly steps: Readonly<Record<StepName, Step>>;
  /** Intents that start this dialog. */
  readonly intents: readonly Intent[];
  /** Old step names to their successors, for people who wait there. */
  readonly upgrade?: Readonly<Record<StepName, StepName>>;
}

/** Checks names at definition time, so that a typing error fails at start and not in front of a person. */
export function defineDialog(
  definition: Omit<DialogDefinition, 'id' | 'intents'> & {
    readonly id: string;
    readonly intents?: readonly Intent[];
  },
): DialogDefinition {
  const problems = findProblems(definition);
  if (problems.length > 0) throw new TypeError(`dialog ${definition.id}: ${problems.join('; ')}`);
  return { ...definition, id: dialogId(definition.id), intents: definition.intents ?? [] };
}

/** Steps a step can lead to inside its dialog. */
export function exitsOf(step: Step): readonly StepName[] {
  switch (step.kind) {
    case 'branch':
      return step.exits;
    case 'choose':
      return Object.values(step.exits);
    case 'look-up':
      return step.whenLate === undefined ? [step.then] : [step.then, step.whenLate];
    default:
      return [step.then];
  }
}

function findProblems(
  definition: Pick<DialogDefinition, 'steps' | 'start' | 'answers' | 'upgrade'>,
): string[] {
  const has = (name: StepName) => name === 'end' || Object.hasOwn(definition.steps, name);
  const problems: string[] = [];
  if (!has(definition.start)) problems.push(`start names no step: ${definition.start}`);
  for (const [name, step] of Object.entries(definition.steps)) {
    for (const exit of exitsOf(step)) if (!has(exit)) problems.push(`${name} leads to no step: ${exit}`);
    if (step.kind === 'ask' && !Object.hasOwn(definition.answers, step.answer)) {
      problems.push(`${name} asks for an unknown answer: ${step.answer}`);
    }
  }
  for (const [old, successor] of Object.entries(definition.upgrade ?? {})) {
    if (!has(successor)) problems.push(`upgrade of ${old} names no step: ${successor}`);
  }
  return problems;
}
