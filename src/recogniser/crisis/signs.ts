import type { CrisisClass } from '../../core/recognition.ts';
import type { Token } from '../fold.ts';
import { createMatcher, type Fit, type Groups } from '../pattern.ts';
import { commonWords } from '../short-forms.ts';
import type { Heard } from '../vocabulary.ts';
import english from './patterns-en.json' with { type: 'json' };
import spanish from './patterns-es.json' with { type: 'json' };
import others from './patterns-others.json' with { type: 'json' };

/** A danger, of whatever class. */
export type Danger = Exclude<CrisisClass, 'none'>;

/** All of them, in the order of the model's weights; of two as likely the first is taken. */
export const dangers = [
  'self_harm',
  'gbv',
  'trafficking',
  'child_alone',
  'extortion_gang',
  'medical_emergency',
  'violence',
] as const satisfies readonly Danger[];

/** Patterns: what sounds like danger and is none, and for each class what is surely danger or a hint of it. */
interface CrisisWords {
  readonly groups: Groups;
  readonly harmless: readonly string[];
  readonly classes: Readonly<Record<Danger, Readonly<Record<Sureness, readonly string[]>>>>;
}

type Sureness = 'certain' | 'hint';

/** A way of speaking of danger that a message holds. */
export interface Sign {
  readonly danger: Danger;
  readonly sureness: Sureness;
}

/** Shorter words are too near to harmless ones: "metan" and "matan". */
const shortestMisspelt = 6;
const lists: readonly { readonly words: CrisisWords; readonly heard: Heard }[] = [
  { words: spanish, heard: 'sound' },
  { words: english, heard: 'text' },
  { words: others, heard: 'text' },
];

/** Finds the signs of danger in a message, in Spanish, English and the plainest ones in other languages. */
export function createSignReader(): (tokens: readonly Token[]) => readonly Sign[] {
  const matchers = lists.map(({ words: { groups, harmless, classes }, heard }) =>
    createMatcher<Sign | 'harmless'>(
      [
        ...harmless.map((pattern) => ({ meaning: 'harmless' as const, pattern })),
        ...Object.entries(classes).flatMap(([name, { certain, hint }]) => {
          const danger = name as Danger; // keys of CrisisWords
          return [
            ...certain.map((pattern) => ({ meaning: { danger, sureness: 'certain' as const }, pattern })),
            ...hint.map((pattern) => ({ meaning: { danger, sureness: 'hint' as const }, pattern })),
          ];
        }),
      ],
      { groups, heard, common: commonWords, shortestMisspelt },
    ),
  );
  return (tokens) => withoutHarmless(matchers.flatMap((match) => match(tokens)));
}

/** A sign does not count when words of it belong to a harmless way of speaking. */
function withoutHarmless(fits: readonly Fit<Sign | 'harmless'>[]): readonly Sign[] {
  const harmless = fits.filter(({ meaning }) => meaning === 'harmless');
  return fits.flatMap(({ meaning, from, to }) => {
    if (meaning === 'harmless') return [];
    return harmless.some((other) => other.from < to && from < other.to) ? [] : [meaning];
  });
}
