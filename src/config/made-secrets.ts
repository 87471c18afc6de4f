import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { SetupFaults } from '../core/errors.ts';
import type { SettingName } from './table.ts';

type MadeSecrets = Partial<Record<SettingName, string>>;

/** What a development start makes for itself; the WhatsApp ones serve the stand-in. */
const makers: Readonly<MakerTable> = {
  WHATSAPP_VERIFY_TOKEN: () => randomText(24),
  WHATSAPP_APP_SECRET: () => randomText(32),
  WHATSAPP_ACCESS_TOKEN: () => randomText(32),
  WHATSAPP_PHONE_NUMBER_ID: () => '100000000000001',
  DIRECTLINE_SECRET: () => randomText(32),
  ENCRYPTION_KEYS: () => `k1:${randomText(32)}`,
};
type MakerTable = Partial<Record<SettingName, () => string>>;

/** Names of secrets that a development start makes at random when they are missing. */
export const madeNames = Object.keys(makers) as readonly SettingName[];

/** As below; a folder that cannot be used is a fault of the setting. */
export function keepSecrets(dataDir: string, names: readonly SettingName[]): MadeSecrets {
  try {
    return keep(dataDir, names);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SetupFaults([`DATA_DIR: cannot keep secrets there: ${why}`]);
  }
}

/** Reads `secrets.json` of the data folder, makes what is missing, keeps it there for the next start (mode 0600). */
function keep(dataDir: string, names: readonly SettingName[]): MadeSecrets {
  if (names.length === 0) return {};
  const file = path.join(dataDir, 'secrets.json');
  const kept: MadeSecrets = existsSync(file) ? read(file) : {};
  const missing = names.filter((name) => kept[name] === undefined);
  if (missing.length === 0) return kept;
  const all = { ...kept, ...Object.fromEntries(missing.map((name) => [name, makers[name]?.()])) };
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(all, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
  chmodSync(file, 0o600);
  return all;
}

function read(file: string): MadeSecrets {
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof value !== 'object' || value === null) return {};
  const texts = Object.entries(value).filter(([, text]) => typeof text === 'string');
  return Object.fromEntries(texts);
}

const randomText = (bytes: number): string => randomBytes(bytes).toString('base64url');
