import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { channelName } from '../../src/core/ids.ts';
import { createKeyRing } from '../../src/people/key-ring.ts';
import { SealBroken } from '../../src/people/seal.ts';
import { createVault } from '../../src/people/vault.ts';
import {
  ana,
  bytesOf,
  createDays,
  long,
  luis,
  one,
  textOf,
  two,
  vaultOf,
  whatsapp,
} from '../support/vaults.ts';

const at = Date.UTC(2026, 10, 24, 16, 0);

describe('what is sealed with a person’s key', () => {
  const vault = vaultOf(`k1:${one}`);
  const { key, wrapped } = vault.createPersonKey(ana);

  test.each([
    ['a short text', 'mi número es 5555 1234'],
    ['nothing', ''],
    ['a long text', long],
    ['any letters', 'ñandú 🧵 \u0000 \u2028'],
  ])('opens again: %s', (_what, text) => {
    const sealed = vault.seal(key, 'state:a:1', bytesOf(text));
    expect(textOf(vault.open(key, 'state:a:1', sealed))).toBe(text);
    expect(textOf(vault.open(vault.unwrapPersonKey(ana, wrapped), 'state:a:1', sealed))).toBe(text);
  });

  test('shows nothing of the text', () => {
    const sealed = Buffer.from(vault.seal(key, 'state:a:1', bytesOf('soldadura en Totonicapán'))).toString(
      'latin1',
    );
    expect(sealed).not.toContain('soldadura');
    expect(sealed).not.toContain('state');
  });

  test('is never the same twice', () => {
    const seals = Array.from({ length: 600 }, () =>
      Buffer.from(vault.seal(key, 'state:a:1', bytesOf('hola'))).toString('hex'),
    );
    expect(new Set(seals).size).toBe(600);
    expect(new Set(seals.map((seal) => seal.slice(2, 26))).size).toBe(600);
  });

  test.each([
    ['a short text', 'hola'],
    ['a long text', long],
  ])('does not open after a change of any bit: %s', (_what, text) => {
    const sealed = vault.seal(key, 'state:a:1', bytesOf(text));
    const opened = eachBitFlipped(sealed).filter((changed) => {
      try {
        vault.open(key, 'state:a:1', changed);
        return true;
      } catch (error) {
        return !(error instanceof SealBroken);
      }
    });
    expect(opened).toEqual([]);
  });

  test('does not open when it is cut or empty', () => {
    const sealed = vault.seal(key, 'state:a:1', bytesOf('hola'));
    for (let length = 0; length < sealed.length; length += 1) {
      expect(() => vault.open(key, 'state:a:1', sealed.subarray(0, length))).toThrow(SealBroken);
    }
  });

  test('does not open in another context, so that records cannot be swapped', () => {
    const sealed = vault.seal(key, 'state:a:1', bytesOf('hola'));
    for (const context of ['state:a:2', 'state:b:1', 'outbox:a', '', 'state:a:1 ']) {
      expect(() => vault.open(key, context, sealed)).toThrow(SealBroken);
    }
  });

  test('does not open with the key of somebody else', () => {
    const other = vault.createPersonKey(luis).key;
    const sealed = vault.seal(key, 'state:a:1', bytesOf('hola'));
    expect(() => vault.open(other, 'state:a:1', sealed)).toThrow(SealBroken);
  });

  test('takes less room than the text when that is long', () => {
    expect(vault.seal(key, 'state:a:1', bytesOf(long)).length).toBeLessThan(400);
  });

  test('is refused when it is too large ever to be opened', () => {
    const huge = new Uint8Array(8 * 1024 * 1024 + 1);
    expect(() => vault.seal(key, 'state:a:1', huge)).toThrow(RangeError);
  });
});

describe('the key of a person', () => {
  const vault = vaultOf(`k1:${one}`);

  test('is another one each time', () => {
    const first = vault.createPersonKey(ana);
    const second = vault.createPersonKey(ana);
    const sealed = vault.seal(first.key, 'c', bytesOf('hola'));
    expect(() => vault.open(second.key, 'c', sealed)).toThrow(SealBroken);
  });

  test('is bound to the conversation it was made for', () => {
    const { wrapped } = vault.createPersonKey(ana);
    expect(() => vault.unwrapPersonKey(luis, wrapped)).toThrow(SealBroken);
  });

  test('does not unwrap after a change of any bit', () => {
    const { wrapped } = vault.createPersonKey(ana);
    for (const changed of eachBitFlipped(wrapped)) {
      expect(() => vault.unwrapPersonKey(ana, changed)).toThrow(SealBroken);
    }
  });

  test('is neither printed nor written as JSON', () => {
    const known = Buffer.alloc(32, 'canary-of-a-key-');
    const parts = { keys: createKeyRing(`k1:${one}`), clock: { monotonic: () => 0 } };
    const bytes = (count: number): Uint8Array => (count === 32 ? known : randomBytes(count));
    const { key } = createVault({ ...parts, daySecret: createDays().secretOf, bytes }).createPersonKey(ana);
    for (const shown of [JSON.stringify({ key }), inspect({ key }, { depth: 9, showHidden: true })]) {
      expect(shown).not.toContain('canary');
      expect(shown).not.toContain(known.toString('base64url').slice(0, 12));
      expect(shown).not.toContain('63 61 6e 61 72 79');
    }
  });
});

