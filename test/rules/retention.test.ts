import { describe, expect, test } from '@jest/globals';
import type { ConversationState } from '../../src/core/conversation.ts';
import { caseId, caseworkerId, conversationId, languageTag } from '../../src/core/ids.ts';
import { newConversation } from '../../src/core/turn.ts';
import { expiryOf } from '../../src/people/retention.ts';

const now = Date.UTC(2026, 10, 24, 16, 0);
const hour = 3_600_000;
const day = 24 * hour;
const blank = newConversation(conversationId('somebody'), languageTag('es'));
const heard = (ago: number): ConversationState => ({ ...blank, lastInboundAt: now - ago });
const openCase = { caseId: caseId('c'), reason: 'in-danger', openedAt: now } as const;

describe('a conversation is kept', () => {
  test.each([
    ['thirty days after a message just now', heard(0), 30 * day],
    ['no longer because the program did something since', heard(10 * day), 20 * day],
    ['a day when the person never wrote', blank, day],
    ['at least a day, however old the last message', heard(300 * day), day],
    ['thirty days when the provider’s clock is ahead', heard(-90 * day), 30 * day],
    ['far longer while a case of danger is open', { ...heard(10 * day), openCases: [openCase] }, 400 * day],
    [
      'no longer for a wish to enrol, whose case says all',
      { ...heard(10 * day), openCases: [{ ...openCase, reason: 'wants-to-enrol' }] },
      20 * day,
    ],
    [
      'far longer while somebody asked for a person',
      { ...heard(10 * day), openCases: [{ ...openCase, reason: 'asked-for-a-person' }] },
      400 * day,
    ],
    [
      'far longer while a person waits in the queue',
      { ...heard(0), ownership: { kind: 'queue', caseId: caseId('c') } },
      400 * day,
    ],
    [
      'far longer while a caseworker answers',
      {
        ...heard(0),
        ownership: { kind: 'caseworker', caseId: caseId('c'), by: caseworkerId('m'), shownName: 'Marta' },
      },
      400 * day,
    ],
  ] satisfies readonly (readonly [string, ConversationState, number])[])('%s', (_what, state, kept) => {
    expect(expiryOf(state, now) - now).toBe(kept);
  });
});
