import { teamHours, timeZone } from './hours.ts';
import {
  fitting,
  isLoopback,
  oneOf,
  originList,
  secretPair,
  trustProxy,
  webAddress,
  wholeNumber,
  words,
  type Reader,
} from './readers.ts';

/** One setting: what it is for, how it is read, what counts when it is not set, and whether it may never be shown. */
export interface Setting<Value> {
  readonly help: string;
  readonly read: Reader<Value>;
  readonly fallback?: string;
  readonly isSecret?: true;
}

const setting = <Value>(
  help: string,
  read: Reader<Value>,
  more: { readonly fallback?: string; readonly isSecret?: true } = {},
): Setting<Value> => ({ help, read, ...more });

const hidden = { isSecret: true } as const;
const country = fitting(/^[A-Za-z]{2}$/u, 'a country of two letters, such as GT');
const publicPlain = (url: URL): boolean => isLoopback(url);

/** Every setting of contract.md section 2, in the order `puente config` shows them. */
export const settingTable = {
  NODE_ENV: setting('`production` refuses missing, short or sample secrets.', words, {
    fallback: 'development',
  }),
  PORT: setting('Port to listen on; 0 takes a free one.', wholeNumber(0, 65_535), { fallback: '3978' }),
  HOST: setting('Address to listen on; 0.0.0.0 for all of this machine.', words, { fallback: '127.0.0.1' }),
  PUBLIC_URL: setting('Where people reach this service.', webAddress(publicPlain, 'an https:// address')),
  TRUST_PROXY: setting('Proxies before us that may say who calls: how many, or their addresses.', trustProxy),
  DATA_DIR: setting('Folder for the embedded store and for keys made at random.', words, {
    fallback: './data',
  }),
  ORGANISATION_NAME: setting('Who runs this service; people are told.', words),
  ORGANISATION_KIND: setting(
    'What kind of organisation that is; people are told.',
    oneOf('ngo', 'municipality', 'government', 'international', 'church'),
    { fallback: 'ngo' },
  ),
  ORGANISATION_CONTACT: setting('Phone or address of the organisation, for people who need a human.', words),
  PRIVACY_URL: setting(
    'The privacy notice.',
    webAddress(() => true, 'a web address'),
  ),
  DEFAULT_COUNTRY: setting('Country an answer works with when nothing else is known.', country),
  DEFAULT_LANGUAGE: setting('Language of the first answer.', oneOf('es', 'en'), { fallback: 'es' }),
  TEAM_HOURS: setting('When a person answers; unset: nobody does, and people are told so.', teamHours),
  TEAM_TIME_ZONE: setting('Time zone of TEAM_HOURS.', timeZone, { fallback: 'America/Guatemala' }),
  TEAM_ANSWERS_WITHIN: setting('Minutes until a person answers when on duty.', wholeNumber(1, 2_880), {
    fallback: '30',
  }),
  TEAM_LONG_QUEUE: setting(
    'From this many waiting people on, the queue is called long.',
    wholeNumber(1, 10_000),
    {
      fallback: '10',
    },
  ),
  REDIS_URL: setting(
    'Redis for more than one process; unset: the embedded store in DATA_DIR.',
    words,
    hidden,
  ),
  LEASE_MS: setting('Milliseconds until a silent worker’s share is taken over.', wholeNumber(500, 60_000), {
    fallback: '10000',
  }),
  REDIS_DURABILITY: setting('When a write to Redis counts as kept.', oneOf('always', 'wait', 'everysec')),
  WHATSAPP_VERIFY_TOKEN: setting('Word that Meta repeats when it verifies the webhook.', words, hidden),
  WHATSAPP_APP_SECRET: setting(
    'Signs the webhooks; two, comma-separated, while changing.',
    secretPair,
    hidden,
  ),
  WHATSAPP_ACCESS_TOKEN: setting('Lets us send through the Graph API.', words, hidden),
  WHATSAPP_PHONE_NUMBER_ID: setting('Our number’s id at Meta.', fitting(/^\d{1,20}$/u, 'digits only')),
  WHATSAPP_API_BASE_URL: setting(
    'The Graph API.',
    webAddress(isLoopback, 'an https:// address, or http:// on this machine'),
    { fallback: 'https://graph.facebook.com' },
  ),
  WHATSAPP_API_VERSION: setting(
    'Version of the Graph API.',
    fitting(/^v\d{1,2}\.\d$/u, 'a version such as v26.0'),
    {
      fallback: 'v26.0',
    },
  ),
  WHATSAPP_MESSAGES_PER_SECOND: setting(
    'Messages a second Meta lets our number send.',
    wholeNumber(1, 1_000),
    {
      fallback: '80',
    },
  ),
  DIRECTLINE_SECRET: setting('Signs web chat tokens.', words, hidden),
  DIRECTLINE_TOKEN_SECONDS: setting('How long a web chat token lives.', wholeNumber(900, 86_400), {
    fallback: '1800',
  }),
  WEBCHAT_ORIGINS: setting('Other web sites that may show the chat.', originList),
  MICROSOFT_APP_ID: setting('Bot Framework channels: the app’s id.', words),
  MICROSOFT_APP_PASSWORD: setting('Bot Framework channels: the app’s password.', words, hidden),
  MICROSOFT_APP_TENANT_ID: setting('Bot Framework channels: the tenant.', words),
  OPENAI_API_KEY: setting('Key of an OpenAI-compatible service; unset: none is used.', words, hidden),
  OPENAI_BASE_URL: setting('Address of that service.', webAddress(isLoopback, 'an https:// address')),
  OPENAI_MODEL: setting('Model that chooses among intents.', words),
  OPENAI_TRANSCRIBE_MODEL: setting('Model that turns voice into text.', words),
  ENCRYPTION_KEYS: setting('Master keys, newest first.', words, hidden),
  SMTP_URL: setting('Mail server for telling staff.', words, hidden),
  PUSH_CONTACT: setting('Contact shown to web push services.', words),
  ONCALL_WHATSAPP: setting('Phone that is told of danger.', fitting(/^\+?\d{8,15}$/u, 'a phone number')),
  DESK_OIDC_ISSUER: setting('Sign-in service of the desk.', webAddress(isLoopback, 'an https:// address')),
  METRICS_TOKEN: setting('Bearer token for /metrics; unset: only from this machine.', words, hidden),
  LOG_LEVEL: setting('How much is logged.', oneOf('debug', 'info', 'warn', 'error'), { fallback: 'info' }),
} as const;

/** A setting's name. */
export type SettingName = keyof typeof settingTable;

type ValueOf<Name extends SettingName> =
  (typeof settingTable)[Name] extends Setting<infer Value> ? Value : never;

/** What was read: absent when neither set nor with a fallback. */
export type SettingValues = { readonly [Name in SettingName]?: ValueOf<Name> };
