import { z } from 'zod';
import { isFounded, type Snippet } from './draft-filter.ts';
import type { ModelCalls } from './model-calls.ts';
import { schemaOf } from './model-client.ts';
import { restored, type Redact } from './redaction.ts';

/** What a draft is made from: a person's question, and pieces of the directory to answer it with. */
export interface DraftRequest {
  readonly question: string;
  readonly language: string;
  readonly snippets: readonly Snippet[];
}

/** Words for a caseworker to correct, and the snippets they rest on. */
export interface Draft {
  readonly text: string;
  readonly cites: readonly string[];
}

/** Writes a draft; undefined when none could be made that rests on the snippets alone. The caller has checked consent. */
export type WriteDraft = (request: DraftRequest, signal?: AbortSignal) => Promise<Draft | undefined>;

const longestDraft = 1_200;
const mostSnippets = 8;
const longestSnippet = 1_000;

/** Drafts for caseworkers: the model's only prose, filtered (safety.md F6). */
export function createDraftWriter(calls: ModelCalls, redact: Redact, instruction: string): WriteDraft {
  return async ({ question, language, snippets }, signal) => {
    const given = snippets
      .slice(0, mostSnippets)
      .map(({ id, text }) => ({ id, text: text.slice(0, longestSnippet) }));
    const [first, ...others] = given.map(({ id }) => id);
    if (first === undefined) return undefined;
    const form = z.strictObject({
      draft: z.string(),
      cites: z.array(z.enum([first, ...others])),
    });
    const redacted = redact(question);
    const draft = await calls(
      'draft',
      {
        instruction,
        material: { language, question: redacted.text, snippets: given },
        schema: schemaOf(form),
      },
      (answer) => form.safeParse(answer).data,
      signal,
    );
    if (draft === undefined || draft.draft.trim() === '' || draft.draft.length > longestDraft)
      return undefined;
    const cited = given.filter(({ id }) => draft.cites.includes(id));
    if (!isFounded(draft.draft, cited, [...redacted.originals.keys()])) return undefined;
    return { text: restored(draft.draft, redacted), cites: cited.map(({ id }) => id) };
  };
}
