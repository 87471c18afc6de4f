import type { WhatsAppContact, WhatsAppMessage } from './payloads.ts';

/** The parts of a body with one text of one person and nothing unusual: nine of ten bodies. */
export interface OrdinaryText {
  readonly account: string;
  readonly ownNumber: string | undefined;
  readonly contacts: readonly WhatsAppContact[];
  readonly message: WhatsAppMessage;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads the ordinary body by hand, at a fraction of a schema's cost. Undefined for anything it does not know all of:
 * that goes through the schemas of payloads.ts, which a test holds against this.
 */
export function readOrdinaryText(body: unknown): OrdinaryText | undefined {
  if (!isFields(body) || body['object'] !== 'whatsapp_business_account') return undefined;
  const entry = onlyOne(body['entry']);
  const change = entry && onlyOne(entry['changes']);
  const value = change?.['field'] === 'messages' ? change['value'] : undefined;
  if (!isFields(value) || value['statuses'] !== undefined || value['errors'] !== undefined) return undefined;
  const { metadata } = value;
  const contact = onlyOne(value['contacts']);
  const message = onlyOne(value['messages']);
  if (!isFields(metadata) || contact === undefined || message === undefined) return undefined;
  const { phone_number_id: account, display_phone_number: ownNumber } = metadata;
  if (typeof account !== 'string' || account === '' || !isOptionalText(ownNumber)) return undefined;
  const read = textMessage(message);
  const card = contactCard(contact);
  return read === undefined || card === undefined
    ? undefined
    : { account, ownNumber, contacts: [card], message: read };
}

const known = new Set(['id', 'timestamp', 'type', 'text', 'from', 'from_user_id', 'from_parent_user_id']);

function textMessage(message: Fields): WhatsAppMessage | undefined {
  for (const name in message) if (!known.has(name)) return undefined;
  const { id, timestamp, type, text, from, from_user_id, from_parent_user_id } = message;
  if (typeof id !== 'string' || id === '' || id.length > 512 || type !== 'text') return undefined;
  if (typeof timestamp !== 'string' || !/^\d{1,16}$/u.test(timestamp)) return undefined;
  if (!isFields(text) || typeof text['body'] !== 'string') return undefined;
  if (!isOptionalText(from) || !isOptionalText(from_user_id) || !isOptionalText(from_parent_user_id)) {
    return undefined;
  }
  return { id, timestamp, type, text, from, from_user_id, from_parent_user_id };
}

function contactCard({ wa_id, user_id, parent_user_id }: Fields): WhatsAppContact | undefined {
  if (!isOptionalText(wa_id) || !isOptionalText(user_id) || !isOptionalText(parent_user_id)) return undefined;
  return { wa_id, user_id, parent_user_id };
}

function onlyOne(value: unknown): Fields | undefined {
  const only: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  return isFields(only) ? only : undefined;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isOptionalText = (value: unknown): value is string | undefined =>
  value === undefined || typeof value === 'string';
