import type { Token } from './fold.ts';
import { createVocabulary, type Heard } from './vocabulary.ts';

/**
 * A way of saying something, as it stands in `words/*.json`: `quiero|busco .. curso*`. `|` parts words that fit the same
 * place, `*` stands for any ending, `?` for a word that may be missing, `..` for up to two other words, `...` for up to
 * eight, `_` joins a phrase among such words (`$` is one, too), `<name>` stands for a group of words, `#` for a number, `^` and `$` for the ends of the message.
 */
interface Pattern<Meaning> {
  readonly meaning: Meaning;
  readonly parts: readonly Part[];
  readonly atStart: boolean;
  /** Words that may still follow; undefined when the message may go on. */
  readonly left: number | undefined;
}

interface Part {
  readonly symbols: ReadonlySet<number>;
  readonly isOptional: boolean;
  /** Other words that may stand before it. */
  readonly gap: number;
}

/** Where a pattern fits: from the first to after the last word. */
export interface Fit<Meaning> {
  readonly meaning: Meaning;
  readonly from: number;
  readonly to: number;
}

/** Finds every pattern that fits, each once. */
export type Matcher<Meaning> = (tokens: readonly Token[]) => readonly Fit<Meaning>[];

/** What a list of patterns is read with. */
export interface MatcherOptions {
  readonly groups?: Groups;
  readonly heard: Heard;
  /** Ordinary words that are never taken for a misspelt one. */
  readonly common?: ReadonlySet<string>;
  /** Letters a word must have before one wrong letter is forgiven. */
  readonly shortestMisspelt: number;
}

/** Groups of words by name, for `<name>`. */
export type Groups = Readonly<Record<string, string>>;

const gaps: Readonly<Record<string, number>> = { '..': 2, '...': 8 };
/** Tries of one pattern in one message: repeating a word a thousand times costs nothing. */
const mostTries = 24;

/** Prepares patterns once. A pattern that names no group or has no word is a fault of its file. */
export function createMatcher<Meaning>(
  sources: readonly { readonly meaning: Meaning; readonly pattern: string }[],
  { groups = {}, heard, common = new Set(), shortestMisspelt }: MatcherOptions,
): Matcher<Meaning> {
  const vocabulary = createVocabulary(heard, common, shortestMisspelt);
  const patterns = sources.flatMap(({ meaning, pattern }) =>
    withoutPhrases(pattern).map((plain) => compile(meaning, plain, groups, vocabulary.add)),
  );
  const anchored = new Map<number, { readonly index: number; readonly part: number }[]>();
  const usage = new Map<number, number>();
  for (const { parts } of patterns)
    for (const { symbols } of parts)
      for (const symbol of symbols) usage.set(symbol, (usage.get(symbol) ?? 0) + 1);
  patterns.forEach(({ parts }, index) => {
    const part = rarestPart(parts, usage);
    for (const symbol of parts[part]?.symbols ?? [])
      anchored.set(symbol, [...(anchored.get(symbol) ?? []), { index, part }]);
  });
  return (tokens) => {
    const read = vocabulary.reader();
    const symbols = tokens.map(read);
    const tries = new Map<number, number>();
    const fits: Fit<Meaning>[] = [];
    const done = new Set<number>();
    tokens.forEach((_token, at) => {
      for (const symbol of symbols[at] ?? []) {
        for (const { index, part } of anchored.get(symbol) ?? []) {
          const pattern = patterns[index];
          const tried = tries.get(index) ?? 0;
          if (pattern === undefined || done.has(index) || tried >= mostTries) continue;
          tries.set(index, tried + 1);
          const span = spanAround(pattern, part, at, symbols);
          if (span === undefined) continue;
          done.add(index);
          fits.push({ meaning: pattern.meaning, ...span });
        }
      }
    });
    return fits;
  };
}

function rarestPart(parts: readonly Part[], usage: ReadonlyMap<number, number>): number {
  let best = 0;
  let least = Infinity;
  parts.forEach(({ symbols, isOptional }, index) => {
    if (isOptional) return;
    const uses = [...symbols].reduce((sum, symbol) => sum + (usage.get(symbol) ?? 0), 0);
    if (uses < least) [best, least] = [index, uses];
  });
  return best;
}

