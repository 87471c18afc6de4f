import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { languageTag } from '../../src/core/ids.ts';
import { createTranslator } from '../../src/i18n/index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'puente-locales-'));
const es = languageTag('es');
const en = languageTag('en');
const facts = { name: 'x', direction: 'ltr', reviewed: false };

write('languages.json', { es: facts, en: facts });
write('es/common.json', {
  hello: 'Buenos días, {{name}}.',
  twice: '{{ name }} y {{other}}, {{name}}.',
  help: '¿Qué necesita?',
  help_vos: '¿Qué necesitás?',
  deep: { er: { key: 'Hondo.' } },
  secret: 'No se muestra.',
});
write('en/common.json', { hello: 'Good morning, {{name}}.' });
const translator = createTranslator(folder);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(file: string, content: object): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), JSON.stringify(content));
}

const say = (key: string, params: Readonly<Record<string, string | number>> = {}, form = 'usted'): string =>
  translator.render({ key, params }, es, form);

describe('putting a key into words', () => {
  test('takes the language asked for', () => {
    expect(translator.languages).toEqual(['es', 'en']);
    expect(translator.render({ key: 'common:hello', params: { name: 'Ana' } }, en, 'usted')).toBe(
      'Good morning, Ana.',
    );
  });

  test('fills every placeholder, numbers too', () => {
    expect(say('common:twice', { name: 'Ana', other: 3 })).toBe('Ana y 3, Ana.');
    expect(say('common:deep.er.key')).toBe('Hondo.');
  });

  test('takes the form of address where there is one, else usted', () => {
    expect(say('common:help', {}, 'vos')).toBe('¿Qué necesitás?');
    expect(say('common:help', {}, 'tu')).toBe('¿Qué necesita?');
    expect(say('common:help', {}, 'usted')).toBe('¿Qué necesita?');
    expect(say('common:deep.er.key', {}, 'vos')).toBe('Hondo.');
  });

  test.each([
    ['a key nobody wrote', 'common:nothing'],
    ['a branch of keys', 'common:deep.er'],
    ['a file nobody wrote', 'other:hello'],
    ['a key without a file', 'hello'],
    ['a property every object has', 'common:constructor'],
    ['a property every object has, as file', 'toString:hello'],
    ['nothing', ''],
  ])('throws for %s', (_what, key) => {
    expect(() => say(key)).toThrow(`no words for ${key} in es`);
    expect(translator.has(key, es)).toBe(false);
  });

  test('never falls back to another language', () => {
    expect(translator.has('common:help', es)).toBe(true);
    expect(translator.has('common:help', en)).toBe(false);
    expect(() => translator.render({ key: 'common:help' }, en, 'usted')).toThrow(
      'no words for common:help in en',
    );
    expect(() => translator.render({ key: 'common:help' }, languageTag('fr'), 'usted')).toThrow(TypeError);
  });

  test('throws when the value of a placeholder is missing', () => {
    expect(() => say('common:hello')).toThrow('common:hello needs a value for name');
  });
});

describe('what a person wrote stands there as they wrote it', () => {
  test.each([
    '{{name}}',
    '{{other}}',
    '{{{name}}} ${x} %s {0} #{y}',
    '$t(common:secret)',
    '$t(secret)',
    '$t(common:secret, {"name": "x"})',
    '{{name, uppercase}}',
    '<script>alert(1)</script> &amp; "quotes"',
    'common:secret',
    '$& $1 $` $$',
    '__proto__',
  ])('%s', (written) => {
    expect(say('common:hello', { name: written })).toBe(`Buenos días, ${written}.`);
    expect(say('common:twice', { name: written, other: '{{name}}' })).toBe(
      `${written} y {{name}}, ${written}.`,
    );
  });

  test('a value named like a property of every object is no value', () => {
    write('es/odd.json', { odd: 'Esto: {{constructor}}.' });
    const odd = createTranslator(folder);
    expect(() => odd.render({ key: 'odd:odd', params: {} }, es, 'usted')).toThrow(
      'odd:odd needs a value for constructor',
    );
  });
});

describe('a folder that is wrong is refused at start', () => {
  test.each([
    ['a number among the words', { hello: 3 }],
    ['a list among the words', { hello: ['a'] }],
  ])('%s', (_what, words) => {
    const wrong = mkdtempSync(path.join(tmpdir(), 'puente-locales-'));
    mkdirSync(path.join(wrong, 'es'));
    writeFileSync(path.join(wrong, 'languages.json'), JSON.stringify({ es: facts }));
    writeFileSync(path.join(wrong, 'es', 'common.json'), JSON.stringify(words));
    expect(() => createTranslator(wrong)).toThrow();
    rmSync(wrong, { recursive: true });
  });

  test('a language without a folder', () => {
    const wrong = mkdtempSync(path.join(tmpdir(), 'puente-locales-'));
    writeFileSync(path.join(wrong, 'languages.json'), JSON.stringify({ qu: facts }));
    expect(() => createTranslator(wrong)).toThrow(/ENOENT/u);
    rmSync(wrong, { recursive: true });
  });
});
