import lookAlikes from './words/look-alikes.json' with { type: 'json' };

/** One word of a message: as folded, and as it sounds in Spanish, so that "kiero" and "quiero" are the same. */
export interface Token {
  readonly text: string;
  readonly sound: string;
  /** Number of the clause: full stops, commas and line ends begin another. */
  readonly clause: number;
}

/** Longer texts are looked at from both ends. */
const headLength = 7_000;
const tailLength = 3_000;
const longestWord = 24;

const hidden =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\u{e0000}-\u{e0fff}]/gu;
const marks = /\p{M}+/gu;
const loneSurrogates = /\p{Cs}/gu;
const looksLike: Readonly<Record<string, string>> = lookAlikes;
const foreignLetters = /[^\p{ASCII}]/gu;
const apostrophes = /(?<=[a-z])['’`´ʼ](?=[a-z])/gu;
/** "m a t a r", "m.a.t.a.r": four single letters or more. */
const splitLetters = /(?<![a-z0-9])[a-z](?:[ .\-_*]{1,2}[a-z](?![a-z0-9])){3,}/gu;
const separatorsInside = /[^a-z]+/gu;
const starsInside = /(?<=[a-z])\*+(?=[a-z])/gu;
const barsInside = /(?<=[a-z])[!|](?=[a-z])/gu;
const digitsInside = /(?<![a-z0-9@$])(?=[a-z0-9@$]*[a-z][0134578@$]+[a-z])[a-z0-9@$]+/gu;
const digitLetters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
};
const stretched = /([a-z])\1{2,}/gu;
const words = /[a-z0-9]+|[.,;:!?\n()¿¡]/gu;

/** The beginning and the end of a long text. */
function bothEnds(text: string): string {
  return text.length > headLength + tailLength
    ? `${text.slice(0, headLength)} ${text.slice(1 - tailLength)}`
    : text;
}

/** Lower case Latin letters without accents; letters that only look Latin, styled letters, hidden characters and "m4t4r" undone. */
export function unmask(text: string): string {
  return bothEnds(bothEnds(text).replace(loneSurrogates, '').replace(hidden, '').normalize('NFKD'))
    .replace(marks, '')
    .toLowerCase()
    .replace(foreignLetters, (letter) => looksLike[letter] ?? letter)
    .replace(apostrophes, '')
    .replace(starsInside, '')
    .replace(barsInside, 'i')
    .replace(digitsInside, (word) => word.replace(/[0134578@$]/gu, (digit) => digitLetters[digit] ?? digit))
    .replace(splitLetters, joined)
    .replace(stretched, '$1');
}

/** "a m a t a r" is "a matar", but "a b u s o" is one word: both are kept. */
function joined(letters: string): string {
  const word = letters.replace(separatorsInside, '');
  return /^[aeoy]/u.test(word) ? `${word.charAt(0)} ${word.slice(1)} ${word}` : word;
}

/** The words of a message, abbreviations of texting written out ("q" is "que"). */
export function tokensOf(text: string, shortForms: ReadonlyMap<string, readonly string[]>): readonly Token[] {
  const tokens: Token[] = [];
  const sounds = new Map<string, string>();
  let clause = 0;
  for (const [found] of unmask(text).matchAll(words)) {
    if (!/[a-z0-9]/u.test(found)) {
      clause += 1;
      continue;
    }
    const word = found.slice(0, longestWord);
    for (const whole of shortForms.get(word) ?? [word]) {
      const sound = sounds.get(whole) ?? soundOf(whole);
      sounds.set(whole, sound);
      tokens.push({ text: whole, sound, clause });
    }
  }
  return tokens;
}

const vowelE = new Set(['e', 'i', 'y']);

/** How a word sounds, in letters: k for c and qu, s for z and soft c, b for v, no h, i for y and ll, no doubled letters. */
export function soundOf(word: string): string {
  let sound = '';
  for (let index = 0; index < word.length; index += 1) {
    const letter = word[index] ?? '';
    const next = word[index + 1] ?? '';
    const heard = letterSound(letter, next, word[index + 2] ?? '');
    if (skipsNext(letter, next, word[index + 2] ?? '')) index += 1;
    if (heard !== '' && (heard >= '0' && heard <= '9' ? true : !sound.endsWith(heard))) sound += heard;
  }
  return sound;
}

function letterSound(letter: string, next: string, afterNext: string): string {
  switch (letter) {
    case 'h':
      return '';
    case 'c':
      if (next === 'h') return 'ch';
      return vowelE.has(next) ? 's' : 'k';
    case 'q':
      return 'k';
    case 'z':
      return 's';
    case 'v':
      return 'b';
    case 'y':
      return 'i';
    case 'l':
      return next === 'l' ? 'i' : 'l';
    case 'g':
      if (next === 'u' && vowelE.has(afterNext)) return 'g';
      return vowelE.has(next) ? 'j' : 'g';
    case 'n':
      return next === 'p' || next === 'b' || next === 'v' ? 'm' : 'n';
    case 'p':
      return next === 'h' ? 'f' : 'p';
    default:
      return letter;
  }
}

/** Letters that are heard together with the one before. */
function skipsNext(letter: string, next: string, afterNext: string): boolean {
  if (letter === 'q' || letter === 'g') return next === 'u' && vowelE.has(afterNext);
  if (letter === 'l') return next === 'l';
  return (letter === 'c' || letter === 'p') && next === 'h';
}
