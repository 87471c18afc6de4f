import type page from '../../../locales/es/page.json';
import { byId } from './dom.ts';
import { parseJson } from './json.ts';

/** The words of all pages in one language. */
export type PageWords = typeof page;

/** What the server adds to the words of a language: its name for itself, and where its lines begin. */
export interface LanguageFacts {
  readonly languageName: string;
  readonly direction: 'ltr' | 'rtl';
}

/** What the server puts on the page for the script. */
export interface PageFacts<Words> {
  readonly language: string;
  readonly languages: Readonly<Record<string, Words>>;
  readonly organisation: string;
  readonly contact: string;
  readonly exitUrl: string;
}

/** Reads what the server put on the page. */
export function readFacts<Words>(): PageFacts<Words> {
  // Written by our own server for this very script, from the same word files.
  return parseJson(byId('facts').textContent) as PageFacts<Words>;
}

/** Fills the places of a sentence. */
export function fill(words: string, values: Readonly<Record<string, string | number>>): string {
  return words.replaceAll(/\{\{(\w+)\}\}/gu, (place, name: string) => String(values[name] ?? place));
}
