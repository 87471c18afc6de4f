import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..', '..', '..');
const phraseFolders = ['en', 'es', 'fr', 'ht', 'pt', 'language'].map(
  (name) => `src/recogniser/phrases/${name}`,
);
const code = [
  'src/recogniser/fold.ts',
  'src/recogniser/spelling.ts',
  'src/recogniser/words/look-alikes.json',
  'src/recogniser/words/short-forms.json',
  ...[
    'features.ts',
    'hashing.ts',
    'ideas.json',
    'ideas.ts',
    'language-features.ts',
    'linear-view.ts',
    'stem.ts',
  ].map((name) => `src/recogniser/model/${name}`),
  ...['corpus.ts', 'fit.ts', 'noise.ts', 'phrases.ts', 'train-intents.ts', 'train-languages.ts'].map(
    (name) => `test/recogniser/training/${name}`,
  ),
];

/** Digest of the phrases and of the code that training depends on: two equal ones give the same models. */
export function inputsDigest(): string {
  const digest = createHash('sha256');
  const files = [...phraseFolders.flatMap(filesIn), ...code];
  for (const file of files) {
    const text = readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n');
    digest.update(`${file}\n${String(text.length)}\n${text}`);
  }
  return digest.digest('hex');
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => `${folder}/${name}`);
