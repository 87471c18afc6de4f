import type { ModelTier } from '../recogniser/openai-tier.ts';
import type { Foundation } from './foundation.ts';
import type { Knowledge } from './knowledge.ts';

/** What one process may spend in a day, so that a fault or an attack costs little. */
const budget = { calls: 2_000, tokens: 4_000_000 } as const;

/** The optional second opinion; undefined unless a service and a model are set. Loaded only then. */
export async function openModelTier(
  { settings, clock, random, log }: Foundation,
  { placeNames }: Knowledge,
): Promise<ModelTier | undefined> {
  const { OPENAI_API_KEY: apiKey, OPENAI_MODEL: model, OPENAI_BASE_URL: baseUrl, isProduction } = settings;
  if (apiKey === undefined || model === undefined) return undefined;
  const { createModelTier } = await import('../recogniser/openai-tier.ts');
  const service = { apiKey, model, isProduction, ...(baseUrl === undefined ? {} : { baseUrl }) };
  return createModelTier({ service, clock, random, log, budget, places: placeNames });
}
