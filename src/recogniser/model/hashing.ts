/** Looked up once: in the tests' realm every look-up of a global is slow. */
const { imul } = Math;

const offset = 2_166_136_261;
const prime = 16_777_619;

/** Begins a hash for one kind of thing, so that equal words of two kinds differ. */
export const startHash = (kind: number): number => imul(offset ^ kind, prime);

/** Adds one number (a letter, another hash) to a hash. */
export const addToHash = (hash: number, part: number): number => imul(hash ^ part, prime);

/** Adds the letters of a word to a hash. */
export function addWord(hash: number, word: string): number {
  let sum = hash;
  for (let index = 0; index < word.length; index += 1) sum = addToHash(sum, word.charCodeAt(index));
  return sum;
}

/** Closes a hash: 32 well mixed bits, never 0. */
export function endHash(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = imul(mixed, 0xc2b2ae35);
  mixed ^= mixed >>> 16;
  return mixed >>> 0 || 1;
}
