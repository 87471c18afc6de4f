import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { SetupFaults } from '../core/errors.ts';

/**
 * One master key, as the keys derived from it. The name for seals is made from the key itself, so that renaming or
 * reordering the setting changes nothing that is stored.
 */
export interface MasterKey {
  /** Four bytes that say in a seal which master opens it. */
  readonly mark: Buffer;
  /** Wraps the keys of people. */
  readonly wrapping: KeyObject;
  /** Together with a day's secret, makes the key of that day. */
  readonly days: KeyObject;
}

/**
 * The keys of ENCRYPTION_KEYS. Sealing uses the newest master, opening any of them. Looking people up by keyed hash must go on
 * working when masters change, so its keys come from the entry called `index`, a copy of the first master there ever was; while
 * that one is alone the entry may be left out (docs/decisions/0003-keys.md).
 */
export interface KeyRing {
  readonly masters: readonly [MasterKey, ...MasterKey[]];
  readonly alias: KeyObject;
  readonly dedupe: KeyObject;
  readonly log: KeyObject;
}

interface Entry {
  readonly name: string;
  readonly key: Buffer;
}

const indexName = 'index';
const nameForm = /^[a-z][a-z0-9-]{0,31}$/u;
const keyForm = /^[A-Za-z0-9+/_-]{43}=?$/u;
const keyLength = 32;
const expected = `expected "name:key" pairs, comma-separated, newest first, each key ${keyLength} random bytes in base64url (43 characters)`;
const sampleWords = /change.?me|replace|sample|example|secret|password|default/iu;
/** Of 32 random bytes about thirty differ; fewer than this never happens by chance. */
const fewestDifferent = 16;

/** What is wrong with the text of ENCRYPTION_KEYS, as sentences that name an entry but never show a key. */
export function keyRingFaults(text: string): readonly string[] {
  const parts = text.split(',').map((part) => part.trim());
  if (text.trim() === '') return [expected];
  const faults = parts.flatMap((part, index) => entryFaults(part, index));
  if (faults.length > 0) return faults;
  const entries = parts.map(readEntry);
  const names = entries.map(({ name }) => name);
  const masters = entries.filter(({ name }) => name !== indexName);
  const repeatedNames = names.filter((name, index) => names.indexOf(name) !== index);
  const repeatedKeys = masters.filter(({ key }, index) =>
    masters.slice(0, index).some((earlier) => earlier.key.equals(key)),
  );
  return [
    ...repeatedNames.map((name) => `the name "${name}" stands twice`),
    ...repeatedKeys.map(({ name }) => `the key "${name}" is the same as another one`),
    ...(masters.length === 0 ? [`a key besides "${indexName}" is needed to seal with`] : []),
    ...(masters.length > 1 && !names.includes(indexName)
      ? [
          `with several keys, one more called "${indexName}" is needed: a copy of the one that was alone before`,
        ]
      : []),
  ];
}

/** The key ring of a text without faults; throws SetupFaults with all of them otherwise. */
export function createKeyRing(text: string): KeyRing {
  const faults = keyRingFaults(text);
  const entries = faults.length > 0 ? [] : text.split(',').map((part) => readEntry(part.trim()));
  const [newest, ...older] = entries.filter(({ name }) => name !== indexName).map(({ key }) => masterOf(key));
  const index = entries.find(({ name }) => name === indexName) ?? entries[0];
  if (newest === undefined || index === undefined)
    throw new SetupFaults(faults.map((fault) => `ENCRYPTION_KEYS: ${fault}`));
  return {
    masters: [newest, ...older],
    alias: derive(index.key, 'alias'),
    dedupe: derive(index.key, 'dedupe'),
    log: derive(index.key, 'log'),
  };
}

function entryFaults(part: string, index: number): readonly string[] {
  const [name = '', key = '', ...rest] = part.split(':');
  // Without a colon it is no name but perhaps the secret itself: it is not shown.
  const isNamed = nameForm.test(name) && part.includes(':');
  const place = isNamed ? `the key "${name}"` : `entry ${index + 1}`;
  if (!isNamed || rest.length > 0) return [`${place}: ${expected}`];
  if (!keyForm.test(key)) return [`${place} is not ${keyLength} bytes in base64url (43 characters)`];
  return looksMade(key) ? [`${place} looks like a sample: make one at random`] : [];
}

function readEntry(part: string): Entry {
  const [name = '', key = ''] = part.split(':');
  return { name, key: Buffer.from(key, 'base64url') };
}

/** Whether somebody typed or copied this: words, runs and patterns that chance does not make. */
function looksMade(key: string): boolean {
  const bytes = Buffer.from(key, 'base64url');
  const letters = Buffer.from(key);
  const runs = letters.filter((letter, at) => Math.abs(letter - (letters[at - 1] ?? Number.NaN)) <= 1);
  const isWritten = bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return (
    new Set(bytes).size < fewestDifferent ||
    runs.length > key.length / 2 ||
    isWritten ||
    sampleWords.test(key)
  );
}

function masterOf(key: Buffer): MasterKey {
  return {
    mark: Buffer.from(hkdfSync('sha256', key, '', 'puente mark', 4)),
    wrapping: derive(key, 'wrapping'),
    days: derive(key, 'days'),
  };
}

function derive(key: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `puente ${purpose}`, keyLength)));
}
