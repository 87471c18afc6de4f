import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dialogs } from '../../dialogs/index.ts';
import type { DialogDefinition } from '../../src/core/dialog.ts';
import { languageTag } from '../../src/core/ids.ts';
import { createTranslator } from '../../src/i18n/index.ts';
import { readLanguages, readWords, type WordTree } from '../../src/i18n/locale-files.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, 'locales');
const tags = Object.keys(readLanguages(folder));
const translator = createTranslator(folder);

/** Every text of a language by its whole key. */
function textsOf(tag: string): ReadonlyMap<string, string> {
  const entries = Object.entries(readWords(folder, tag)).flatMap(([file, tree]) =>
    leavesOf(tree, '').map(([key, text]) => [`${file}:${key}`, text] as const),
  );
  return new Map(entries);
}

function leavesOf(tree: WordTree, before: string): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([name, inside]) =>
    typeof inside === 'string'
      ? [[`${before}${name}`, inside] as const]
      : leavesOf(inside, `${before}${name}.`),
  );
}

const texts = new Map(tags.map((tag) => [tag, textsOf(tag)] as const));
const spanish = texts.get('es') ?? new Map<string, string>();
/** Another form of address is a variant of a key, and not every language has them. */
const withoutForm = (key: string): string => key.replace(/_(?:vos|tu)$/u, '');
const keysOf = (tag: string): readonly string[] => [
  ...new Set([...(texts.get(tag)?.keys() ?? [])].map(withoutForm)),
];
const placeholdersOf = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/gu)].map(([, name]) => name ?? ''))].sort();

test('every folder of words is a language of languages.json, and the other way round', () => {
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual([...tags].sort());
  expect(tags).toEqual(['es', 'en']);
});

describe.each(tags)('the words in %s', (tag) => {
  const own = [...(texts.get(tag) ?? [])];

  test('have the keys of Spanish', () => {
    expect([...keysOf(tag)].sort()).toEqual([...keysOf('es')].sort());
    expect(own.length).toBeGreaterThan(100);
  });

  test('have the placeholders of Spanish', () => {
    const different = own.filter(
      ([key, text]) =>
        placeholdersOf(text).join() !== placeholdersOf(spanish.get(withoutForm(key)) ?? '').join(),
    );
    expect(different).toEqual([]);
  });

  test('are never empty and have no blanks around them', () => {
    expect(own.filter(([, text]) => text.trim() === '' || text !== text.trim())).toEqual([]);
  });

  test('never shout', () => {
    expect(own.filter(([, text]) => /[!¡]/u.test(text))).toEqual([]);
  });

  test('have no half placeholder and nothing that refers to another text', () => {
    const odd = own.filter(([, text]) => /[{}]|\$t\(/u.test(text.replace(/\{\{\w+\}\}/gu, '')));
    expect(odd).toEqual([]);
  });
});

const keys = keysOf('es');
const files = new Set(keys.map((key) => key.split(':')[0]));

describe('what is said has words in every language', () => {
  test.each(tags)('the fixed words and choices of every step, in %s', (tag) => {
    const used = dialogs.flatMap(keysOfSteps);
    expect(used.length).toBeGreaterThan(30);
    expect(used.filter((key) => !translator.has(key, languageTag(tag)))).toEqual([]);
  });

  test('every key in a rule or in core, or what it begins', () => {
    const used = found(/['"`]([a-z-]+:[\w.]+)['"`]/gu);
    expect(used.length).toBeGreaterThan(50);
    const isKnown = (key: string): boolean =>
      keys.some(
        (known) => known === key || (known.startsWith(key) && /^[A-Z]/u.test(known.slice(key.length))),
      );
    expect(used.filter((key) => !isKnown(key))).toEqual([]);
  });

  test('every beginning of a key that a rule completes', () => {
    const used = found(/`([a-z-]+:[\w.]*)\$\{/gu);
    expect(used.length).toBeGreaterThan(3);
    expect(used.filter((beginning) => !keys.some((key) => key.startsWith(beginning)))).toEqual([]);
  });
});

/** What a pattern finds in dialogs and core, when it starts with the name of a file of words. */
function found(pattern: RegExp): readonly string[] {
  const hits = sources().flatMap((source) => [...source.matchAll(pattern)].map(([, hit]) => hit ?? ''));
  return [...new Set(hits)].filter((hit) => files.has(hit.split(':')[0] ?? ''));
}

function keysOfSteps({ id, steps }: DialogDefinition): readonly string[] {
  return Object.values(steps).flatMap((step) => {
    if (step.kind !== 'ask' && step.kind !== 'say' && step.kind !== 'choose') return [];
    const choices = step.kind === 'say' || typeof step.choices === 'function' ? [] : (step.choices ?? []);
    return [
      ...(step.key === undefined ? [] : [`${id}:${step.key}`]),
      ...choices.map((value) =>
        value.includes(':') ? `common:choice.${value.replace(':', '_')}` : `${id}:choice.${value}`,
      ),
    ];
  });
}

function sources(): readonly string[] {
  return ['dialogs', 'src/core'].flatMap((inside) =>
    readdirSync(path.join(root, inside), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(path.join(root, inside, name), 'utf8')),
  );
}
