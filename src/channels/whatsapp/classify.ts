import type { ReceivedMessage, StatusReport } from '../../core/inbox.ts';
import type { Inbox } from '../../core/inbox.ts';
import { messageId } from '../../core/ids.ts';
import { contentOf } from './content.ts';
import { addressOf, everyId, type KnownIds, senderFacts, whatsapp } from './identity.ts';
import {
  contents,
  inboundMessage,
  statusUpdate,
  type WhatsAppContact,
  type WhatsAppMessage,
} from './payloads.ts';
import { failureOf } from './send-errors.ts';
import { readSendTag } from './send-tag.ts';

/** A person's ids were replaced by others. */
export type IdentityChange = Parameters<Inbox['changeIdentity']>[0];

/** What one update of a webhook body asks for. `reason` is a fixed word for the log, never content. */
export type Update =
  | { readonly kind: 'message'; readonly received: ReceivedMessage }
  | { readonly kind: 'status'; readonly report: StatusReport }
  | { readonly kind: 'identity'; readonly change: IdentityChange }
  | { readonly kind: 'ignored'; readonly reason: string }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What the updates of one `value` share. */
export interface Surroundings {
  readonly account: string;
  readonly ownNumber: string | undefined;
  readonly contacts: readonly WhatsAppContact[];
}

/** Types that ask for nothing: withdrawn by Meta, or only for numbers shared with the WhatsApp Business app. */
const silentTypes = new Set(['edit', 'revoke', 'request_welcome']);

/** One of `messages[]`. A message whose sender is known but whose content is not is both answered and set aside. */
export function classifyMessage(value: unknown, around: Surroundings): readonly Update[] {
  const parsed = inboundMessage.safeParse(value);
  if (!parsed.success) return [{ kind: 'unreadable', reason: 'message' }];
  const message = parsed.data;
  if (message.group_id !== undefined) return [{ kind: 'ignored', reason: 'group' }];
  if (message.type === 'system') return [identityUpdate(message, around.account)];
  if (silentTypes.has(message.type)) return [{ kind: 'ignored', reason: message.type }];
  return personMessage(message, around);
}

/** A message that is from a person to us. */
export function personMessage(message: WhatsAppMessage, around: Surroundings): readonly Update[] {
  if (message.from !== undefined && message.from === around.ownNumber) {
    return [{ kind: 'ignored', reason: 'own-number' }];
  }
  const ids = sendersIds(message, around.contacts);
  const [first, ...others] = everyId(ids);
  const address = addressOf(around.account, ids);
  if (first === undefined || address === undefined) return [{ kind: 'unreadable', reason: 'sender' }];
  const content = contentOf(message);
  const received: ReceivedMessage = {
    address,
    sender: senderFacts(ids),
    from: { kind: 'person', ids: [first, ...others] },
    repeatsBy: 'sent-time',
    message: {
      messageId: messageId(message.id),
      sentAt: milliseconds(message.timestamp),
      content: content ?? { kind: 'unsupported' },
      ...(message.context?.id === undefined ? {} : { replyTo: messageId(message.context.id) }),
      ...(message.context?.forwarded || message.context?.frequently_forwarded ? { forwarded: true } : {}),
    },
  };
  const update: Update = { kind: 'message', received };
  return content === undefined ? [update, { kind: 'unreadable', reason: 'content' }] : [update];
}

/** The message's own ids, completed from the contact that shares one with it. */
function sendersIds(message: WhatsAppMessage, contacts: readonly WhatsAppContact[]): KnownIds {
  const card = contacts.find((candidate) => isCardOf(candidate, message));
  return {
    userId: message.from_user_id ?? card?.user_id,
    parentUserId: message.from_parent_user_id ?? card?.parent_user_id,
    phone: message.from ?? card?.wa_id,
  };
}

function isCardOf(card: WhatsAppContact, message: WhatsAppMessage): boolean {
  if (message.from_user_id !== undefined && card.user_id !== undefined) {
    return message.from_user_id === card.user_id;
  }
  return message.from !== undefined && message.from === card.wa_id;
}

/** `system`: a new number or a new user id (whatsapp-cloud-api.md 2.3). */
function identityUpdate(message: WhatsAppMessage, account: string): Update {
  const parsed = contents.system.safeParse(message.system);
  if (!parsed.success) return { kind: 'unreadable', reason: 'system' };
  const system = parsed.data;
  if (system.type !== 'user_changed_number' && system.type !== 'user_changed_user_id') {
    return { kind: 'ignored', reason: 'system' };
  }
  const now: KnownIds = { userId: system.user_id, parentUserId: system.parent_user_id, phone: system.wa_id };
  const previous = everyId({
    userId: system.previous_user_id ?? message.from_user_id,
    parentUserId: system.previous_parent_user_id ?? message.from_parent_user_id,
    phone: message.from,
  });
  const [first, ...others] = everyId(now);
  const address = addressOf(account, now);
  if (first === undefined || address === undefined || previous.length === 0) {
    return { kind: 'unreadable', reason: 'system' };
  }
  return {
    kind: 'identity',
    change: { channel: whatsapp, account, previous, next: [first, ...others], address },
  };
}

const statuses = ['sent', 'delivered', 'read', 'played', 'failed'] as const;

/** One of `statuses[]`. Without our tag it is of a message this installation did not send. */
export function classifyStatus(value: unknown): Update {
  const parsed = statusUpdate.safeParse(value);
  if (!parsed.success) return { kind: 'unreadable', reason: 'status' };
  const status = statuses.find((known) => known === parsed.data.status);
  if (status === undefined) return { kind: 'ignored', reason: 'status-unknown' };
  const tag = readSendTag(parsed.data.biz_opaque_callback_data);
  if (tag === undefined) return { kind: 'ignored', reason: 'status-untagged' };
  const at = milliseconds(parsed.data.timestamp);
  if (status !== 'failed') return { kind: 'status', report: { ...tag, status, at } };
  const { error } = failureOf(parsed.data.errors?.[0]?.code);
  return { kind: 'status', report: { ...tag, status, error, at } };
}

/** Meta gives seconds; a value that can only be milliseconds is taken as such. */
function milliseconds(timestamp: string | number): number {
  const value = Number(timestamp);
  return value >= 1e12 ? value : value * 1000;
}
