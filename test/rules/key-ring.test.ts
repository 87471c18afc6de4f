import { afterAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { keepSecrets } from '../../src/config/made-secrets.ts';
import { SetupFaults } from '../../src/core/errors.ts';
import { createKeyRing, keyRingFaults } from '../../src/people/key-ring.ts';
import { one, two } from '../support/vaults.ts';

const form =
  'expected "name:key" pairs, comma-separated, newest first, each key 32 random bytes in base64url (43 characters)';

describe('ENCRYPTION_KEYS', () => {
  test.each([
    ['one key', `k1:${one}`],
    ['two keys and one for looking up, with blanks', ` k2:${two} , k1:${one} , index:${one}`],
    ['a key and one for looking up', `k2:${two},index:${one}`],
    ['the other alphabet of base64, with its filling', `k1:${one.replace('Z', '+')}=`],
  ])('may be %s', (_what, text) => {
    expect(keyRingFaults(text)).toEqual([]);
    expect(createKeyRing(text).masters.length).toBeGreaterThan(0);
  });

  test.each([
    ['nothing', '  ', [form]],
    ['a key without a name', one, [`entry 1: ${form}`]],
    ['a name in capitals', `K1:${one}`, [`entry 1: ${form}`]],
    ['a third part', `k1:${one}:x`, [`the key "k1": ${form}`]],
    ['a short key', 'k1:c2hvcnQ', ['the key "k1" is not 32 bytes in base64url (43 characters)']],
    ['a longer key', `k1:${one}abcd`, ['the key "k1" is not 32 bytes in base64url (43 characters)']],
    ['a name twice', `k1:${two},k1:${one},index:${one}`, ['the name "k1" stands twice']],
    ['a key twice', `k2:${one},k1:${one},index:${one}`, ['the key "k1" is the same as another one']],
    [
      'two keys without one for looking up',
      `k2:${two},k1:${one}`,
      ['with several keys, one more called "index" is needed: a copy of the one that was alone before'],
    ],
    ['only the key for looking up', `index:${one}`, ['a key besides "index" is needed to seal with']],
    ['the same letter', `k1:${'A'.repeat(43)}`, ['the key "k1" looks like a sample: make one at random']],
    [
      'a word again and again',
      `k1:${'changeme'.repeat(6).slice(0, 43)}`,
      ['the key "k1" looks like a sample: make one at random'],
    ],
    [
      'the alphabet',
      'k1:abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ',
      ['the key "k1" looks like a sample: make one at random'],
    ],
    [
      'a sentence',
      `k1:${Buffer.from('Our service has a very long word').toString('base64url')}`,
      ['the key "k1" looks like a sample: make one at random'],
    ],
    [
      'several things wrong at once',
      'k2:c2hvcnQ,k1:AAAA',
      [
        'the key "k2" is not 32 bytes in base64url (43 characters)',
        'the key "k1" is not 32 bytes in base64url (43 characters)',
      ],
    ],
  ])('may not be %s', (_what, text, faults) => {
    expect(keyRingFaults(text)).toEqual(faults);
    expect(() => createKeyRing(text)).toThrow(SetupFaults);
  });

  test('is never shown by its faults', () => {
    const texts = [`K1:${one}`, `k1:${one}:${two}`, `k1:${one},k1:${two}`, `k1:${one}x`];
    const shown = texts.flatMap(keyRingFaults).join(' ');
    expect(shown).not.toContain(one.slice(0, 8));
    expect(shown).not.toContain(two.slice(0, 8));
  });
});

describe('a development start', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'puente-keys-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('makes a sound key once and keeps it where only its owner can read it', () => {
    const first = keepSecrets(folder, ['ENCRYPTION_KEYS']);
    expect(keyRingFaults(first.ENCRYPTION_KEYS ?? '')).toEqual([]);
    expect(keepSecrets(folder, ['ENCRYPTION_KEYS'])).toEqual(first);
    expect(statSync(path.join(folder, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(path.join(folder, 'secrets.json'), 'utf8')).toContain(first.ENCRYPTION_KEYS);
  });
});
