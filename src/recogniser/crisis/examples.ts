import { readdirSync, readFileSync } from 'node:fs';
import type { CrisisClass } from '../../core/recognition.ts';
import { readingsOf } from './readings.ts';
import { dangers } from './signs.ts';
import type { Example } from './training.ts';

/** A line of `phrases/crisis/*.tsv`. */
export interface CrisisLine {
  readonly class: CrisisClass;
  /** Said outright, to be read between the lines, or no danger at all however it sounds. */
  readonly kind: 'explicit' | 'indirect' | 'negative';
  readonly language: string;
  readonly text: string;
}

/** A message of `phrases/<language>/<intent>.txt`. */
export interface Phrase {
  readonly language: string;
  readonly intent: string;
  /** Its writer is kept for evaluation. */
  readonly isKept: boolean;
  readonly text: string;
}

/** Of the development set every fifth line is kept for evaluation. */
const keptOf = 5;
const dangerIntent = 'crisis_safety';

/** What an example counts. Hard negatives are few and matter most; ordinary messages are many, and count less the more there are. */
const weights = { danger: 1, hardNegative: 4, ordinary: 1.3 } as const;
/** Every example is learnt twice more with typing errors, at half its weight. */
const weightOfMisspelt = 1;

const letter = /\p{L}/u;
const alphabet = 'abcdefghijklmnopqrstuvwxyz';
/** Of a hundred letters so many go wrong, in one copy and in another. */
const wrongOfHundred = [8, 16] as const;

/** Reads a set of crisis messages. A line of another shape is a fault of the file. */
export function readCrisisLines(file: URL): readonly CrisisLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [name, kind, language, text] = line.split('\t');
      const found = name === 'none' ? name : dangers.find((danger) => danger === name);
      if (found === undefined || language === undefined || text === undefined || !isKind(kind))
        throw new TypeError(`not a crisis line: ${line}`);
      return { class: found, kind, language, text };
    });
}

function isKind(kind: string | undefined): kind is CrisisLine['kind'] {
  return kind === 'explicit' || kind === 'indirect' || kind === 'negative';
}

/** Reads the phrases of all intents. */
export function readPhrases(folder: URL): readonly Phrase[] {
  return folders(folder).flatMap((language) =>
    readdirSync(new URL(`${language}/`, folder))
      .filter((name) => name.endsWith('.txt'))
      .toSorted()
      .flatMap((name) =>
        phrasesIn(readFileSync(new URL(`${language}/${name}`, folder), 'utf8'), {
          language,
          intent: name.slice(0, -'.txt'.length),
        }),
      ),
  );
}

function folders(folder: URL): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name.length === 2)
    .map(({ name }) => name)
    .toSorted();
}

function phrasesIn(
  text: string,
  { language, intent }: { readonly language: string; readonly intent: string },
): readonly Phrase[] {
  let isKept = false;
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('## ')) isKept = line.endsWith('(evaluation)');
    return line.trim() === '' || line.startsWith('## ') ? [] : [{ language, intent, isKept, text: line }];
  });
}

/** All that the model learns from: the training set, four fifths of the development set, and what people ask for. */
export function examplesFrom(folder: URL): readonly Example[] {
  const developed = readCrisisLines(new URL('crisis/dev.tsv', folder));
  const lines = [
    ...readCrisisLines(new URL('crisis/train.tsv', folder)),
    ...developed.filter((_line, index) => !isKeptLine(index)),
  ];
  const phrases = readPhrases(folder).filter(({ isKept }) => !isKept);
  const ordinary = phrases.filter(({ intent }) => intent !== dangerIntent);
  const sources: readonly Source[] = [...lines.map(sourceOfLine), ...phrases.map(sourceOfPhrase)];
  const misspell = createMisspeller();
  return [
    ...sources.flatMap((source) => [
      exampleOf(source),
      ...wrongOfHundred.map((wrong) =>
        exampleOf({
          ...source,
          text: misspell(source.text, wrong),
          weight: source.weight * weightOfMisspelt,
        }),
      ),
    ]),
    ...inOneBreath(ordinary).map((text) => exampleOf({ text, speaksOf: 'none', weight: weights.ordinary })),
  ];
}

interface Source {
  readonly text: string;
  readonly speaksOf: Example['speaksOf'];
  readonly weight: number;
}

function sourceOfLine({ text, class: speaksOf }: CrisisLine): Source {
  return { text, speaksOf, weight: speaksOf === 'none' ? weights.hardNegative : weights.danger };
}

function sourceOfPhrase({ text, intent }: Phrase): Source {
  return intent === dangerIntent
    ? { text, speaksOf: 'unknown', weight: weights.danger }
    : { text, speaksOf: 'none', weight: weights.ordinary };
}

function exampleOf({ text, speaksOf, weight }: Source): Example {
  return { tokens: readingsOf(text)[0], speaksOf, weight };
}

/** Each ordinary message with another of its language: two of them together are no danger either. */
function inOneBreath(phrases: readonly Phrase[]): readonly string[] {
  const far = 571;
  return [...Map.groupBy(phrases, ({ language }) => language).values()].flatMap((group) =>
    group.map(({ text }, index) => `${text}. ${group[(index + far) % group.length]?.text ?? ''}`),
  );
}

/** Whether a line of the development set is kept for evaluation. */
export function isKeptLine(index: number): boolean {
  return index % keptOf === keptOf - 1;
}

/** Typing errors, the same ones every time. */
function createMisspeller(): (text: string, wrong: number) => string {
  let seed = 11;
  const below = (limit: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >>> 8) % limit;
  };
  return (text, wrong) =>
    Array.from(text, (sign) => {
      if (!letter.test(sign) || below(100) >= wrong) return sign;
      const error = below(4);
      if (error === 0) return '';
      return error === 1 ? sign + sign : (alphabet[below(alphabet.length)] ?? '');
    }).join('');
}
