import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { envExample } from '../../src/config/example.ts';
import { readAll, type SettingTexts } from '../../src/config/read.ts';
import { isWeakSecret } from '../../src/config/readers.ts';

const from = (environment: Record<string, string>, more: Partial<SettingTexts> = {}) =>
  readAll({ environment, file: {}, made: {}, ...more });

describe('settings', () => {
  test('count from the environment before .env, then made ones, then what is usual', () => {
    const { values, lines } = from(
      { PORT: '80' },
      { file: { PORT: '81', HOST: '0.0.0.0' }, made: { DIRECTLINE_SECRET: 'made' } },
    );
    expect(values).toMatchObject({ PORT: 80, HOST: '0.0.0.0', DIRECTLINE_SECRET: 'made', LOG_LEVEL: 'info' });
    const sources = new Map(lines.map(({ name, source }) => [name, source]));
    expect(
      ['PORT', 'HOST', 'DIRECTLINE_SECRET', 'LOG_LEVEL', 'REDIS_URL'].map((name) =>
        sources.get(name as 'PORT'),
      ),
    ).toEqual(['environment', '.env', 'made at random', 'default', 'not set']);
  });

  test('an empty text counts as not set', () => {
    expect(from({ DEFAULT_COUNTRY: '', PORT: '' })).toMatchObject({ faults: [], values: { PORT: 3978 } });
  });

  test.each([
    ['PORT', '70000', 'a whole number from 0 to 65535'],
    ['PORT', '-1', 'a whole number from 0 to 65535'],
    ['ORGANISATION_KIND', 'club', 'one of ngo, municipality, government, international, church'],
    ['PUBLIC_URL', 'http://chat.example.org', 'an https:// address'],
    ['PUBLIC_URL', 'chat.example.org', 'an https:// address'],
    [
      'WEBCHAT_ORIGINS',
      'https://example.org/chat',
      'web origins such as https://example.org, comma-separated, without a path',
    ],
    ['WHATSAPP_API_BASE_URL', 'http://graph.example.org', 'an https:// address, or http:// on this machine'],
    ['WHATSAPP_API_VERSION', '26', 'a version such as v26.0'],
    ['WHATSAPP_APP_SECRET', 'a,b,c', 'one secret, or two comma-separated while changing'],
    ['TRUST_PROXY', 'yes please', 'the number of proxies, or their addresses or networks, comma-separated'],
    ['DEFAULT_COUNTRY', 'GTM', 'a country of two letters, such as GT'],
    ['REDIS_DURABILITY', 'sometimes', 'one of always, wait, everysec'],
  ])('%s=%s is a fault that says what was expected', (name, text, expected) => {
    expect(from({ [name]: text }).faults).toEqual([`${name}: expected ${expected}`]);
  });

  test('secrets are never shown', () => {
    const { lines } = from({ DIRECTLINE_SECRET: 'abc', REDIS_URL: 'redis://:pass@127.0.0.1' });
    expect(lines.find(({ name }) => name === 'DIRECTLINE_SECRET')?.shown).toBe('(3 characters, hidden)');
    expect(JSON.stringify(lines)).not.toContain('pass@');
  });

  test.each([
    ['short', true],
    ['changeme-changeme-changeme', true],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', true],
    ['a-secret-from-the-sample', true],
    ['Zt3w8Qm2Xc7Lr9Vb', false],
    ['Zt3w8Qm2Xc7Lr9Vb,short', true],
  ])('%s is weak: %s', (secret, isWeak) => {
    expect(isWeakSecret(secret)).toBe(isWeak);
  });

  test('.env.example names every setting as it is now', () => {
    const file = readFileSync(path.join(import.meta.dirname, '../../.env.example'), 'utf8');
    expect(file).toBe(envExample());
  });
});
