import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Clock, Log, Randomness } from '../core/ports.ts';
import { intents } from '../core/recognition.ts';
import type { JsonValue, Values } from '../core/values.ts';
import { createDailyBudget, type DailyLimits } from './daily-budget.ts';
import { createDraftWriter, type WriteDraft } from './draft-writer.ts';
import { createModelCalls, type ModelCalls } from './model-calls.ts';
import { createModelClient, schemaOf, type ModelClient, type ModelService } from './model-client.ts';
import { createRedactor, type Redact } from './redaction.ts';

/** What the tier works with: a service, or a client for one. `places` stay in the text although they sound like names. */
export interface ModelTierOptions {
  readonly service: ModelService | ModelClient;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  readonly budget: DailyLimits;
  readonly places?: readonly string[];
}

/** A second opinion from a language model. It chooses; it never writes to a person (safety.md F2). */
export interface ModelTier {
  /** The remote look-up `understand`: `{ text, language?, answers? }` in; one of three outcomes out, never a throw. */
  readonly understand: (input: Values, signal: AbortSignal) => Promise<JsonValue>;
  /** For caseworkers only, who read it before anybody else does. */
  readonly writeDraft: WriteDraft;
  readonly close: () => Promise<void>;
}

/** What a choice comes to. */
type Outcome =
  | { readonly kind: 'intent'; readonly intent: string }
  | { readonly kind: 'answer'; readonly id: string }
  | { readonly kind: 'nothing' };

const nothing: Outcome = { kind: 'nothing' };
const noAnswer = 'none';
/** A long story is chosen for by its beginning. */
const longestText = 1_000;

const askedFor = z.object({
  text: z.string().min(1),
  language: z.string().max(12).optional(),
  /** Approved answers to choose among, by id, with what each is about. */
  answers: z
    .array(z.object({ id: z.string().min(1).max(80), about: z.string().max(300) }))
    .max(20)
    .optional(),
});

/** Opens the tier. Nothing is called before the first question. */
export function createModelTier(options: ModelTierOptions): ModelTier {
  const { service, clock, random, log, budget, places } = options;
  const client = 'ask' in service ? service : createModelClient(service);
  const calls = createModelCalls({ client, clock, random, log, budget: createDailyBudget(budget, clock) });
  const redact = createRedactor(places);
  const instruction = readPrompt('choose');
  return {
    understand: (input, signal) => choose(calls, redact, instruction, input, signal),
    writeDraft: createDraftWriter(calls, redact, readPrompt('draft')),
    close: () => client.close(),
  };
}

async function choose(
  calls: ModelCalls,
  redact: Redact,
  instruction: string,
  input: Values,
  signal: AbortSignal,
): Promise<Outcome> {
  const read = askedFor.safeParse(input);
  if (!read.success) return nothing;
  const { text, language, answers = [] } = read.data;
  const ids = [noAnswer, ...answers.map(({ id }) => id)];
  const choice = z.strictObject({ intent: z.enum(intents), answer: z.enum(ids) });
  const material = {
    ...(language === undefined ? {} : { language }),
    message: shortened(redact(text).text),
    ...(answers.length === 0 ? {} : { answers }),
  };
  const schema = schemaOf(choice);
  const chosen = await calls(
    'choice',
    { instruction, material, schema },
    (answer) => choice.safeParse(answer).data,
    signal,
  );
  if (chosen === undefined) return nothing;
  return chosen.answer === noAnswer
    ? { kind: 'intent', intent: chosen.intent }
    : { kind: 'answer', id: chosen.answer };
}

/** Cut between words, so that no placeholder is cut in two. */
function shortened(text: string): string {
  if (text.length <= longestText) return text;
  const cut = text.slice(0, longestText);
  const end = Math.max(cut.search(/\s\S*$/u), 0);
  return cut.slice(0, end === 0 ? longestText : end);
}

const readPrompt = (name: 'choose' | 'draft'): string =>
  readFileSync(path.join(import.meta.dirname, 'prompts', `${name}.txt`), 'utf8');
