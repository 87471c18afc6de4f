import { describe, expect, test } from '@jest/globals';
import { isWindowOpen, windowClosesAt } from '../../src/core/window.ts';
import { hour, minute, morning } from '../support/talk.ts';

describe('the window of 24 hours less ten minutes', () => {
  test.each<readonly [string, number | undefined, number, boolean]>([
    ['is closed when the person never wrote', undefined, morning, false],
    ['is open at once', morning, morning, true],
    ['is open a millisecond before', morning, morning + 24 * hour - 10 * minute - 1, true],
    ['is closed ten minutes before the end', morning, morning + 24 * hour - 10 * minute, false],
    ['is closed the day after', morning, morning + 24 * hour, false],
    ['is open when our clock is behind', morning, morning - hour, true],
  ])('%s', (_name, lastInboundAt, now, isOpen) => {
    expect(isWindowOpen(lastInboundAt, now)).toBe(isOpen);
  });

  test('says when it closes', () => {
    expect(new Date(windowClosesAt(morning)).toISOString()).toBe('2026-11-25T15:50:00.000Z');
  });
});
