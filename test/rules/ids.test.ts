import { describe, expect, test } from '@jest/globals';
import { compareStreamIds, conversationId, eventId, partitionOf } from '../../src/core/ids.ts';

describe('places and partitions', () => {
  test('a conversation stays on its partition, whatever the process', () => {
    expect(partitionOf(conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'), 64)).toBe(13);
    expect(partitionOf(conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'), 16)).toBe(13);
  });

  test.each([
    ['1732412345678-0', '1732412345678-1', -1],
    ['1732412345678-10', '1732412345678-9', 1],
    ['999-5', '1732412345678-0', -1],
    ['5-5', '5-5', 0],
  ])('%s compared with %s', (left, right, sign) => {
    expect(Math.sign(compareStreamIds(eventId(left), eventId(right)))).toBe(sign);
  });
});
