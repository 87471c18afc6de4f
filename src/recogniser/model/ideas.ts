import { soundOf, unmask } from '../fold.ts';
import { createSpelling } from '../spelling.ts';
import lists from './ideas.json' with { type: 'json' };
import { skeletonOf } from './stem.ts';

/** A word of a message that carries an idea ("chamba": job). */
export interface Idea {
  readonly at: number;
  readonly id: number;
}

/** A word of the phrases, and how many messages had it. */
export type WordCount = readonly [sound: string, count: number];

interface Pattern {
  readonly id: number;
  readonly words: readonly { readonly sound: string; readonly isStart: boolean }[];
}

const shortestStart = 2;
const shortestFuzzy = 4;
const shortestMisspelt = 5;
const shortestSkeleton = 3;
/** A word that so many messages have is itself, never another one misspelt. */
const commonFrom = 5;

const whole = new Map<string, Pattern[]>();
const starts = new Map<string, Pattern[]>();
for (const [id, words] of Object.values(lists).entries()) {
  for (const text of words.split(' ')) {
    const pattern = { id, words: text.split('_').map(patternWord) };
    const [first] = pattern.words;
    if (first !== undefined && first.sound !== '')
      append(first.isStart ? starts : whole, first.sound, pattern);
  }
}

/** Finds ideas among the sounds of a message; `known` are the words of the phrases, for thumbs that slip. */
export function createIdeaFinder(
  known: readonly WordCount[],
): (sounds: readonly string[]) => readonly Idea[] {
  const guess = createGuess(known);
  return (sounds) =>
    sounds.flatMap((sound, at) => {
      const exact = patternsAt(sound)
        .filter((pattern) => fits(pattern, sounds, at))
        .map(({ id }) => id);
      return [...new Set(exact.length > 0 ? exact : guess(sound))].map((id) => ({ at, id }));
    });
}

function patternWord(text: string): Pattern['words'][number] {
  const isStart = text.endsWith('*');
  return { sound: soundOf(unmask(text.replace('*', '')).replace(/[^a-z0-9]/gu, '')), isStart };
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function patternsAt(sound: string): readonly Pattern[] {
  const found = [...(whole.get(sound) ?? [])];
  for (let length = sound.length; length >= shortestStart; length -= 1)
    found.push(...(starts.get(sound.slice(0, length)) ?? []));
  return found;
}

function fits({ words }: Pattern, sounds: readonly string[], at: number): boolean {
  return words.every(({ sound, isStart }, index) => {
    const heard = sounds[at + index];
    return heard !== undefined && (isStart ? heard.startsWith(sound) : heard === sound);
  });
}

/** The ideas of a word that nobody knows: of the known words one slip away, else of those with the same consonants. */
function createGuess(known: readonly WordCount[]): (sound: string) => readonly number[] {
  const common = new Set(known.filter(([, count]) => count >= commonFrom).map(([sound]) => sound));
  const ideasOfWord = new Map<string, readonly number[]>();
  for (const sound of [...known.map(([word]) => word), ...whole.keys()]) {
    const ids = patternsAt(sound).flatMap(({ id, words }) => (words.length === 1 ? [id] : []));
    if (sound.length >= shortestFuzzy && ids.length > 0) ideasOfWord.set(sound, ids);
  }
  const bySkeleton = sharedIdeas(ideasOfWord);
  const near = createSpelling(ideasOfWord.keys(), shortestMisspelt);
  return (sound) => {
    if (sound.length < shortestSkeleton || common.has(sound)) return [];
    const slips = near(sound).flatMap((word) => ideasOfWord.get(word) ?? []);
    return slips.length > 0 ? slips : (bySkeleton.get(skeletonOf(sound)) ?? []);
  };
}

/** For each skeleton the ideas that all its words share. */
function sharedIdeas(ideasOfWord: ReadonlyMap<string, readonly number[]>): Map<string, readonly number[]> {
  const shared = new Map<string, readonly number[]>();
  for (const [sound, ids] of ideasOfWord) {
    const skeleton = skeletonOf(sound);
    if (skeleton.length < shortestSkeleton) continue;
    shared.set(skeleton, shared.get(skeleton)?.filter((id) => ids.includes(id)) ?? ids);
  }
  return shared;
}
