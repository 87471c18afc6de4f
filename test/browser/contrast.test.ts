import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';

const css = readFileSync(path.join(import.meta.dirname, '..', '..', 'src', 'pages', 'tokens.css'), 'utf8');
const [lightPart = '', darkPart = ''] = css.split('@media (prefers-color-scheme: dark)');

function tokensIn(part: string): ReadonlyMap<string, string> {
  return new Map(
    [...part.matchAll(/--([\w-]+): (#[0-9a-f]{6});/gu)].map(([, name = '', value = '']) => [name, value]),
  );
}
const themes = { light: tokensIn(lightPart), dark: tokensIn(darkPart) };

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test('the calculation knows black on white and a grey of the standard', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

describe.each(['light', 'dark'] as const)('in %s', (theme) => {
  const colour = (name: string): string => {
    const value = themes[theme].get(name);
    if (value === undefined) throw new Error(`no colour ${name}`);
    return value;
  };
  const grounds = ['ground', 'surface', 'raised'];
  const inks = ['ink', 'ink-soft', 'accent', 'urgent', 'warn', 'good'];
  const texts = [
    ...inks.flatMap((ink) => grounds.map((ground) => [ink, ground])),
    ['accent-ink', 'accent'],
    ['ground', 'ink'],
  ];

  test.each(texts)('text in %s on %s has at least 4.5:1', (ink = '', ground = '') => {
    expect(contrast(colour(ink), colour(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(grounds.flatMap((ground) => ['ink-soft', 'accent'].map((edge) => [edge, ground])))(
    'an edge of a control in %s on %s has at least 3:1',
    (edge = '', ground = '') => {
      expect(contrast(colour(edge), colour(ground))).toBeGreaterThanOrEqual(3);
    },
  );
});
