import type { GraphSend, PhoneAct } from './graph-payloads.ts';
import type { PhoneChoice } from './phones.ts';

/** The number the simulated service has. Fictional. */
export const businessNumber = '50222220000';

const countries: readonly (readonly [string, string])[] = [
  ['501', 'BZ'],
  ['502', 'GT'],
  ['503', 'SV'],
  ['504', 'HN'],
  ['505', 'NI'],
  ['506', 'CR'],
  ['507', 'PA'],
  ['52', 'MX'],
  ['1', 'US'],
];

/** The business-scoped user id of a simulated phone: country, dot, digits. */
export function userIdOf(phone: string): string {
  const country = countries.find(([prefix]) => phone.startsWith(prefix))?.[1] ?? 'XX';
  return `${country}.${phone}`;
}

/** The phone a send goes to; undefined when it names none. `to` wins, as at Meta. */
export function phoneOf({ to, recipient }: GraphSend): string | undefined {
  return to?.replace('+', '') ?? recipient?.split('.')[1];
}

/** What a webhook of this account has around its messages or statuses. */
function wrapped(phoneNumberId: string, phone: string, value: object): object {
  const metadata = { display_phone_number: businessNumber, phone_number_id: phoneNumberId };
  const contacts = [{ profile: { name: `+${phone}` }, wa_id: phone, user_id: userIdOf(phone) }];
  const change = {
    value: { messaging_product: 'whatsapp', metadata, contacts, ...value },
    field: 'messages',
  };
  return { object: 'whatsapp_business_account', entry: [{ id: '900000000000001', changes: [change] }] };
}

/** The webhook for something a person did. `chosen` is there for a tapped choice. */
export function messageWebhook(
  phoneNumberId: string,
  message: { readonly id: string; readonly phone: string; readonly at: number },
  act: PhoneAct,
  chosen?: { readonly choice: PhoneChoice; readonly isRow: boolean },
): object {
  const common = {
    from: message.phone,
    from_user_id: userIdOf(message.phone),
    id: message.id,
    timestamp: String(Math.floor(message.at / 1000)),
  };
  const content = contentOf(act, message.id, chosen);
  return wrapped(phoneNumberId, message.phone, { messages: [{ ...common, ...content }] });
}

function contentOf(
  act: PhoneAct,
  id: string,
  chosen?: { readonly choice: PhoneChoice; readonly isRow: boolean },
): object {
  switch (act.kind) {
    case 'text':
      return { type: 'text', text: { body: act.text } };
    case 'choice': {
      const type = chosen?.isRow ? 'list_reply' : 'button_reply';
      const { title, description } = chosen?.choice ?? { title: act.value };
      const reply = { id: act.value, title, ...(description === undefined ? {} : { description }) };
      const context = { from: businessNumber, id: act.messageId };
      return { context, type: 'interactive', interactive: { type, [type]: reply } };
    }
    case 'voice':
      return {
        type: 'audio',
        audio: {
          id: `media-${id}`,
          mime_type: 'audio/ogg; codecs=opus',
          sha256: 'c2ltdWxhdGVk',
          voice: true,
        },
      };
    case 'photo':
      return { type: 'image', image: { id: `media-${id}`, mime_type: 'image/jpeg', sha256: 'c2ltdWxhdGVk' } };
    case 'location':
      return { type: 'location', location: { latitude: 14.6349, longitude: -90.5069 } };
    default:
      return act satisfies never;
  }
}

/** The webhook for what became of a message to a person. */
export function statusWebhook(
  phoneNumberId: string,
  status: {
    readonly id: string;
    readonly phone: string;
    readonly status: 'sent' | 'delivered' | 'read';
    readonly at: number;
    readonly tag: string | undefined;
  },
): object {
  const update = {
    id: status.id,
    status: status.status,
    timestamp: String(Math.floor(status.at / 1000)),
    recipient_id: status.phone,
    recipient_user_id: userIdOf(status.phone),
    ...(status.tag === undefined ? {} : { biz_opaque_callback_data: status.tag }),
  };
  return wrapped(phoneNumberId, status.phone, { statuses: [update] });
}
