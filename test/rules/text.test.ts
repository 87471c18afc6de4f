import { describe, expect, test } from '@jest/globals';
import { foldText, hashText } from '../../src/core/text.ts';

describe('folding a text', () => {
  test.each([
    ['accents and capitals', 'ÁRBOL Ñandú', 'arbol nandu'],
    ['composed and decomposed accents alike', 'cafe\u0301', 'cafe'],
    ['punctuation becomes one blank', '¿Y  mañana,\n\t quién?!', 'y manana quien'],
    ['an empty text', '', ''],
    ['emoji only', '🙏🏽🇬🇹👨‍👩‍👧', ''],
    ['zero-width letters inside a word', 'ma\u200bta\u200drme\ufeff', 'matarme'],
    ['a soft hyphen and direction marks', 'per\u00adsona\u202e', 'persona'],
    ['zalgo', 'p\u0335\u0321e\u0334\u0322r\u0337s\u0338ona', 'persona'],
    ['digits stay', 'Q5,000 por 12 meses', 'q5 000 por 12 meses'],
    ['other scripts stay', 'Привет 你好', 'привет 你好'],
    ['a lone surrogate is no letter', 'hola\ud83d', 'hola'],
    ['underscores and asterisks of WhatsApp formatting', '*PERSONA* _ya_', 'persona ya'],
  ])('%s', (_name, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  test('takes a text of 100,000 characters in no time', () => {
    const startedAt = performance.now();
    expect(foldText('á, '.repeat(33_334))).toHaveLength(66_667);
    expect(performance.now() - startedAt).toBeLessThan(200);
  });
});

describe('comparing texts by a number (the published values of FNV-1a)', () => {
  test.each([
    ['', 2166136261],
    ['a', 3826002220],
    ['foobar', 3214735720],
  ])('%j is always %d', (text, hash) => {
    expect(hashText(text)).toBe(hash);
  });
});
