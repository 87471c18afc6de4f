import lookAlikes from '../words/look-alikes.json' with { type: 'json' };

/** A text without accents, disguises and hidden characters, that remembers where each of its letters stood. */
export interface Plain {
  /** Capitals as they were. */
  readonly text: string;
  readonly tokens: readonly Token[];
  /** The part of the text as it was written. */
  readonly source: (from: number, to: number) => { readonly from: number; readonly to: number };
}

/** A word, a group of digits, or a sign. */
export interface Token {
  readonly kind: 'word' | 'digits' | 'sign';
  /** Lower case. */
  readonly text: string;
  readonly isCapital: boolean;
  /** Whether nothing stands between it and the one before. */
  readonly isGlued: boolean;
  readonly from: number;
  readonly to: number;
}

const looksLike: Readonly<Record<string, string>> = lookAlikes;
const hidden = /^[\p{M}\p{Cf}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f]$/u;
const styledDigits: Readonly<Record<string, string>> = { '🔟': '10' };
/** First digit of runs that compatibility folding leaves alone: ❶ ➀ ➊. */
const circledOnes = [0x2776, 0x2780, 0x278a];
const longestSign = 6;
const pieces = /\p{L}+|\d+|\S/gu;

/** Makes accents, full-width and styled letters, digits of other scripts, emoji digits and letters that only look Latin plain. */
export function plainOf(text: string): Plain {
  let plain = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    for (const letter of plainLetters(character)) {
      for (let unit = 0; unit < letter.length; unit += 1) {
        starts.push(at);
        ends.push(end);
      }
      plain += letter;
    }
    at = end;
  }
  const source: Plain['source'] = (from, to) => ({
    from: starts[from] ?? text.length,
    to: ends[to - 1] ?? text.length,
  });
  return { text: plain, tokens: tokensOf(plain), source };
}

function plainLetters(character: string): string {
  if (character >= ' ' && character <= '~') return character;
  const styled = styledDigits[character] ?? circled(character);
  if (styled !== undefined) return styled;
  let letters = '';
  const parts = character.normalize('NFKD');
  // A whole sentence in one sign holds no name.
  if (parts.length > longestSign) return ' ';
  for (const letter of parts) {
    if (!hidden.test(letter)) letters += digitOf(letter) ?? latin(letter);
  }
  return letters;
}

function circled(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const one = circledOnes.find((first) => code >= first && code < first + 10);
  return one === undefined ? undefined : String(code - one + 1);
}

/** Digits of every script stand in tens, zero first. */
function digitOf(letter: string): string | undefined {
  if (!/^\p{Nd}$/u.test(letter)) return undefined;
  const code = letter.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

function latin(letter: string): string {
  const similar = looksLike[letter.toLowerCase()] ?? letter;
  return letter === letter.toLowerCase() ? similar : similar.toUpperCase();
}

function tokensOf(plain: string): readonly Token[] {
  const tokens: Token[] = [];
  let last = -1;
  for (const found of plain.matchAll(pieces)) {
    const [text] = found;
    const from = found.index;
    const to = from + text.length;
    const kind = /^\d/u.test(text) ? 'digits' : /^\p{L}/u.test(text) ? 'word' : 'sign';
    const isCapital = kind === 'word' && text.charAt(0) !== text.charAt(0).toLowerCase();
    tokens.push({ kind, text: text.toLowerCase(), isCapital, isGlued: from === last, from, to });
    last = to;
  }
  return tokens;
}
