import { z } from 'zod';
import { readLanguages, readWords } from '../i18n/locale-files.ts';

const pageSchema = z.object({
  chat: z.looseObject({
    title: z.string(),
    name: z.string(),
    exit: z.string(),
    heading: z.string(),
    what: z.string(),
    person: z.string(),
    exitHint: z.string(),
    phones: z.string(),
    contact: z.string(),
    noScript: z.string(),
    noScriptNoPhone: z.string(),
  }),
  simulator: z.looseObject({
    title: z.string(),
    heading: z.string(),
    what: z.string(),
    noScript: z.string(),
  }),
});

/** A language's name for itself, its direction, and the words of the pages; those the server itself writes are named. */
export interface PageLanguage extends z.infer<typeof pageSchema> {
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

/** The words of the pages in every language, the main one first. Throws when a file is wrong. */
export function readPageLanguages(localesFolder: string): readonly PageLanguage[] {
  return Object.entries(readLanguages(localesFolder)).map(([tag, { name, direction }]) => {
    const page = pageSchema.parse(readWords(localesFolder, tag)['page']);
    return { ...page, tag, name, direction };
  });
}
