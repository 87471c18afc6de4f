import type { Clock, Log, Randomness } from '../core/ports.ts';
import { createBreaker } from './breaker.ts';
import type { DailyBudget } from './daily-budget.ts';
import { mostAnswerTokens, type ModelAnswer, type ModelClient, type ModelRequest } from './model-client.ts';

/** What calling a model works with. */
export interface ModelCallParts {
  readonly client: ModelClient;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  readonly budget: DailyBudget;
}

/**
 * Asks and reads: `read` takes what the schema allows and gives undefined for anything else. Undefined also when there
 * was no answer; never throws.
 */
export type ModelCalls = <Value>(
  kind: 'choice' | 'draft',
  request: ModelRequest,
  read: (answer: unknown) => Value | undefined,
  signal?: AbortSignal,
) => Promise<Value | undefined>;

type Verdict = 'taken' | 'dropped' | 'failed' | 'late' | 'resting' | 'spent';

/** The whole call, its answer read, at most (safety.md F8). */
const longest = 6_000;
/** No text of ours has fewer characters to a token. */
const charactersPerToken = 2;

/** Calls a model within limits: six seconds, a daily budget, a rest after failures. Logs what it cost, never what was said. */
export function createModelCalls({ client, clock, random, log, budget }: ModelCallParts): ModelCalls {
  const breaker = createBreaker(clock);
  return async (kind, request, read, signal) => {
    const reference = random.id(64);
    const note = (outcome: Verdict, more: { readonly count?: number; readonly ms?: number } = {}): void => {
      log.info({ event: 'model-call', kind, reference, outcome, ...more });
    };
    const reserved = mostTokens(request);
    // Asked for last: who may try has to tell how it went.
    if (!budget.reserve(reserved)) {
      note('spent');
      return undefined;
    }
    if (!breaker.mayTry()) {
      budget.settle(reserved, 0);
      note('resting');
      return undefined;
    }
    const startedAt = clock.monotonic();
    const came = await withinLimit(clock, signal, (limit) => client.ask(request, limit));
    const ms = Math.round(clock.monotonic() - startedAt);
    const answer = typeof came === 'string' ? undefined : came;
    const tokens = answer?.tokens ?? reserved;
    budget.settle(reserved, tokens);
    const value = answer?.words === undefined ? undefined : read(parsed(answer.words));
    if (value === undefined) breaker.failed();
    else breaker.succeeded();
    const verdict = typeof came === 'string' ? came : value === undefined ? 'dropped' : 'taken';
    note(verdict, answer === undefined ? { ms } : { count: tokens, ms });
    return value;
  };
}

function mostTokens({ instruction, material, schema }: ModelRequest): number {
  const characters = instruction.length + JSON.stringify(material).length + JSON.stringify(schema).length;
  return Math.ceil(characters / charactersPerToken) + mostAnswerTokens;
}

/** The answer, or why there is none. Whoever does not listen to the signal is not waited for. */
function withinLimit(
  clock: Clock,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<ModelAnswer>,
): Promise<ModelAnswer | 'late' | 'failed'> {
  const controller = new AbortController();
  return new Promise((resolve) => {
    const giveUp = (): void => {
      controller.abort();
      resolve('late');
    };
    const cancel = clock.after(longest, giveUp);
    outer?.addEventListener('abort', giveUp, { once: true });
    if (outer?.aborted === true) giveUp();
    ask(controller.signal)
      .then(resolve, () => resolve('failed'))
      .finally(() => {
        cancel();
        outer?.removeEventListener('abort', giveUp);
      });
  });
}

function parsed(words: string): unknown {
  try {
    return JSON.parse(words);
  } catch {
    // What is no JSON is dropped like any other answer the schema does not allow.
    return undefined;
  }
}
