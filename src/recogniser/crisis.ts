import type { CrisisClass } from '../core/recognition.ts';
import { tokensOf } from './fold.ts';
import { createMatcher, type Fit, type Groups } from './pattern.ts';
import { commonWords, shortForms } from './short-forms.ts';
import type { Heard } from './vocabulary.ts';
import english from './words/crisis-en.json' with { type: 'json' };
import spanish from './words/crisis-es.json' with { type: 'json' };

/** Patterns of one language: what sounds like danger and is none, and for each class what is surely danger or a hint of it. */
interface CrisisWords {
  readonly groups: Groups;
  readonly harmless: readonly string[];
  readonly classes: Readonly<
    Record<Danger, { readonly certain: readonly string[]; readonly hint: readonly string[] }>
  >;
}

type Danger = Exclude<CrisisClass, 'none'>;
type Reading = { readonly danger: Danger; readonly points: number } | 'harmless';

/** Points a class needs; one sure pattern has them, hints have to come together. */
const enough = 1;
const pointsOfHint = 0.5;
/** Shorter words are too near to harmless ones: "metan" and "matan". */
const shortestMisspelt = 6;

/** Of classes with the same points the first is taken: the one whose answer must not miss a thing. */
const order: readonly Danger[] = [
  'self_harm',
  'gbv',
  'trafficking',
  'child_alone',
  'extortion_gang',
  'medical_emergency',
  'violence',
];

/** The danger a text tells of, in Spanish or English, of the writer or of somebody else (safety.md section 4). */
export function createCrisisDetector(): (text: string) => CrisisClass {
  const languages = [
    { words: spanish, heard: 'sound' },
    { words: english, heard: 'text' },
  ] as const satisfies readonly { readonly words: CrisisWords; readonly heard: Heard }[];
  const matchers = languages.map(({ words: { groups, harmless, classes }, heard }) =>
    createMatcher<Reading>(
      [
        ...harmless.map((pattern) => ({ meaning: 'harmless' as const, pattern })),
        ...order.flatMap((danger) => [
          ...classes[danger].certain.map((pattern) => ({ meaning: { danger, points: enough }, pattern })),
          ...classes[danger].hint.map((pattern) => ({ meaning: { danger, points: pointsOfHint }, pattern })),
        ]),
      ],
      { groups, heard, common: commonWords, shortestMisspelt },
    ),
  );
  return (text) => {
    const tokens = tokensOf(text, shortForms);
    return strongest(matchers.flatMap((match) => withoutHarmless(match(tokens))));
  };
}

type Sign = Exclude<Reading, 'harmless'>;

/** A sign of danger does not count when words of it belong to a harmless way of speaking. */
function withoutHarmless(fits: readonly Fit<Reading>[]): readonly Sign[] {
  const harmless = fits.filter(({ meaning }) => meaning === 'harmless');
  return fits.flatMap(({ meaning, from, to }) => {
    if (meaning === 'harmless') return [];
    return harmless.some((other) => other.from < to && from < other.to) ? [] : [meaning];
  });
}

function strongest(signs: readonly Sign[]): CrisisClass {
  const points = new Map<Danger, number>();
  for (const { danger, points: more } of signs) points.set(danger, (points.get(danger) ?? 0) + more);
  const total = [...points.values()].reduce((sum, more) => sum + more, 0);
  if (total < enough) return 'none';
  const most = Math.max(...points.values());
  return order.find((danger) => points.get(danger) === most) ?? 'none';
}
