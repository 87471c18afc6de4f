import { soundOf, unmask, type Token } from '../fold.ts';
import { commonWords } from '../short-forms.ts';
import { createSpelling } from '../spelling.ts';

/** The ideas at each word of a message, by number: "me pegó" has the idea of a blow at its second word. */
export type IdeaReader = (tokens: readonly Token[]) => readonly (readonly number[])[];

interface Phrase {
  readonly sounds: readonly string[];
  readonly idea: number;
}

const shortestBeginning = 3;
/** One wrong letter is forgiven from this length on. */
const shortestMisspelt = 5;
/** Misspelt words looked for in one message. */
const mostMisspelt = 120;
/** Words whose ideas are remembered between messages. */
const mostRemembered = 5_000;
const none: readonly number[] = [];

/** Prepares a list of ideas: their words in any language, `*` for any ending, `_` between the words of a phrase. */
export function createIdeaReader(list: Readonly<Record<string, string>>): IdeaReader {
  const { whole, begun, phrases } = sortedWords(list);
  const guess = createSpelling(whole.keys(), shortestMisspelt);
  const known = new Map<string, readonly number[]>();
  const ideasOf = (sound: string): readonly number[] => {
    const found = new Set(whole.get(sound));
    for (let length = shortestBeginning; length <= sound.length; length += 1)
      for (const idea of begun.get(sound.slice(0, length)) ?? none) found.add(idea);
    return found.size === 0 ? none : [...found];
  };
  return (tokens) => {
    let guesses = 0;
    const ofWord = ({ text, sound }: Token): readonly number[] => {
      const remembered = known.get(text);
      if (remembered !== undefined) return remembered;
      const exact = ideasOf(sound);
      const isMisspelt = exact.length === 0 && sound.length >= shortestMisspelt && !commonWords.has(text);
      if (isMisspelt && guesses >= mostMisspelt) return exact;
      if (isMisspelt) guesses += 1;
      const found = isMisspelt ? [...new Set(guess(sound).flatMap((word) => whole.get(word) ?? []))] : exact;
      if (known.size >= mostRemembered) known.clear();
      known.set(text, found);
      return found;
    };
    return tokens.map((token, at) => {
      const fitting = phrases.get(token.sound)?.filter(({ sounds }) => fitsAt(sounds, tokens, at)) ?? [];
      const ideas = ofWord(token);
      return fitting.length === 0 ? ideas : [...new Set([...ideas, ...fitting.map(({ idea }) => idea)])];
    });
  };
}

interface SortedWords {
  readonly whole: ReadonlyMap<string, readonly number[]>;
  readonly begun: ReadonlyMap<string, readonly number[]>;
  readonly phrases: ReadonlyMap<string, readonly Phrase[]>;
}

function sortedWords(list: Readonly<Record<string, string>>): SortedWords {
  const whole = new Map<string, number[]>();
  const begun = new Map<string, number[]>();
  const phrases = new Map<string, Phrase[]>();
  Object.values(list).forEach((words, idea) => {
    for (const word of words.split(' ')) {
      const sounds = word.split('_').map(soundOfWord);
      const [first = ''] = sounds;
      if (sounds.length > 1) addTo(phrases, first, { sounds, idea });
      else addTo(word.endsWith('*') ? begun : whole, first, idea);
    }
  });
  return { whole, begun, phrases };
}

function fitsAt(sounds: readonly string[], tokens: readonly Token[], at: number): boolean {
  return sounds.every((sound, index) => tokens[at + index]?.sound === sound);
}

function soundOfWord(word: string): string {
  return soundOf(unmask(word).replace(/[^a-z0-9]/gu, ''));
}

function addTo<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}
