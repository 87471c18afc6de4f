import type { ConversationState } from '../core/conversation.ts';
import { urgencyOf } from '../core/draft.ts';

const day = 24 * 60 * 60 * 1000;
/** After the last message (safety.md B1). */
const afterLastMessage = 30 * day;
/** While somebody has to look after it: longer than any case may stay open. */
const whileSomebodyWaits = 400 * day;
/** A web chat that was opened and never written in. */
const withoutMessage = day;

/**
 * When a conversation's state may be dropped, milliseconds since 1970: 30 days after the person's last message, far off while
 * somebody waits for an answer, a day when they never wrote. Never sooner than a day, whatever a provider's clock says.
 */
export function expiryOf(state: ConversationState, now: number): number {
  // A wish to enrol is in its case: it needs no state.
  const isWaiting = state.openCases.some(({ reason }) => urgencyOf(reason) !== 'U3');
  if (isWaiting || state.ownership.kind !== 'bot') return now + whileSomebodyWaits;
  const { lastInboundAt } = state;
  if (lastInboundAt === undefined) return now + withoutMessage;
  const heard = Math.min(lastInboundAt, now);
  return Math.max(heard + afterLastMessage, now + withoutMessage);
}
