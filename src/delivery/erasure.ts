import type { CaseRecord, ConversationState } from '../core/conversation.ts';
import { urgencyOf } from '../core/draft.ts';
import { rankOf } from '../core/ownership.ts';
import type { CommitRequest } from '../core/store.ts';
import type { DeliveryParts } from './parts.ts';
import { sealCase } from './sealing.ts';
import type { Loaded } from './state-cache.ts';

/** What is left of a conversation: a fresh key, a blank state, and that somebody was in danger. */
export interface Erasure {
  readonly loaded: Loaded;
  readonly putCases: CommitRequest['putCases'];
}

/**
 * Erases in memory what the commit then erases in the store. A case of danger stays open (safety.md B5): that it is there,
 * since when, by which channel and in which language; the team can close it, and nothing leads to the person.
 */
export function eraseAll(parts: DeliveryParts, state: ConversationState): Erasure {
  const { conversationId, version, language } = state;
  const { key, wrapped } = parts.vault.createPersonKey(conversationId);
  // Whoever writes next is a stranger: these are no longer theirs.
  const openCases = state.openCases
    .filter(({ reason }) => urgencyOf(reason) === 'U1')
    .map((open) => ({ ...open, former: true as const }));
  const blank = { ...parts.blank(conversationId), version, language, openCases };
  return {
    loaded: { key, wrappedKey: wrapped, state: blank },
    putCases: openCases.map(({ caseId, reason, openedAt }) => {
      const urgency = urgencyOf(reason);
      const record: CaseRecord = {
        caseId,
        conversationId,
        reason,
        urgency,
        openedAt,
        status: 'open',
        channel: state.address?.channel ?? 'unknown',
        language: language.tag,
        brief: {},
      };
      return { caseId, rank: rankOf(urgency), openedAt, body: sealCase(parts, key, record) };
    }),
  };
}
