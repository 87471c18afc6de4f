import type { Token } from '../fold.ts';
import { addToHash, addWord, endHash, startHash } from './hashing.ts';
import type { Idea } from './ideas.ts';
import { stemOf } from './stem.ts';

/** Two ways to look at a message: as it is spelt, and as it sounds without its endings. */
export type ViewKind = 'spelt' | 'heard';

/** Kinds of features; each kind is brought to length one by itself. */
export const blocks = { words: 0, letters: 1, ideas: 2 } as const;
export const blockCount = 3;

/** Takes one feature of a message; the same one may come several times. */
export type FeatureSink = (block: number, hash: number) => void;

/** Of a longer message the first and the last words are read. */
const wordsFromEachEnd = 60;
const longestGram = 5;
const shortestGram = 2;
const ideaReach = 3;
const ideasPaired = 14;
const space = 32;

const kinds = {
  word: 1,
  pair: 2,
  skip: 3,
  first: 4,
  letters: 5,
  idea: 6,
  ideasInOrder: 7,
  ideas: 8,
  before: 9,
  after: 10,
};

/** The words that are read of a message. */
export function readTokens(tokens: readonly Token[]): readonly Token[] {
  return tokens.length <= 2 * wordsFromEachEnd
    ? tokens
    : [...tokens.slice(0, wordsFromEachEnd), ...tokens.slice(-wordsFromEachEnd)];
}

/** Gives every feature of a message in one view. */
export function collectFeatures(
  kind: ViewKind,
  tokens: readonly Token[],
  ideas: readonly Idea[],
  add: FeatureSink,
): void {
  const spellings = tokens.map(({ text, sound }) => (kind === 'spelt' ? text : sound));
  const wordHashes = spellings.map((word) =>
    addWord(startHash(kinds.word), kind === 'spelt' ? word : stemOf(word)),
  );
  addWords(wordHashes, add);
  for (const word of spellings) addLetters(word, add);
  addIdeas(tokens, ideas, add);
}

function addWords(words: readonly number[], add: FeatureSink): void {
  for (const [index, word] of words.entries()) {
    add(blocks.words, endHash(word));
    const before = words[index - 1];
    const skipped = words[index - 2];
    if (before === undefined) add(blocks.words, endHash(addToHash(startHash(kinds.first), word)));
    else add(blocks.words, endHash(addToHash(addToHash(startHash(kinds.pair), before), word)));
    if (skipped !== undefined)
      add(blocks.words, endHash(addToHash(addToHash(startHash(kinds.skip), skipped), word)));
  }
}

/** Every run of two to five letters of a word, its edges counted as spaces. */
function addLetters(word: string, add: FeatureSink): void {
  const letterAt = (index: number) => (index < 0 || index >= word.length ? space : word.charCodeAt(index));
  for (let start = -1; start < word.length; start += 1) {
    let hash = startHash(kinds.letters);
    for (let length = 1; length <= longestGram && start + length <= word.length + 1; length += 1) {
      hash = addToHash(hash, letterAt(start + length - 1));
      if (length >= shortestGram) add(blocks.letters, endHash(addToHash(hash, length)));
    }
  }
}

function addIdeas(tokens: readonly Token[], ideas: readonly Idea[], add: FeatureSink): void {
  for (const [index, { at, id }] of ideas.entries()) {
    const idea = (kind: number, other: number) =>
      add(blocks.ideas, endHash(addToHash(addToHash(startHash(kind), id), other)));
    idea(kinds.idea, 0);
    idea(kinds.before, addWord(0, tokens[at - 1]?.sound ?? ''));
    idea(kinds.after, addWord(0, tokens[at + 1]?.sound ?? ''));
    for (let next = index + 1; next < ideas.length; next += 1) {
      const later = ideas[next];
      if (later === undefined || later.at - at > ideaReach) break;
      if (later.at > at) idea(kinds.ideasInOrder, later.id);
    }
  }
  addPairs(
    [...new Set(ideas.map(({ id }) => id))].sort((left, right) => left - right),
    add,
  );
}

/** Ideas that come in the same message, wherever. */
function addPairs(ids: readonly number[], add: FeatureSink): void {
  const paired = ids.slice(0, ideasPaired);
  for (const [index, id] of paired.entries()) {
    for (const other of paired.slice(index + 1))
      add(blocks.ideas, endHash(addToHash(addToHash(startHash(kinds.ideas), id), other)));
  }
}
