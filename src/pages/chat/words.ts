import type { LanguageFacts, PageFacts, PageWords } from '../shared/words.ts';

/** The chat page's words in one language. */
export type ChatWords = PageWords['chat'] & LanguageFacts;

/** What the server tells this page. */
export type ChatFacts = PageFacts<ChatWords>;

/** Words and language as they are now: they can be switched while the page is open. */
export interface Speech {
  words(): ChatWords;
  language(): string;
}
