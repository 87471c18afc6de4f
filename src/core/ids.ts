/** Branded ids. Only the functions in this file make them; a bare string is never an id. */
declare const brand: unique symbol;
type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };

/** One conversation of one person with one of our numbers or pages: 128 random bits, base64url. Never moved, never reused. */
export type ConversationId = Branded<string, 'ConversationId'>;
/** The provider's id of a message. A WhatsApp message id contains the phone number: personal data, never logged. */
export type MessageId = Branded<string, 'MessageId'>;
/** Place of an event in the mailbox of its partition: `milliseconds-sequence`, ordered. */
export type EventId = Branded<string, 'EventId'>;
/** Place of an entry in the outbox of its partition: `milliseconds-sequence`, ordered. */
export type OutboxId = Branded<string, 'OutboxId'>;
/** A case for a caseworker: 80 random bits, base64url. */
export type CaseId = Branded<string, 'CaseId'>;
/** A question to somebody outside (registry, desk, model) whose answer comes back as an event. */
export type RequestId = Branded<string, 'RequestId'>;
/** A process that runs turns: 64 random bits, base64url. */
export type WorkerId = Branded<string, 'WorkerId'>;
/** A caseworker's account. */
export type CaseworkerId = Branded<string, 'CaseworkerId'>;
/** Keyed hash of a person's address on a channel. */
export type AliasHash = Branded<string, 'AliasHash'>;
/** Keyed hash of a message id: 16 bytes, base64url. */
export type DedupeHash = Branded<string, 'DedupeHash'>;
/** Number of a partition, from 0. */
export type Partition = Branded<number, 'Partition'>;
/** `epoch:128 random bits`: who may commit on a partition. */
export type LeaseToken = Branded<string, 'LeaseToken'>;
/** A channel's folder name: `whatsapp`, `directline`, `terminal`. */
export type ChannelName = Branded<string, 'ChannelName'>;
/** A dialog's folder name. */
export type DialogId = Branded<string, 'DialogId'>;
/** ISO 3166 alpha-2, upper case. */
export type CountryCode = Branded<string, 'CountryCode'>;
/** ISO 639: `es`, `en`, `ht`, `pt`, `fr`, `quc`. */
export type LanguageTag = Branded<string, 'LanguageTag'>;

// The casts below are the one place where a bare value becomes an id.
export const conversationId = (value: string): ConversationId => value as ConversationId;
export const messageId = (value: string): MessageId => value as MessageId;
export const eventId = (value: string): EventId => value as EventId;
export const outboxId = (value: string): OutboxId => value as OutboxId;
export const caseId = (value: string): CaseId => value as CaseId;
export const requestId = (value: string): RequestId => value as RequestId;
export const workerId = (value: string): WorkerId => value as WorkerId;
export const caseworkerId = (value: string): CaseworkerId => value as CaseworkerId;
export const aliasHash = (value: string): AliasHash => value as AliasHash;
export const dedupeHash = (value: string): DedupeHash => value as DedupeHash;
export const partition = (value: number): Partition => value as Partition;
export const leaseToken = (value: string): LeaseToken => value as LeaseToken;
export const channelName = (value: string): ChannelName => value as ChannelName;
export const dialogId = (value: string): DialogId => value as DialogId;
export const countryCode = (value: string): CountryCode => value.toUpperCase() as CountryCode;
export const languageTag = (value: string): LanguageTag => value.toLowerCase() as LanguageTag;

/** The partition of a conversation: FNV-1a over the id, the same in every process and version. */
export function partitionOf(conversation: ConversationId, partitions: number): Partition {
  let hash = 0x811c9dc5;
  for (let index = 0; index < conversation.length; index += 1) {
    hash = Math.imul(hash ^ conversation.charCodeAt(index), 0x01000193);
  }
  return partition((hash >>> 0) % partitions);
}

/** Orders two mailbox or outbox places; negative when `left` came first. */
export function compareStreamIds(left: EventId | OutboxId, right: EventId | OutboxId): number {
  const [leftTime = '0', leftSequence = '0'] = left.split('-');
  const [rightTime = '0', rightSequence = '0'] = right.split('-');
  return Number(leftTime) - Number(rightTime) || Number(leftSequence) - Number(rightSequence);
}
