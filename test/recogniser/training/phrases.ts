import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** One message that somebody may write, and what it asks for. */
export interface Phrase {
  readonly language: string;
  /** An intent; empty for the files that only show a language. */
  readonly intent: string;
  readonly writer: string;
  /** Kept apart from training when the model is judged. */
  readonly isEvaluation: boolean;
  readonly text: string;
}

const folder = path.join(import.meta.dirname, '..', '..', '..', 'src', 'recogniser', 'phrases');

/** Languages with a file for each intent. */
export const phraseLanguages = ['en', 'es', 'fr', 'ht', 'pt'] as const;

/** Every phrase of every language, in an order that no file system changes. */
export function readPhrases(): readonly Phrase[] {
  return phraseLanguages.flatMap((language) =>
    textFiles(language).flatMap((file) => phrasesIn(file, language, path.basename(file, '.txt'))),
  );
}

/** Messages in languages that are only recognised as such. */
export function readLanguageSamples(): readonly Phrase[] {
  return textFiles('language').flatMap((file) => phrasesIn(file, path.basename(file, '.txt'), ''));
}

function textFiles(name: string): readonly string[] {
  return readdirSync(path.join(folder, name))
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .map((file) => path.join(folder, name, file));
}

function phrasesIn(file: string, language: string, intent: string): readonly Phrase[] {
  let writer = '';
  return readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .flatMap((text) => {
      if (text.startsWith('## ')) writer = text.slice(3);
      if (text === '' || text.startsWith('## ')) return [];
      return [{ language, intent, writer, isEvaluation: writer.endsWith('(evaluation)'), text }];
    });
}
