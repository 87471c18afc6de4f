import { type CountryCode, channelName, countryCode } from '../../core/ids.ts';
import type { ChannelAddress, SenderFacts } from '../../core/message.ts';

/** The channel's name in addresses, aliases and logs. */
export const whatsapp = channelName('whatsapp');

/** Business-scoped user id, or the parent form `GT.ENT....` (whatsapp-cloud-api.md 2.5). */
const userIdForm = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/u;
const phoneForm = /^\d{6,15}$/u;

/** Whether a recipient is a business-scoped user id and not a phone number. */
export const isUserId = (recipient: string): boolean => userIdForm.test(recipient);
/** Whether a recipient is a phone number: digits with country code. */
export const isPhone = (recipient: string): boolean => phoneForm.test(recipient);

/** The ids WhatsApp may give for one person; any may be missing or of a wrong form. */
export interface KnownIds {
  readonly userId?: string | undefined;
  readonly parentUserId?: string | undefined;
  readonly phone?: string | undefined;
}

/** Every sound id, steadiest first: user id, parent id, phone in normal form, the other forms of the phone. */
export function everyId(ids: KnownIds): readonly string[] {
  const userIds = [ids.userId, ids.parentUserId].filter((id) => id !== undefined && isUserId(id));
  const phones = ids.phone !== undefined && isPhone(ids.phone) ? phoneForms(ids.phone) : [];
  // `filter` above removed undefined, which TypeScript cannot see through `&&`.
  return [...new Set([...(userIds as string[]), ...phones])];
}

/** Where to answer: the phone exactly as received, else the user id. */
export function addressOf(account: string, ids: KnownIds): ChannelAddress | undefined {
  const recipient = ids.phone !== undefined && isPhone(ids.phone) ? ids.phone : ids.userId;
  if (recipient === undefined || !(isPhone(recipient) || isUserId(recipient))) return undefined;
  return { channel: whatsapp, account, recipient };
}

interface NumberPlan {
  readonly form: RegExp;
  readonly forms: (national: string) => readonly [string, string];
}

/**
 * Countries where one person appears under two numbers, normal form first: Mexico 52 and 521, Argentina 549 and 54,
 * Brazil with and without the ninth digit (whatsapp-cloud-api.md 8).
 */
const doublePlans: readonly NumberPlan[] = [
  { form: /^521?(\d{10})$/u, forms: (national) => [`52${national}`, `521${national}`] },
  { form: /^549?(\d{10})$/u, forms: (national) => [`549${national}`, `54${national}`] },
  {
    form: /^55(\d{2}9?[6-9]\d{7})$/u,
    forms: (national) => {
      const [area, subscriber] = [national.slice(0, 2), national.slice(-8)];
      return [`55${area}9${subscriber}`, `55${area}${subscriber}`];
    },
  },
];

/** All forms of a phone number under which the same person may appear, normal form first. */
export function phoneForms(phone: string): readonly [string, ...string[]] {
  for (const plan of doublePlans) {
    const national = plan.form.exec(phone)?.[1];
    if (national !== undefined) return plan.forms(national);
  }
  return [phone];
}

const servedNumbers: readonly (readonly [RegExp, CountryCode])[] = [
  [/^501\d{7}$/u, countryCode('BZ')],
  [/^502\d{8}$/u, countryCode('GT')],
  [/^503\d{8}$/u, countryCode('SV')],
  [/^504\d{8}$/u, countryCode('HN')],
  [/^505\d{8}$/u, countryCode('NI')],
  [/^506\d{8}$/u, countryCode('CR')],
  [/^507\d{7,8}$/u, countryCode('PA')],
  [/^521?\d{10}$/u, countryCode('MX')],
  [/^1(?:809|829|849)\d{7}$/u, countryCode('DO')],
];

/** What the number says about its owner: the country, for served countries only. */
export function senderFacts(ids: KnownIds): SenderFacts {
  const country = servedNumbers.find(([form]) => form.test(ids.phone ?? ''))?.[1];
  return country === undefined ? {} : { numberCountry: country };
}
