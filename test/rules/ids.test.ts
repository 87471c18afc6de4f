import { describe, expect, test } from '@jest/globals';
import {
  compareStreamIds,
  conversationId,
  countryCode,
  eventId,
  languageTag,
  partitionOf,
} from '../../src/core/ids.ts';

describe('places and partitions', () => {
  test('a conversation stays on its partition, whatever the process', () => {
    expect(partitionOf(conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'), 64)).toBe(13);
    expect(partitionOf(conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'), 16)).toBe(13);
  });

  test('conversations spread over all partitions, none taking more than its share by half', () => {
    const counts = new Array<number>(64).fill(0);
    for (let index = 0; index < 6_400; index += 1) {
      const place = partitionOf(conversationId(`conversation-${index}`), 64);
      counts[place] = (counts[place] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(50);
    expect(Math.max(...counts)).toBeLessThan(150);
  });

  test.each([
    ['1732412345678-0', '1732412345678-1', -1],
    ['1732412345678-10', '1732412345678-9', 1],
    ['999-5', '1732412345678-0', -1],
    ['5-5', '5-5', 0],
    ['0-0', '1-0', -1],
  ])('%s compared with %s', (left, right, sign) => {
    expect(Math.sign(compareStreamIds(eventId(left), eventId(right)))).toBe(sign);
  });

  test('countries are upper case and languages lower case, however they were written', () => {
    expect([countryCode('gt'), languageTag('ES')]).toEqual(['GT', 'es']);
  });
});
