import { unmask } from '../fold.ts';
import { blocks, type FeatureSink } from './features.ts';
import { addToHash, addWord, endHash, startHash } from './hashing.ts';

const readLength = 400;
const longestGram = 4;
const space = 32;
const kinds = { word: 21, pair: 22, letters: 23, marks: 24 };
const letterRuns = /[\p{L}\p{M}'’]+/gu;
const signs = /[^\p{ASCII}\s\p{Extended_Pictographic}]|['’]/gu;

/** Gives the features by which languages differ: words, runs of letters, accents and signs. */
export function collectLanguageFeatures(text: string, add: FeatureSink): void {
  const start = text.slice(0, readLength);
  const words = [...unmask(start).matchAll(/[a-z]+/gu)].map(([word]) => word);
  for (const [index, word] of words.entries()) {
    const hash = addWord(startHash(kinds.word), word);
    add(blocks.words, endHash(hash));
    const before = words[index - 1];
    if (before !== undefined)
      add(blocks.words, endHash(addWord(addWord(startHash(kinds.pair), before), ` ${word}`)));
    addLetters(word, kinds.letters, add);
  }
  const accented = start.toLowerCase().normalize('NFC');
  for (const [run] of accented.matchAll(letterRuns))
    if (/[^a-z]/u.test(run)) addLetters(run, kinds.marks, add);
  for (const [sign] of accented.matchAll(signs))
    add(blocks.ideas, endHash(addWord(startHash(kinds.marks), sign)));
}

function addLetters(word: string, kind: number, add: FeatureSink): void {
  const letterAt = (index: number) => (index < 0 || index >= word.length ? space : word.charCodeAt(index));
  for (let start = -1; start < word.length; start += 1) {
    let hash = startHash(kind);
    for (let length = 1; length <= longestGram && start + length <= word.length + 1; length += 1) {
      hash = addToHash(hash, letterAt(start + length - 1));
      add(blocks.letters, endHash(addToHash(hash, length)));
    }
  }
}
