import type { CaseId, CaseworkerId, EventId, OutboxId, RequestId } from './ids.ts';
import type { ChannelAddress, InboundMessage, SenderFacts } from './message.ts';
import type { JsonValue } from './values.ts';

/** What a caseworker may do to a conversation. */
export type DeskAction =
  | { readonly kind: 'claim'; readonly by: CaseworkerId; readonly shownName: string }
  | { readonly kind: 'reply'; readonly by: CaseworkerId; readonly text: string }
  | { readonly kind: 'return-to-bot'; readonly by: CaseworkerId }
  | { readonly kind: 'resolve'; readonly by: CaseworkerId };

/** Everything that can happen to a conversation. `at` is when we accepted it, milliseconds since 1970. */
export type ConversationEvent =
  | {
      readonly kind: 'message';
      readonly at: number;
      readonly address: ChannelAddress;
      readonly sender: SenderFacts;
      readonly message: InboundMessage;
      /** Every keyed hash that leads to this conversation; kept so that erasing can remove them. */
      readonly aliases: readonly string[];
      /** The crisis detector's word on it at accept; a detector that threw counts as urgent. */
      readonly urgent: boolean;
    }
  | {
      readonly kind: 'joined';
      readonly at: number;
      readonly address: ChannelAddress;
      readonly sender: SenderFacts;
    }
  | { readonly kind: 'timer'; readonly at: number; readonly name: string }
  | {
      readonly kind: 'desk';
      readonly at: number;
      readonly requestId: RequestId;
      readonly caseId: CaseId;
      readonly action: DeskAction;
    }
  | {
      readonly kind: 'look-up-answer';
      readonly at: number;
      readonly requestId: RequestId;
      readonly outcome: JsonValue;
    }
  | {
      readonly kind: 'delivery-failed';
      readonly at: number;
      readonly outboxId: OutboxId;
      /** Code of `errors.ts`. */
      readonly error: string;
    }
  | { readonly kind: 'address-changed'; readonly at: number; readonly address: ChannelAddress }
  | {
      readonly kind: 'quarantined';
      readonly at: number;
      readonly eventId: EventId;
      /** Where to answer, when the event that failed told. */
      readonly address?: ChannelAddress;
      /** Whether the event that failed read like danger. */
      readonly urgent?: boolean;
    }
  | { readonly kind: 'canary'; readonly at: number };
