import type { ConversationState } from '../core/conversation.ts';

const day = 24 * 60 * 60 * 1000;
/** After the last message (safety.md B1). */
const afterLastMessage = 30 * day;
/** While somebody has to look after it: longer than any case may stay open. */
const whileCaseIsOpen = 400 * day;
/** A web chat that was opened and never written in. */
const withoutMessage = day;

/**
 * When a conversation's state may be dropped, milliseconds since 1970: 30 days after the person's last message, far off while a
 * case is open, a day when they never wrote. Never sooner than a day, whatever a provider's clock says.
 */
export function expiryOf(state: ConversationState, now: number): number {
  if (state.openCases.length > 0 || state.ownership.kind !== 'bot') return now + whileCaseIsOpen;
  const { lastInboundAt } = state;
  if (lastInboundAt === undefined) return now + withoutMessage;
  const heard = Math.min(lastInboundAt, now);
  return Math.max(heard + afterLastMessage, now + withoutMessage);
}
