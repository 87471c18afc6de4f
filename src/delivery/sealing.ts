import type { CaseRecord, ConversationState } from '../core/conversation.ts';
import type { ConversationEvent } from '../core/event.ts';
import type { ConversationId } from '../core/ids.ts';
import type { PersonKey, Vault } from '../core/ports.ts';
import type { JsonValue } from '../core/values.ts';
import type { DeliveryParts, OutboxEntry } from './parts.ts';

/** First byte of a log entry: whose key opens it. What a person wrote is accepted before their key is at hand. */
const dayMark = 0x64;
const personMark = 0x70;

type SealingParts = Pick<DeliveryParts, 'vault' | 'checkFields'>;

const bytesOf = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
// Sealed by us and unchanged since (the seal is authenticated): it has the shape we gave it.
const valueOf = (bytes: Uint8Array): unknown =>
  JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());

/** An event for the mailbox, under the day's key. */
export function sealEvent(
  parts: SealingParts,
  id: ConversationId,
  event: ConversationEvent,
): Promise<Uint8Array> {
  parts.checkFields('event', event);
  return parts.vault.sealForDay(`event:${id}`, bytesOf(event), event.at);
}

/** Undefined when that day's key was destroyed. */
export async function openEvent(
  vault: Vault,
  id: ConversationId,
  sealed: Uint8Array,
): Promise<ConversationEvent | undefined> {
  const plain = await vault.openFromDay(`event:${id}`, sealed);
  return plain === undefined ? undefined : (valueOf(plain) as ConversationEvent); // written by sealEvent
}

export function sealState(parts: SealingParts, key: PersonKey, state: ConversationState): Uint8Array {
  parts.checkFields('state', state);
  return parts.vault.seal(key, `state:${state.conversationId}:${state.version}`, bytesOf(state));
}

export function openState(
  vault: Vault,
  key: PersonKey,
  place: { readonly conversationId: ConversationId; readonly version: number },
  sealed: Uint8Array,
): ConversationState {
  const plain = vault.open(key, `state:${place.conversationId}:${place.version}`, sealed);
  return valueOf(plain) as ConversationState; // written by sealState
}

export function sealOutbox(
  parts: SealingParts,
  key: PersonKey,
  id: ConversationId,
  entry: OutboxEntry,
): Uint8Array {
  parts.checkFields('outbox', entry);
  return parts.vault.seal(key, `outbox:${id}`, bytesOf(entry));
}

export function openOutbox(
  vault: Vault,
  key: PersonKey,
  id: ConversationId,
  sealed: Uint8Array,
): OutboxEntry {
  return valueOf(vault.open(key, `outbox:${id}`, sealed)) as OutboxEntry; // written by sealOutbox
}

export function sealCase(parts: SealingParts, key: PersonKey, record: CaseRecord): Uint8Array {
  parts.checkFields('case', record);
  return parts.vault.seal(key, `case:${record.caseId}`, bytesOf(record));
}

export function openCaseRecord(vault: Vault, key: PersonKey, caseId: string, sealed: Uint8Array): CaseRecord {
  return valueOf(vault.open(key, `case:${caseId}`, sealed)) as CaseRecord; // written by sealCase
}

/** A person's own activity for the log, under the day's key. */
export async function sealIncomingActivity(
  vault: Vault,
  id: ConversationId,
  activity: JsonValue,
  at: number,
): Promise<Uint8Array> {
  return marked(dayMark, await vault.sealForDay(`activity:${id}`, bytesOf(activity), at));
}

/** The bot's activity for the log, under the person's key. */
export function sealOutgoingActivity(
  vault: Vault,
  key: PersonKey,
  id: ConversationId,
  activity: JsonValue,
): Uint8Array {
  return marked(personMark, vault.seal(key, `activity:${id}`, bytesOf(activity)));
}

/** Undefined when the key is gone: a day's key destroyed, or the person erased. */
export async function openActivity(
  vault: Vault,
  id: ConversationId,
  sealed: Uint8Array,
  key: PersonKey | undefined,
): Promise<JsonValue | undefined> {
  const body = sealed.subarray(1);
  if (sealed[0] === dayMark) {
    const plain = await vault.openFromDay(`activity:${id}`, body);
    return plain === undefined ? undefined : (valueOf(plain) as JsonValue); // any JSON is a JsonValue
  }
  return key === undefined ? undefined : (valueOf(vault.open(key, `activity:${id}`, body)) as JsonValue);
}

function marked(mark: number, sealed: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(sealed.length + 1);
  bytes[0] = mark;
  bytes.set(sealed, 1);
  return bytes;
}
