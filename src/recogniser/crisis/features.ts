import type { Token } from '../fold.ts';
import { createIdeaReader } from './ideas.ts';
import ideas from './ideas.json' with { type: 'json' };

/** Called with the place of a word, the slot of something seen there, and how much it counts. */
export type FeatureVisitor = (token: number, slot: number, value: number) => void;

/** Slots of the table of weights. */
export const slotCount = 1 << 17;

const ofWord = 1;
const ofIdea = 1;
const ofPair = 0.7;
const ofLetters = 0.5;
const letters = 4;
const shortestSpelt = 4;
/** Words between two ideas that belong together. */
const reach = 4;
const [youngest, oldest] = [4, 17];
const onlyDigits = /^\d+$/u;
const ideaCount = Object.keys(ideas).length;
const { imul, max } = Math;

/** What kind of thing a slot stands for, so that a word and an idea of the same number differ. */
const kind = { word: 1, words: 2, idea: 3, wordIdea: 4, ideaWord: 5, ideas: 6, letters: 7 } as const;

/**
 * Walks through what a message is made of: its words, neighbouring words, pieces of words (for misspelt ones), ideas,
 * and ideas near each other. Every thing belongs to the word it ends at, so that a part of a message can be weighed.
 */
export function createFeatureReader(): (tokens: readonly Token[], visit: FeatureVisitor) => void {
  const ideasOf = createIdeaReader(ideas);
  return (tokens, visit) => {
    const found = ideasOf(tokens);
    let before = 0;
    let ideasBefore: readonly number[] = [];
    tokens.forEach((token, at) => {
      const age = ageIn(token.text);
      const word = age === undefined ? hashOf(token.sound, 0, token.sound.length) : age;
      visit(at, slotOf(kind.word, word, 0), ofWord);
      visit(at, slotOf(kind.words, before, word), ofPair);
      const here = age === isChild ? [...(found[at] ?? []), ideaCount] : (found[at] ?? []);
      for (const idea of here) {
        visit(at, slotOf(kind.idea, idea, 0), ofIdea);
        visit(at, slotOf(kind.wordIdea, before, idea), ofPair);
        visitNear(found, at, idea, visit);
      }
      for (const idea of ideasBefore) visit(at, slotOf(kind.ideaWord, idea, word), ofPair);
      visitLetters(token.sound, at, visit);
      before = word;
      ideasBefore = here;
    });
  };
}

const isChild = 1;
const isNumber = 2;

/** A number may be the age of a child; which number it is says nothing more. */
function ageIn(text: string): number | undefined {
  if (!onlyDigits.test(text)) return undefined;
  const age = Number(text);
  return youngest <= age && age <= oldest ? isChild : isNumber;
}

function visitNear(
  found: readonly (readonly number[])[],
  at: number,
  idea: number,
  visit: FeatureVisitor,
): void {
  for (let place = max(at - reach, 0); place < at; place += 1) {
    for (const other of found[place] ?? []) {
      if (other !== idea) visit(at, slotOf(kind.ideas, other, idea), ofPair);
    }
  }
}

function visitLetters(sound: string, at: number, visit: FeatureVisitor): void {
  if (sound.length < shortestSpelt) return;
  const marked = `<${sound}>`;
  for (let from = 0; from + letters <= marked.length; from += 1)
    visit(at, slotOf(kind.letters, hashOf(marked, from, from + letters), 0), ofLetters);
}

function hashOf(text: string, from: number, to: number): number {
  let hash = 0x811c9dc5;
  for (let index = from; index < to; index += 1) hash = imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash;
}

function slotOf(what: number, first: number, second: number): number {
  let mixed = imul(first ^ imul(what, 0x9e3779b1), 0x85ebca6b);
  mixed = imul(mixed ^ (mixed >>> 15) ^ imul(second, 0xc2b2ae35), 0x27d4eb2f);
  mixed ^= mixed >>> 16;
  return (mixed >>> 0) % slotCount;
}
