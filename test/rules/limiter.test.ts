import { describe, expect, test } from '@jest/globals';
import { isFull, takeToken, type Bucket, type Rate } from '../../src/core/limiter.ts';

const rate: Rate = { capacity: 3, perSecond: 2 };

describe('the token bucket', () => {
  test('gives a whole burst at once and then refuses with the time to wait', () => {
    let bucket: Bucket | undefined;
    const kinds = [1, 2, 3].map(() => {
      const taken = takeToken(bucket, 1000, rate);
      if (taken.kind === 'taken') bucket = taken.bucket;
      return taken.kind;
    });
    expect(kinds).toEqual(['taken', 'taken', 'taken']);
    expect(takeToken(bucket, 1000, rate)).toEqual({ kind: 'refused', afterMs: 500 });
  });

  const cases: readonly (readonly [string, Bucket | undefined, number, ReturnType<typeof takeToken>])[] = [
    ['an unknown bucket is full', undefined, 5, { kind: 'taken', bucket: { tokens: 2, at: 5 } }],
    ['half a token is none', { tokens: 0, at: 0 }, 250, { kind: 'refused', afterMs: 250 }],
    [
      'exactly one token is enough',
      { tokens: 0, at: 0 },
      500,
      { kind: 'taken', bucket: { tokens: 0, at: 500 } },
    ],
    [
      'it never holds more than its capacity',
      { tokens: 3, at: 0 },
      60_000,
      { kind: 'taken', bucket: { tokens: 2, at: 60_000 } },
    ],
    [
      'a clock that went back fills nothing',
      { tokens: 1, at: 900 },
      100,
      { kind: 'taken', bucket: { tokens: 0, at: 100 } },
    ],
  ];
  test.each(cases)('%s', (_name, bucket, now, expected) => {
    expect(takeToken(bucket, now, rate)).toEqual(expected);
  });

  test('is full again when it may be forgotten', () => {
    expect([1499, 1500].map((now) => isFull({ tokens: 0, at: 0 }, now, rate))).toEqual([false, true]);
  });
});