describe('what is sealed for a day', () => {
  test('opens again, in another process too', async () => {
    const days = createDays();
    const sealed = await vaultOf(`k1:${one}`, days).sealForDay('event:a', bytesOf('hola'), at);
    expect(textOf(await vaultOf(`k1:${one}`, days).openFromDay('event:a', sealed))).toBe('hola');
  });

  test('is gone once the secret of its day is destroyed, and the next day’s is not', async () => {
    const days = createDays();
    const vault = vaultOf(`k1:${one}`, days);
    const [old, next] = [
      await vault.sealForDay('event:a', bytesOf('ayer'), at),
      await vault.sealForDay('event:a', bytesOf('hoy'), at + 86_400_000),
    ];
    days.destroyBefore(Math.floor(at / 86_400_000) + 1);
    const later = vaultOf(`k1:${one}`, days);
    expect(await later.openFromDay('event:a', old)).toBeUndefined();
    expect(textOf(await later.openFromDay('event:a', next))).toBe('hoy');
  });

  test('is gone five minutes later where the day’s key was still in memory', async () => {
    let now = 0;
    const days = createDays();
    const vault = vaultOf(`k1:${one}`, days, { monotonic: () => now });
    const sealed = await vault.sealForDay('event:a', bytesOf('ayer'), at);
    days.destroyBefore(Math.floor(at / 86_400_000) + 1);
    now = 5 * 60_000;
    expect(await vault.openFromDay('event:a', sealed)).toBeUndefined();
    await expect(vault.sealForDay('event:a', bytesOf('hoy'), at)).rejects.toThrow(RangeError);
  });

  test('does not ask the store for the secret each time', async () => {
    const days = createDays();
    const vault = vaultOf(`k1:${one}`, days);
    for (let count = 0; count < 50; count += 1) {
      await vault.openFromDay('event:a', await vault.sealForDay('event:a', bytesOf('hola'), at));
    }
    expect(days.asked()).toBe(1);
  });

  test('does not open in another context or after a change of any bit', async () => {
    const days = createDays();
    const vault = vaultOf(`k1:${one}`, days);
    const sealed = await vault.sealForDay('event:a', bytesOf('hola'), at);
    days.destroyBefore(1);
    await expect(vault.openFromDay('event:b', sealed)).rejects.toThrow(SealBroken);
    for (const changed of eachBitFlipped(sealed)) {
      const outcome = await vault.openFromDay('event:a', changed).catch((error: unknown) => error);
      // A day number of before the first secret reads as a day that was destroyed.
      const isBeforeAllDays = outcome === undefined && Buffer.from(changed).readInt32BE(5) < 1;
      if (!isBeforeAllDays) expect(outcome).toBeInstanceOf(SealBroken);
    }
  });

  test('opens with no other day’s secret', async () => {
    const sealed = await vaultOf(`k1:${one}`).sealForDay('event:a', bytesOf('hola'), at);
    await expect(vaultOf(`k1:${one}`).openFromDay('event:a', sealed)).rejects.toThrow(SealBroken);
  });
});

describe('keyed hashes', () => {
  const vault = vaultOf(`k1:${one}`);

  test('tell channel, account and person apart', () => {
    const hashes = [
      vault.aliasOf(whatsapp, '100', '50255551234'),
      vault.aliasOf(whatsapp, '100', '50255551235'),
      vault.aliasOf(whatsapp, '101', '50255551234'),
      vault.aliasOf(channelName('directline'), '100', '50255551234'),
      vault.aliasOf(whatsapp, '1005', '0255551234'),
      vaultOf(`k1:${two}`).aliasOf(whatsapp, '100', '50255551234'),
    ];
    expect(new Set(hashes).size).toBe(6);
  });

  test('of a message id have sixteen bytes and say nothing about the same id elsewhere', () => {
    const hash = vault.dedupeOf(whatsapp, '100', '50255551234');
    expect(Buffer.from(hash, 'base64url')).toHaveLength(16);
    expect(vault.aliasOf(whatsapp, '100', '50255551234').startsWith(hash.slice(0, 8))).toBe(false);
  });

  test('for logs change every month and hold no digit', () => {
    const november = vault.logIdOf(ana, Date.UTC(2026, 10, 1));
    expect(vault.logIdOf(ana, Date.UTC(2026, 10, 30, 23, 59))).toBe(november);
    expect(vault.logIdOf(ana, Date.UTC(2026, 11, 1))).not.toBe(november);
    expect(vault.logIdOf(ana, Date.UTC(2027, 10, 1))).not.toBe(november);
    expect(november).toMatch(/^[a-p]{24}$/u);
  });
});

function eachBitFlipped(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.length * 8 }, (_none, bit) => {
    const changed = Uint8Array.from(bytes);
    const place = bit >> 3;
    changed[place] = (changed[place] ?? 0) ^ (1 << (bit & 7));
    return changed;
  });
}
