import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { aliasHash, dedupeHash } from '../core/ids.ts';
import type { Clock, PersonKey, Vault } from '../core/ports.ts';
import { createDayKeys } from './day-keys.ts';
import type { KeyRing, MasterKey } from './key-ring.ts';
import { labelOf, nonceLength, seal, SealBroken, unseal } from './seal.ts';

const dayLength = 24 * 60 * 60 * 1000;
const keyLength = 32;
const dedupeLength = 16;
const logIdLength = 12;
/** A day's seal names its master (4 bytes) and the day (4 bytes); a wrapped key only its master. */
const dayLabelLength = 8;
const wrapLabelLength = 4;
const noLabel = new Uint8Array(0);
/** Nonces drawn at once: asking for twelve bytes each time costs more than sealing a short text. */
const noncesDrawn = 256;

/** What the vault works with. */
export interface VaultParts {
  readonly keys: KeyRing;
  /** The store's secret of a UTC day since 1970; undefined when it was destroyed. */
  readonly daySecret: (day: number) => Promise<Uint8Array | undefined>;
  /** Random bytes fit for keys (`randomBytes` of node:crypto). */
  readonly bytes: (count: number) => Uint8Array;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** What a PersonKey of this vault is: an object of ours, whose secret is neither printed nor turned into JSON. */
interface OpenKey extends PersonKey {
  readonly secret: KeyObject;
}

/**
 * Seals and opens everything personal with AES-256-GCM, makes people's keys and the keyed hashes that find them
 * (docs/decisions/0003-keys.md). After a day's secret was destroyed its key stays in memory for at most five minutes. Throws
 * SealBroken for whatever was changed; a damaged day number can also read as a day that was destroyed.
 */
export function createVault({ keys, daySecret, bytes, clock }: VaultParts): Vault {
  const days = createDayKeys(daySecret, clock);
  const newNonce = nonceSource(bytes);
  const [newest] = keys.masters;
  const masterOf = (mark: Buffer): MasterKey => {
    const found = keys.masters.find((master) => master.mark.equals(mark));
    if (found === undefined) throw new SealBroken('sealed with a master key that is not in the ring');
    return found;
  };
  const wrap = (conversation: string, secret: Uint8Array): Uint8Array => {
    const { wrapping: key, mark: label } = newest;
    const wrapped = seal({ key, label, context: wrapContext(conversation), nonce: newNonce() }, secret);
    // A copy: small buffers share memory, and this one is held long.
    return Uint8Array.from(wrapped);
  };
  const unwrap = (conversation: string, wrapped: Uint8Array): Uint8Array => {
    const { wrapping: key } = masterOf(labelOf(wrapped, wrapLabelLength));
    return unseal(key, wrapLabelLength, wrapContext(conversation), wrapped);
  };

  return {
    sealForDay: async (context, plain, at) => {
      const day = Math.floor(at / dayLength);
      const key = days.held(newest, day) ?? (await days.fetch(newest, day));
      if (key === undefined) throw new RangeError('the secret of that day was destroyed');
      return seal({ key, label: dayLabel(newest, day), context, nonce: newNonce() }, plain);
    },
    openFromDay: async (context, sealed) => {
      const label = labelOf(sealed, dayLabelLength);
      const master = masterOf(label.subarray(0, wrapLabelLength));
      const day = label.readInt32BE(wrapLabelLength);
      const key = days.held(master, day) ?? (await days.fetch(master, day));
      return key === undefined ? undefined : unseal(key, dayLabelLength, context, sealed);
    },
    createPersonKey: (conversation) => {
      const secret = bytes(keyLength);
      return { key: personKey(secret), wrapped: wrap(conversation, secret) };
    },
    unwrapPersonKey: (conversation, wrapped) => personKey(unwrap(conversation, wrapped)),
    rewrapPersonKey: (conversation, wrapped) =>
      newest.mark.equals(labelOf(wrapped, wrapLabelLength))
        ? wrapped
        : wrap(conversation, unwrap(conversation, wrapped)),
    seal: (key, context, plain) =>
      seal({ key: secretOf(key), label: noLabel, context, nonce: newNonce() }, plain),
    open: (key, context, sealed) => unseal(secretOf(key), 0, context, sealed),
    ...keyedHashes(keys),
  };
}

function keyedHashes(keys: KeyRing): Pick<Vault, 'aliasOf' | 'dedupeOf' | 'logIdOf'> {
  return {
    aliasOf: (channel, account, personId) =>
      aliasHash(hashOf(keys.alias, [channel, account, personId]).toString('base64url')),
    dedupeOf: (channel, account, message) =>
      dedupeHash(
        hashOf(keys.dedupe, [channel, account, message]).subarray(0, dedupeLength).toString('base64url'),
      ),
    logIdOf: (id, at) => lettersOf(hashOf(keys.log, [monthOf(at), id]).subarray(0, logIdLength)),
  };
}

/** The last part may hold anything; the ones before are ours and hold no line end. */
function hashOf(key: KeyObject, parts: readonly string[]): Buffer {
  return createHmac('sha256', key).update(parts.join('\n')).digest();
}

function monthOf(at: number): string {
  const date = new Date(at);
  return `${date.getUTCFullYear()}-${date.getUTCMonth()}`;
}

/** Letters only, so that no hash can look like a phone number. */
function lettersOf(hash: Buffer): string {
  return hash.toString('hex').replace(/\d/gu, (digit) => String.fromCharCode(0x67 + Number(digit)));
}

function dayLabel(master: MasterKey, day: number): Buffer {
  const label = Buffer.alloc(dayLabelLength);
  master.mark.copy(label);
  label.writeInt32BE(day, wrapLabelLength);
  return label;
}

const wrapContext = (conversation: string): string => `person-key:${conversation}`;

function personKey(secret: Uint8Array): PersonKey {
  const key: OpenKey = { kind: 'person-key', secret: createSecretKey(secret) };
  return key;
}

// Every PersonKey there is was made by `personKey`.
const secretOf = (key: PersonKey): KeyObject => (key as OpenKey).secret;

function nonceSource(bytes: (count: number) => Uint8Array): () => Uint8Array {
  let drawn: Uint8Array = noLabel;
  let used = 0;
  return () => {
    if (used === drawn.length) {
      drawn = bytes(nonceLength * noncesDrawn);
      used = 0;
    }
    used += nonceLength;
    return drawn.subarray(used - nonceLength, used);
  };
}
