import type { OpenAI } from 'openai';
import { z } from 'zod';
import { createEgress, type EgressOptions } from './egress.ts';

/** A service that speaks the OpenAI protocol. `baseUrl` is OpenAI's own unless told. */
export interface ModelService extends Omit<EgressOptions, 'baseUrl'> {
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly model: string;
}

/** One question: what to do, on what, and the only form an answer may have. */
export interface ModelRequest {
  readonly instruction: string;
  /** Data, as one JSON object; never part of the instruction. */
  readonly material: Readonly<Record<string, unknown>>;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** What came: the words of a finished answer, if any, and what it cost when the service said so. */
export interface ModelAnswer {
  readonly words?: string;
  readonly tokens?: number;
}

/** Asks a model. Throws when there is no answer. */
export interface ModelClient {
  ask(request: ModelRequest, signal: AbortSignal): Promise<ModelAnswer>;
  close(): Promise<void>;
}

/** Tokens an answer may have (safety.md F8). */
export const mostAnswerTokens = 800;
const openAi = 'https://api.openai.com/v1';
const longestCall = 6_000;

const completion = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), tool_calls: z.array(z.unknown()).nullish() }),
      }),
    )
    .min(1),
  usage: z.object({ total_tokens: z.number().nonnegative() }).nullish(),
});

/** The client for a service. The package is loaded with the first question: it is large, and most installations need none. */
export function createModelClient(service: ModelService): ModelClient {
  const { apiKey, model, baseUrl: baseURL = openAi } = service;
  const egress = createEgress({ ...service, baseUrl: baseURL });
  const limit = limitOf(baseURL);
  let loading: Promise<OpenAI> | undefined;
  const load = async () => {
    const openai = await import('openai');
    // Everything is named, so that the package takes nothing from the environment.
    return new openai.OpenAI({
      apiKey,
      baseURL,
      adminAPIKey: null,
      organization: null,
      project: null,
      webhookSecret: null,
      logLevel: 'off',
      maxRetries: 0,
      timeout: longestCall,
      fetch: egress.fetch,
    });
  };
  return {
    ask: async ({ instruction, material, schema }, signal) => {
      loading ??= load();
      const client = await loading;
      const answer: unknown = await client.chat.completions.create(
        {
          model,
          messages: [
            { role: 'system', content: instruction },
            { role: 'user', content: JSON.stringify(material) },
          ],
          response_format: { type: 'json_schema', json_schema: { name: 'choice', strict: true, schema } },
          ...limit,
        },
        { signal },
      );
      return readAnswer(answer);
    },
    close: () => egress.close(),
  };
}

/** OpenAI's newer models refuse the old name of the limit; many compatible services know only that. */
function limitOf(baseUrl: string): { max_completion_tokens: number } | { max_tokens: number } {
  return new URL(baseUrl).host === new URL(openAi).host
    ? { max_completion_tokens: mostAnswerTokens }
    : { max_tokens: mostAnswerTokens };
}

function readAnswer(answer: unknown): ModelAnswer {
  const read = completion.safeParse(answer);
  if (!read.success) return {};
  const [choice] = read.data.choices;
  const tokens = read.data.usage?.total_tokens;
  const isWhole =
    choice?.finish_reason === undefined || choice.finish_reason === null || choice.finish_reason === 'stop';
  const isPlain = (choice?.message.tool_calls ?? []).length === 0;
  const words = isWhole && isPlain ? choice?.message.content : undefined;
  return {
    ...(words === undefined || words === null ? {} : { words }),
    ...(tokens === undefined ? {} : { tokens }),
  };
}

/** A form as the service wants it: without what strict services refuse. */
export function schemaOf(form: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(form);
  return schema;
}
