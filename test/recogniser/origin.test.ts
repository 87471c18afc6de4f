import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { loadDirectory } from '../../src/directory/load.ts';
import { createRecogniser } from '../../src/recogniser/recogniser.ts';

const recogniser = createRecogniser(loadDirectory(join(import.meta.dirname, '../../directory')));

test.each([
  ['soy de mixco pero ahorita estoy en escuintla', 'GT', 'Escuintla'],
  ['i am from Tegucigalpa but now in San Pedro Sula', 'HN', 'San Pedro Sula'],
  ["i'm from xela but living in escuintla", 'GT', 'Escuintla'],
  ['escuintla, soy de mixco', 'GT', 'Escuintla'],
  ['nací en mixco y vivo en xela', 'GT', 'Quetzaltenango'],
  ['soy hondureño pero ando en xela', 'HN', 'Quetzaltenango'],
  ['soy de mixco', 'GT', 'Mixco'],
  ['i am in xela', undefined, 'Quetzaltenango'],
  ['a course from xela', undefined, 'Quetzaltenango'],
  ['vengo de estados unidos, estoy en xela', undefined, 'Quetzaltenango'],
])('%s: from %s, a service in %s', (text, origin, city) => {
  const understanding = recogniser.recognise(text, {});
  expect([understanding.origin, understanding.slots['city']]).toEqual([origin, city]);
});
