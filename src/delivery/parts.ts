import type { ConversationState, DeskOutcome } from '../core/conversation.ts';
import type { Engine } from '../core/engine.ts';
import type { ConversationEvent } from '../core/event.ts';
import type { ChannelName } from '../core/ids.ts';
import type { OutboundMessage } from '../core/message.ts';
import type { ChannelOutlet, Clock, Log, Randomness, Vault } from '../core/ports.ts';
import type { Store } from '../core/store.ts';
import type { TurnResult } from '../core/turn.ts';
import type { JsonValue, Values } from '../core/values.ts';

/** Asks somebody outside; gives up by the signal. A throw counts as no answer. */
export type RemoteLookUp = (input: Values, signal: AbortSignal) => Promise<JsonValue>;

/** What stored things there are a field registry for. */
export type StoredKind = 'state' | 'case' | 'event' | 'outbox' | 'activity';

/** Counts for metrics. Never anything personal. */
export interface Observer {
  accepted(channel: string, outcome: 'kept' | 'repeated'): void;
  turned(kind: ConversationEvent['kind'], outcome: string, ms: number): void;
  sent(channel: string, outcome: string, waitedMs: number): void;
  quarantined(): void;
}

/** Everything delivery works with; main puts it together. */
export interface DeliveryParts {
  readonly store: Store;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Randomness;
  /** How long the store lets a lease live, milliseconds; 10 s when not told. */
  readonly leaseMs?: number;
  readonly log: Log;
  readonly observer: Observer;
  readonly outlets: ReadonlyMap<ChannelName, ChannelOutlet>;
  readonly engine: Engine;
  readonly decide: (state: ConversationState, event: ConversationEvent) => TurnResult;
  readonly blank: (id: ConversationState['conversationId']) => ConversationState;
  readonly remote: Readonly<Record<string, RemoteLookUp>>;
  /** Throws when a field is not in the registry. */
  readonly checkFields: (kind: StoredKind, value: object) => void;
  /** When a state may be dropped, milliseconds since 1970. */
  readonly expiryOf: (state: ConversationState, now: number) => number;
  readonly onDeskOutcome: (requestId: string, outcome: DeskOutcome) => void;
}

/** What stands in the outbox. Sealed with the person's key. */
export type OutboxEntry =
  | {
      readonly kind: 'message';
      readonly message: OutboundMessage;
      readonly address: NonNullable<ConversationState['address']>;
      /** The person's last message, by its own timestamp: the window counts from it. */
      readonly lastInboundAt: number;
      /** When the event that caused it was accepted. */
      readonly causedAt: number;
    }
  | {
      readonly kind: 'request';
      readonly requestId: string;
      readonly name: string;
      readonly input: Values;
      readonly deadline: number;
    }
  | { readonly kind: 'forget-aliases'; readonly aliases: readonly string[] }
  /** A conversation goes on that was erased: its names must lead to it, or nobody could erase it again. */
  | { readonly kind: 'claim-aliases'; readonly aliases: readonly string[] };
