/** Looked up once: in the tests' realm every look-up of a global is slow. */
const { imul, floor } = Math;

/** Draws numbers from 0 to 1, the same ones for the same seed on every machine (mulberry32). */
export function createDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Puts items in an order that the draw decides. */
export function shuffle(items: Uint32Array, draw: () => number): void {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = floor(draw() * (last + 1));
    const item = items[last]!;
    items[last] = items[other]!;
    items[other] = item;
  }
}

/** A way of writing a message worse. */
export type Noise = (text: string, draw: () => number) => string;

/** Without accents and opening signs. */
export const withoutAccents: Noise = (text) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/gu, '')
    .replace(/[¿¡]/gu, '');

/** In capitals. */
export const inCapitals: Noise = (text) => text.toUpperCase();

/** As a voice transcript: lower case, no signs. */
export const transcribed: Noise = (text) =>
  text
    .toLowerCase()
    .replace(/[.,;:!?¿¡"()…]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

const neighbours: Readonly<Record<string, string>> = {
  q: 'wa',
  w: 'qes',
  e: 'wrd',
  r: 'etf',
  t: 'ryg',
  y: 'tuh',
  u: 'yij',
  i: 'uok',
  o: 'ipl',
  p: 'ol',
  a: 'qsz',
  s: 'adwx',
  d: 'sfec',
  f: 'dgrv',
  g: 'fhtb',
  h: 'gjyn',
  j: 'hkum',
  k: 'jlim',
  l: 'kop',
  z: 'asx',
  x: 'zsdc',
  c: 'xdfv',
  v: 'cfgb',
  b: 'vghn',
  n: 'bhjm',
  m: 'njk',
};

/** A slip of the thumb in that share of the letters: a neighbour key, a lost, swapped or doubled letter. */
export function slips(share: number): Noise {
  return (text, draw) => {
    let written = '';
    for (let index = 0; index < text.length; index += 1) {
      const letter = text.charAt(index);
      if (!/[a-záéíóúñ]/iu.test(letter) || draw() >= share) {
        written += letter;
        continue;
      }
      const kind = draw();
      const keys = neighbours[letter.toLowerCase()] ?? letter;
      if (kind < 0.35) written += keys.charAt(floor(draw() * keys.length));
      else if (kind >= 0.8) written += letter + letter;
      else if (kind >= 0.6) {
        written += text.charAt(index + 1) + letter;
        index += 1;
      }
    }
    return written;
  };
}

/** One slip in that share of the words. */
export function wordSlips(share: number): Noise {
  return (text, draw) =>
    text
      .split(' ')
      .map((word) => {
        if (word.length < 3 || draw() >= share) return word;
        const at = floor(draw() * word.length);
        return word.slice(0, at) + slips(1)(word.slice(at, at + 1), draw) + word.slice(at + 1);
      })
      .join(' ');
}

const shortWords: Readonly<Record<string, readonly string[]>> = {
  que: ['q', 'k', 'ke'],
  porque: ['xq', 'pq', 'xk'],
  por: ['x'],
  para: ['pa', 'xa'],
  tambien: ['tb', 'tmb'],
  de: ['d'],
  favor: ['fa'],
  te: ['t'],
  me: ['m'],
  con: ['cn'],
  como: ['cmo'],
  donde: ['dnd', 'dond'],
  cuando: ['cndo'],
  bien: ['bn'],
  todo: ['td'],
  hay: ['ay'],
  you: ['u'],
  are: ['r'],
  to: ['2'],
  for: ['4'],
  your: ['ur'],
  please: ['pls', 'plz'],
  because: ['cuz', 'bc'],
  the: ['da', 'th'],
  and: ['n'],
  pas: ['pa'],
  vous: ['vs'],
  pour: ['pr'],
  je: ['j'],
  nao: ['n'],
  voce: ['vc'],
  quero: ['kero'],
  pou: ['pu'],
  mwen: ['m', 'mw'],
};

/** As in texting: k for qu and c, no h, s for z, short forms, some vowels left out, no signs. */
export const texting: Noise = (text, draw) =>
  withoutAccents(text, draw)
    .toLowerCase()
    .replace(/[.,;:!?]/gu, '')
    .split(' ')
    .map((word) => textedWord(word, draw))
    .join(' ');

function textedWord(word: string, draw: () => number): string {
  const short = shortWords[word];
  if (short !== undefined && draw() < 0.8) return short[floor(draw() * short.length)] ?? word;
  let texted = word;
  if (draw() < 0.5) texted = texted.replace(/qu(?=[ei])/gu, 'k').replace(/c(?=[aou])/gu, 'k');
  if (draw() < 0.3) texted = texted.replace(/(?<![cst])h(?!u)/gu, '');
  if (draw() < 0.3) texted = texted.replace(/z/gu, 's').replace(/c(?=[ei])/gu, 's');
  if (draw() < 0.2) texted = texted.replace(/ll/gu, 'y');
  if (draw() < 0.15) texted = texted.replace(/v/gu, 'b');
  return draw() < 0.15 ? withoutVowels(texted, 0.5, draw) : texted;
}

/** Most vowels inside words left out. */
export const vowelless: Noise = (text, draw) =>
  withoutAccents(text, draw)
    .toLowerCase()
    .replace(/[.,;:!?]/gu, '')
    .split(' ')
    .map((word) => (draw() < 0.7 ? withoutVowels(word, 0.8, draw) : word))
    .join(' ');

function withoutVowels(word: string, share: number, draw: () => number): string {
  if (word.length < 3) return word;
  const middle = word.slice(1, -1).replace(/[aeiou]/gu, (vowel) => (draw() < share ? '' : vowel));
  return word.slice(0, 1) + middle + word.slice(-1);
}
