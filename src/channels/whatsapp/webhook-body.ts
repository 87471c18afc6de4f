import {
  classifyMessage,
  classifyStatus,
  personMessage,
  type Surroundings,
  type Update,
} from './classify.ts';
import { readOrdinaryText } from './ordinary-text.ts';
import { contact, envelope, messagesValue } from './payloads.ts';

const deepest = 32;
const mostUpdates = 1000;

/** Everything a webhook body asks for, in its order. `accounts`: the phone number ids we serve; absent: all. */
export function readWebhookBody(body: Buffer, accounts: ReadonlySet<string> | undefined): readonly Update[] {
  const json = parseJson(body);
  const ordinary = readOrdinaryText(json);
  if (ordinary !== undefined) {
    const isOurs = accounts === undefined || accounts.has(ordinary.account);
    return isOurs ? personMessage(ordinary.message, ordinary) : [{ kind: 'ignored', reason: 'account' }];
  }
  return readBySchema(isTooDeep(body) ? undefined : json, accounts);
}

/** The way for every body that is not one ordinary text. */
export function readBySchema(json: unknown, accounts: ReadonlySet<string> | undefined): readonly Update[] {
  const parsed = envelope.safeParse(json);
  if (!parsed.success) return [{ kind: 'unreadable', reason: 'envelope' }];
  if (parsed.data.object !== 'whatsapp_business_account') return [{ kind: 'ignored', reason: 'object' }];
  const updates: Update[] = [];
  for (const { changes } of parsed.data.entry) {
    for (const { field, value } of changes) {
      if (field === 'messages') updates.push(...messagesUpdates(value, accounts));
      else updates.push({ kind: 'ignored', reason: noticeFields.has(field) ? field : 'field' });
    }
  }
  if (updates.length === 0) return [{ kind: 'ignored', reason: 'empty' }];
  if (updates.length > mostUpdates) return [{ kind: 'unreadable', reason: 'too-many' }];
  return updates;
}

/** Fields about the account that an operator wants named in the log; any other is logged as `field`. */
const noticeFields = new Set([
  'account_alerts',
  'account_review_update',
  'account_update',
  'business_capability_update',
  'message_template_components_update',
  'message_template_quality_update',
  'message_template_status_update',
  'phone_number_name_update',
  'phone_number_quality_update',
  'security',
  'template_category_update',
  'user_preferences',
]);

function messagesUpdates(value: unknown, accounts: ReadonlySet<string> | undefined): readonly Update[] {
  const parsed = messagesValue.safeParse(value);
  if (!parsed.success) return [{ kind: 'unreadable', reason: 'value' }];
  const { metadata, contacts, messages, statuses, errors } = parsed.data;
  const account = metadata.phone_number_id;
  if (accounts !== undefined && !accounts.has(account)) return [{ kind: 'ignored', reason: 'account' }];
  const around: Surroundings = {
    account,
    ownNumber: metadata.display_phone_number,
    contacts: (contacts ?? []).flatMap((card) => contact.safeParse(card).data ?? []),
  };
  return [
    ...(messages ?? []).flatMap((message) => classifyMessage(message, around)),
    ...(statuses ?? []).map(classifyStatus),
    ...(errors ?? []).map((): Update => ({ kind: 'ignored', reason: 'value-error' })),
  ];
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

const [quote, backslash] = [0x22, 0x5c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Nested deeper than anything of Meta's: such a body is not looked into. */
function isTooDeep(body: Buffer): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < body.length; index += 1) {
    const byte = body[index];
    if (isInString) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === openBrace || byte === openBracket) depth += 1;
    else if (byte === closeBrace || byte === closeBracket) depth -= 1;
    if (depth > deepest) return true;
  }
  return false;
}
