import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { keepSecrets, madeNames } from './config/made-secrets.ts';
import { readAll, type ReadSettings, type SettingLine, type SettingTexts } from './config/read.ts';
import { isWeakSecret } from './config/readers.ts';
import type { SettingName, SettingValues } from './config/table.ts';

export type { SettingLine } from './config/read.ts';
export type { SettingName } from './config/table.ts';

/** What must be there, whatever it says: fallbacks, made secrets and `productionFaults` see to it. */
type Sure =
  'NODE_ENV' | 'PORT' | 'HOST' | 'DATA_DIR' | 'ORGANISATION_KIND' | 'DEFAULT_LANGUAGE' | 'LOG_LEVEL';
type SureNumbers =
  | 'TEAM_ANSWERS_WITHIN'
  | 'TEAM_LONG_QUEUE'
  | 'DIRECTLINE_TOKEN_SECONDS'
  | 'LEASE_MS'
  | 'WHATSAPP_MESSAGES_PER_SECOND';
type SureTexts =
  | 'TEAM_TIME_ZONE'
  | 'WHATSAPP_API_BASE_URL'
  | 'WHATSAPP_API_VERSION'
  | 'DIRECTLINE_SECRET'
  | 'ENCRYPTION_KEYS';
type SureName = Sure | SureNumbers | SureTexts;

/** The settings of a running service. */
export type Settings = Omit<SettingValues, SureName> &
  Required<Pick<SettingValues, SureName>> & {
    readonly isProduction: boolean;
    /** `account`: Meta's own; `stand-in`: ours, outside production; `off`: no WhatsApp. */
    readonly whatsapp: 'account' | 'stand-in' | 'off';
  };

/** What was found: settings when nothing is wrong, and always the lines for `puente config`. */
export interface Configuration {
  readonly settings?: Settings;
  readonly lines: readonly SettingLine[];
  readonly faults: readonly string[];
}

/** Further checks of a setting's text, by parts that configuration does not know. Gives faults as sentences. */
export type FurtherChecks = Partial<Record<SettingName, (text: string) => readonly string[]>>;

const whatsappNames = [
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_ACCESS_TOKEN',
  'WHATSAPP_PHONE_NUMBER_ID',
] as const;

const checkedSecrets = [
  'WHATSAPP_VERIFY_TOKEN',
  'WHATSAPP_APP_SECRET',
  'WHATSAPP_ACCESS_TOKEN',
  'DIRECTLINE_SECRET',
  'METRICS_TOKEN',
] as const;

/** Reads the environment and `.env`; in a development start missing secrets are made at random and kept in DATA_DIR. */
export function readConfiguration(further: FurtherChecks = {}): Configuration {
  const texts = { environment: process.env, file: readEnvFile(), made: {} };
  const isSet = (name: SettingName): boolean => Boolean(texts.environment[name]) || Boolean(texts.file[name]);
  const { values } = readAll(texts);
  const isProduction = values.NODE_ENV === 'production';
  // In production one of them set means an account is meant, and what is missing is named.
  const isOurs = isProduction
    ? whatsappNames.some(isSet)
    : isSet('WHATSAPP_ACCESS_TOKEN') || isSet('WHATSAPP_API_BASE_URL');
  const whatsapp = isOurs ? 'account' : isProduction ? 'off' : 'stand-in';
  const missing = isProduction ? [] : madeNames.filter((name) => !isSet(name));
  const made = missing.length === 0 ? {} : keepSecrets(values.DATA_DIR ?? './data', missing);
  const read = readAll({ ...texts, made });
  const faults = [
    ...read.faults,
    ...furtherFaults(texts, further),
    ...pairFaults(read),
    ...(isProduction ? productionFaults(read, isOurs) : []),
  ];
  if (faults.length > 0) return { lines: read.lines, faults };
  const settings = { ...read.values, isProduction, whatsapp } as Settings; // fallbacks and productionFaults see to the sure ones
  return { settings, lines: read.lines, faults };
}

function readEnvFile(): Readonly<Record<string, string | undefined>> {
  return existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
}

function furtherFaults(texts: SettingTexts, further: FurtherChecks): readonly string[] {
  return Object.entries(further).flatMap(([name, check]) => {
    const text = texts.environment[name] ?? texts.file[name] ?? '';
    return text === '' ? [] : check(text).map((fault) => `${name}: ${fault}`);
  });
}

/** Settings that mean nothing without each other. */
function pairFaults({ values }: ReadSettings): readonly string[] {
  const isHalf = (values.OPENAI_API_KEY === undefined) !== (values.OPENAI_MODEL === undefined);
  const needed = values.OPENAI_API_KEY === undefined ? 'OPENAI_API_KEY' : 'OPENAI_MODEL';
  return isHalf && values.OPENAI_TRANSCRIBE_MODEL === undefined
    ? [`${needed}: must be set with the other one, or neither`]
    : [];
}

/** What production refuses: anything missing, short, from a sample, or in plain sight. */
function productionFaults({ values, lines }: ReadSettings, hasAccount: boolean): readonly string[] {
  const needed: readonly SettingName[] = [
    ...(hasAccount ? whatsappNames : []),
    ...(['ORGANISATION_NAME', 'DIRECTLINE_SECRET', 'ENCRYPTION_KEYS'] as const),
  ];
  const absent = lines.filter(({ name, source }) => needed.includes(name) && source === 'not set');
  const weak = checkedSecrets.filter((name) => [values[name] ?? []].flat().some(isWeakSecret));
  const isPlain = values.WHATSAPP_API_BASE_URL?.startsWith('http://') === true;
  return [
    ...absent.map(({ name, help }) => `${name}: must be set. ${help}`),
    ...weak.map((name) => `${name}: expected at least 16 characters that nobody copied from a sample`),
    ...(isPlain ? ['WHATSAPP_API_BASE_URL: in production only https:// is taken'] : []),
  ];
}
