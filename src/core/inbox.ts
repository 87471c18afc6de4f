import type { ChannelName, ConversationId, OutboxId, Partition } from './ids.ts';
import type { ErrorCode } from './errors.ts';
import type { LogPlace } from './store.ts';
import type { ChannelAddress, InboundMessage, SenderFacts } from './message.ts';
import type { JsonValue } from './values.ts';

/** A message as a channel hands it over. */
export interface ReceivedMessage {
  readonly address: ChannelAddress;
  readonly sender: SenderFacts;
  readonly message: InboundMessage;
  /** Whose conversation: every id the channel knows the sender by, steadiest first, or the conversation itself (web chat). */
  readonly from:
    | { readonly kind: 'person'; readonly ids: readonly [string, ...string[]] }
    | { readonly kind: 'conversation'; readonly conversationId: ConversationId };
  /** The provider's own time is trusted for remembering repeats when it gives one; web chat uses the time of accepting. */
  readonly repeatsBy: 'sent-time' | 'accept-time';
  /** Web chat: the activity to append to the log, without id and timestamp. */
  readonly activity?: JsonValue;
}

/** `log` is there when an activity was appended. */
export type ReceiveOutcome =
  | { readonly kind: 'kept'; readonly conversationId: ConversationId; readonly log?: LogPlace }
  | { readonly kind: 'repeated'; readonly conversationId: ConversationId };

/** What a provider reported about a message we sent. */
export interface StatusReport {
  readonly partition: Partition;
  readonly outboxId: OutboxId;
  readonly conversationId: ConversationId;
  readonly status: 'sent' | 'delivered' | 'read' | 'played' | 'failed';
  /** For `failed`. */
  readonly error?: ErrorCode;
  readonly at: number;
}

/** The way in for channels. Resolves only after the store has kept it; throws StoreUnavailable otherwise. */
export interface Inbox {
  receive(received: ReceivedMessage): Promise<ReceiveOutcome>;
  /** A web chat was opened: the bot may greet. False when it had been opened before. */
  join(conversationId: ConversationId, address: ChannelAddress, sender: SenderFacts): Promise<boolean>;
  report(report: StatusReport): Promise<void>;
  /** A person's id on a channel was replaced by another (new number, new user id). */
  changeIdentity(change: {
    readonly channel: ChannelName;
    readonly account: string;
    readonly previous: readonly string[];
    readonly next: readonly [string, ...string[]];
    readonly address: ChannelAddress;
  }): Promise<void>;
  /** Keeps a signed body that nobody can read. */
  quarantine(reason: string, body: Uint8Array): Promise<void>;
  /** A new conversation's id, for web chat tokens. */
  newConversationId(): ConversationId;
}

/** Reads a web chat's log, opened. From any process. */
export interface ActivityReader {
  /** Activities after the serial, at most `limit`; `length` is the serial of the last one stored. */
  read(
    conversation: ConversationId,
    after: number,
    limit: number,
  ): Promise<{
    readonly length: number;
    readonly activities: readonly (LogPlace & { readonly activity: JsonValue })[];
  }>;
  onAppended(listener: (conversation: ConversationId) => void): () => void;
}
