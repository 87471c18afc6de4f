/** Ways in which a message comes out otherwise than meant, always the same for the same text. */
export const disguises: Readonly<Record<string, (text: string) => string>> = {
  'without accents': (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
  capitals: (text) => text.toUpperCase(),
  'letters that look Latin': (text) => text.replace(/[aeocpxi]/gu, (letter) => lookAlikes[letter] ?? letter),
  'zero-width characters': (text) => Array.from(text).join('\u200b'),
  'stretched letters': (text) =>
    someWords(text, (word) => word.replace(/[aeiou]/u, (vowel) => vowel.repeat(4))),
  'split letters': (text) => someWords(text, (word) => Array.from(word).join(' ')),
  'digits for letters': (text) =>
    someWords(text, (word) => word.replace(/[aeio]/gu, (vowel) => digits[vowel] ?? vowel)),
  'typing errors': withTypingErrors,
  texting: (text) =>
    text
      .toLowerCase()
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/\bque\b/gu, 'q')
      .replace(/\bme\b/gu, 'm')
      .replace(/\bde\b/gu, 'd')
      .replace(/\bpara\b/gu, 'pa')
      .replace(/qu/gu, 'k')
      .replace(/c(?=[aou])/gu, 'k')
      .replace(/z/gu, 's')
      .replace(/\bh/gu, '')
      .replace(/[.,;:¿?¡!]/gu, ''),
};

const lookAlikes: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  c: 'с',
  p: 'р',
  x: 'х',
  i: 'і',
};
const digits: Readonly<Record<string, string>> = { a: '4', e: '3', i: '1', o: '0' };

/** Every third word of four letters or more. */
function someWords(text: string, change: (word: string) => string): string {
  let count = 0;
  return text
    .split(' ')
    .map((word) => {
      if (word.length < 4) return word;
      count += 1;
      return count % 3 === 0 ? change(word) : word;
    })
    .join(' ');
}

/** In every seventh word a letter is left out, doubled or hit beside. */
function withTypingErrors(text: string): string {
  let count = 0;
  return text
    .split(' ')
    .map((word) => {
      count += 1;
      if (count % 7 !== 3 || word.length < 3) return word;
      const at = 1 + ((word.length * 7 + count) % (word.length - 1));
      const instead = ['', `${word.charAt(at)}${word.charAt(at)}`, 'k'][count % 3] ?? '';
      return `${word.slice(0, at)}${instead}${word.slice(at + 1)}`;
    })
    .join(' ');
}
