import type {
  AliasHash,
  ChannelName,
  ConversationId,
  DedupeHash,
  LanguageTag,
  MessageId,
  OutboxId,
  Partition,
} from './ids.ts';
import type { ErrorCode } from './errors.ts';
import type { RuleContext } from './dialog.ts';
import type { ChannelAddress, OutboundMessage } from './message.ts';
import type { JsonValue, SayPart, Values } from './values.ts';

/** Time comes in as an argument: milliseconds since 1970, and a monotonic one for durations. */
export interface Clock {
  now(): number;
  monotonic(): number;
  /** Calls back once after at least `ms`; gives the way to cancel. */
  after(ms: number, callback: () => void): () => void;
}

/** Randomness comes in as an argument. `bits` is a multiple of 8; base64url. */
export interface Randomness {
  id(bits: number): string;
  /** 0 <= value < 1, for jitter. */
  fraction(): number;
}

/** A search in memory, inside the turn. Gives plain values; `{ kind: 'nothing' }` and the like are values too. */
export type LocalLookUp = (input: Values, context: RuleContext) => JsonValue;

/** Whether and when a person answers, from the operator's settings. The four honest sentences of J10. */
export type Duty =
  | { readonly kind: 'on-duty'; readonly withinMinutes: number }
  | { readonly kind: 'off-hours'; readonly opensAt: number; readonly timeZone?: string }
  | { readonly kind: 'long-queue'; readonly waiting: number; readonly withinMinutes: number }
  | { readonly kind: 'nobody'; readonly contact?: string };

/** Renders a locale key in a language and a form of address; an unknown key is a fault. */
export interface Translator {
  render(part: SayPart, language: LanguageTag, form: string): string;
  has(key: string, language: LanguageTag): boolean;
  readonly languages: readonly LanguageTag[];
}

/** A person's data key in memory. Opaque outside the vault. */
export interface PersonKey {
  readonly kind: 'person-key';
}

/** Encryption of everything personal (architecture.md 3.8). AES-256-GCM; `context` is bound as associated data. */
export interface Vault {
  /** For mailbox and quarantine: a key of the UTC day of `at`. */
  sealForDay(context: string, plain: Uint8Array, at: number): Promise<Uint8Array>;
  /** Undefined when that day's secret was destroyed. Throws when the bytes or the context were changed. */
  openFromDay(context: string, sealed: Uint8Array): Promise<Uint8Array | undefined>;
  createPersonKey(conversation: ConversationId): { readonly key: PersonKey; readonly wrapped: Uint8Array };
  unwrapPersonKey(conversation: ConversationId, wrapped: Uint8Array): PersonKey;
  /** The same key wrapped by the newest master key; the same bytes when it is already. */
  rewrapPersonKey(conversation: ConversationId, wrapped: Uint8Array): Uint8Array;
  seal(key: PersonKey, context: string, plain: Uint8Array): Uint8Array;
  open(key: PersonKey, context: string, sealed: Uint8Array): Uint8Array;
  /** HMAC(channel, our account, the person's id there). */
  aliasOf(channel: ChannelName, account: string, personId: string): AliasHash;
  /** HMAC(channel, our account, message id), 16 bytes. */
  dedupeOf(channel: ChannelName, account: string, message: MessageId | string): DedupeHash;
  /** For logs and metrics: a hash of an id that changes every month. */
  logIdOf(id: string, at: number): string;
}

/** What came of handing a message to a provider. */
export type SendOutcome =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'failed'; readonly error: ErrorCode; readonly afterMs?: number }
  /** The call was cut off after it may have arrived. */
  | { readonly kind: 'in-doubt'; readonly error: ErrorCode };

/** Ties a send to its later status: comes back in the provider's status reports. Holds nothing personal. */
export interface SendTag {
  readonly partition: Partition;
  readonly outboxId: OutboxId;
  readonly conversationId: ConversationId;
}

/** A channel's way out. One that keeps a log (web chat) turns messages into log entries instead of sending. */
export type ChannelOutlet =
  | {
      readonly kind: 'sends';
      readonly channel: ChannelName;
      /** Whether the 24-hour window applies. */
      readonly hasWindow: boolean;
      /** Whether the provider reports statuses, so that a send in doubt can be settled by waiting. */
      readonly reportsStatuses: boolean;
      /** Milliseconds between two ordinary messages to one person after the burst. */
      readonly pace: { readonly intervalMs: number; readonly burst: number };
      /** Messages a second that one of our numbers may send in all. */
      readonly accountPerSecond: number;
      send(address: ChannelAddress, message: OutboundMessage, tag: SendTag): Promise<SendOutcome>;
    }
  | {
      readonly kind: 'logs';
      readonly channel: ChannelName;
      /** The activity to append, without id and timestamp: those are the log's. */
      toLogEntry(message: OutboundMessage, conversation: ConversationId): JsonValue;
    };

/** One log line: allow-listed fields only; the type is the list. Durations in milliseconds. */
export interface LogFields {
  readonly event: string;
  readonly conversation?: string;
  readonly partition?: number;
  readonly channel?: string;
  readonly dialog?: string;
  readonly step?: string;
  readonly outcome?: string;
  readonly error?: string;
  readonly reference?: string;
  readonly kind?: string;
  readonly count?: number;
  readonly attempt?: number;
  readonly status?: number;
  readonly ms?: number;
  readonly lagMs?: number;
}

/** Writes a line of JSON; anything not in `LogFields` is dropped. */
export interface Log {
  debug(fields: LogFields): void;
  info(fields: LogFields): void;
  warn(fields: LogFields): void;
  error(fields: LogFields): void;
}
