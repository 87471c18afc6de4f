import type { LogFields } from '../../src/core/ports.ts';
import { createModelTier, type ModelTier, type ModelTierOptions } from '../../src/recogniser/openai-tier.ts';
import type { StandInModel } from './stand-in-model.ts';
import { createStillClock } from './still-clock.ts';

export const apiKey = 'sk-stand-in-0123456789';
/** Of somebody who waits for ever. */
export const never = new AbortController().signal;

/** A tier on a stand-in, with a clock that stands and a log that is kept. */
export interface OpenTier {
  readonly tier: ModelTier;
  readonly clock: ReturnType<typeof createStillClock>;
  readonly lines: readonly LogFields[];
  readonly verdicts: () => readonly (string | undefined)[];
}

/** Opens one. */
export function openTier(model: StandInModel, change: Partial<ModelTierOptions> = {}): OpenTier {
  const clock = createStillClock();
  const lines: LogFields[] = [];
  const note = (fields: LogFields): void => {
    lines.push(fields);
  };
  let count = 0;
  const tier = createModelTier({
    service: { apiKey, baseUrl: model.baseUrl, model: 'stand-in', isProduction: false },
    clock,
    random: { id: () => `call-${(count += 1)}`, fraction: () => 0.5 },
    log: { debug: note, info: note, warn: note, error: note },
    budget: { calls: 1_000, tokens: 10_000_000 },
    ...change,
  });
  return { tier, clock, lines, verdicts: () => lines.map(({ outcome }) => outcome) };
}