type Symbols = readonly (readonly number[])[];

function spanAround<Meaning>(
  { parts, atStart, left }: Pattern<Meaning>,
  part: number,
  at: number,
  symbols: Symbols,
): { readonly from: number; readonly to: number } | undefined {
  const from = backward(parts, part - 1, at - 1, parts[part]?.gap ?? 0, symbols);
  if (from === undefined || (atStart && from !== 0)) return undefined;
  const to = forward(parts, part + 1, at + 1, symbols);
  if (to === undefined || (left !== undefined && symbols.length - to > left)) return undefined;
  return { from, to };
}

/** First word of the parts up to `part`, when they end at `at` or so many words before. */
function backward(
  parts: readonly Part[],
  part: number,
  at: number,
  gap: number,
  symbols: Symbols,
): number | undefined {
  const wanted = parts[part];
  if (wanted === undefined) return at + 1;
  for (let place = at; place >= Math.max(at - gap, 0); place -= 1) {
    if (!fits(wanted, symbols[place])) continue;
    const from = backward(parts, part - 1, place - 1, wanted.gap, symbols);
    if (from !== undefined) return from;
  }
  return wanted.isOptional ? backward(parts, part - 1, at, Math.max(gap, wanted.gap), symbols) : undefined;
}

/** After the last word of the parts from `part` on, when they begin at `at` or so many words after. */
function forward(parts: readonly Part[], part: number, at: number, symbols: Symbols): number | undefined {
  const wanted = parts[part];
  if (wanted === undefined) return at;
  for (let place = at; place <= Math.min(at + wanted.gap, symbols.length - 1); place += 1) {
    if (!fits(wanted, symbols[place])) continue;
    const to = forward(parts, part + 1, place + 1, symbols);
    if (to !== undefined) return to;
  }
  return wanted.isOptional ? forward(parts, part + 1, at, symbols) : undefined;
}

function fits(part: Part, symbols: readonly number[] | undefined): boolean {
  return symbols?.some((symbol) => part.symbols.has(symbol)) === true;
}

/** `con todo|mi_vida` holds a phrase among its words: one pattern with the words, and one with the phrase. */
function withoutPhrases(source: string): readonly string[] {
  return source.split(' ').reduce<readonly string[]>(
    (begun, piece) => {
      const [phrases, single] = partition(piece.split('|'), (word) => word.includes('_') || word === '$');
      const pieces = [
        ...(single.length === 0 ? [] : [single.join('|')]),
        ...phrases.map((phrase) => phrase.replaceAll('_', ' ')),
      ];
      return begun.flatMap((start) => pieces.map((next) => (start === '' ? next : `${start} ${next}`)));
    },
    [''],
  );
}

function partition(words: readonly string[], test: (word: string) => boolean): readonly [string[], string[]] {
  return [words.filter(test), words.filter((word) => !test(word))];
}

function compile<Meaning>(
  meaning: Meaning,
  source: string,
  groups: Groups,
  symbolOf: (word: string) => number,
): Pattern<Meaning> {
  const parts: Part[] = [];
  let gap = 0;
  let atStart = false;
  let left: number | undefined;
  for (const piece of source.split(' ')) {
    if (piece === '^') atStart = true;
    else if (piece === '$') left = gap;
    else if (piece in gaps) gap = gaps[piece] ?? 0;
    else {
      const isOptional = piece.endsWith('?');
      const words = (isOptional ? piece.slice(0, -1) : piece)
        .split('|')
        .flatMap((word) => expand(word, groups, source));
      parts.push({ symbols: new Set(words.map(symbolOf)), isOptional, gap });
      gap = 0;
    }
  }
  if (!parts.some(({ isOptional }) => !isOptional))
    throw new TypeError(`a pattern without a word: ${source}`);
  return { meaning, parts, atStart, left };
}

function expand(word: string, groups: Groups, source: string): readonly string[] {
  const name = /^<(.+)>$/u.exec(word)?.[1];
  if (name === undefined) return [word];
  const group = groups[name];
  if (group === undefined) throw new TypeError(`no group ${name} for the pattern: ${source}`);
  return group.split('|');
}
