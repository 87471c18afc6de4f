import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const languagesSchema = z.record(
  z.string().regex(/^[a-z]{2,3}$/u),
  z.strictObject({
    /** The language's name for itself. */
    name: z.string().min(1),
    direction: z.enum(['ltr', 'rtl']),
    /** Whether a speaker from the people served has read every text. */
    reviewed: z.boolean(),
    note: z.string().optional(),
  }),
);

/** What `languages.json` says about a language. */
export type LanguageFacts = z.infer<typeof languagesSchema>[string];

/** Texts by key; a key with dots leads through several. */
export interface WordTree {
  readonly [key: string]: string | WordTree;
}

const wordTree: z.ZodType<WordTree> = z.lazy(() => z.record(z.string(), z.union([z.string(), wordTree])));

/** The languages there are words for, by tag, the main one first. Throws when the file is wrong. */
export function readLanguages(folder: string): Readonly<Record<string, LanguageFacts>> {
  return languagesSchema.parse(readJson(path.join(folder, 'languages.json')));
}

/** Every word of one language, by file name. Throws when a file is wrong. */
export function readWords(folder: string, tag: string): Readonly<Record<string, WordTree>> {
  const inside = path.join(folder, tag);
  const files = readdirSync(inside).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [path.basename(name, '.json'), wordTree.parse(readJson(path.join(inside, name)))]),
  );
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
