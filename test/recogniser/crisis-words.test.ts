import { expect, test } from '@jest/globals';
import words from '../../dialogs/shared/control-words.json' with { type: 'json' };
import { createCrisisDetector } from '../../src/recogniser/crisis.ts';

const crisisOf = createCrisisDetector();
const tables: readonly Readonly<Record<string, { readonly whole: readonly string[] }>>[] =
  Object.values(words);
/** Said alone it may be meant for life itself: the detector is right to look closer. */
const meantForMore = new Set(['ya no quiero seguir']);
const controls = tables
  .flatMap((table) => Object.values(table).flatMap(({ whole }) => whole))
  .filter((word) => !meantForMore.has(word));
const answers = [
  'sí',
  'no',
  '1',
  '2',
  '3',
  'ok',
  'dale',
  'gracias',
  'la primera',
  'otra',
  'atrás',
  'ATRAS',
  'Atrás.',
  'yes',
  'back',
];

test.each([...controls, ...answers])('"%s" alone is a word to find one’s way by, and no danger', (word) => {
  expect(crisisOf(word)).toBe('none');
});
