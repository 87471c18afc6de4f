import { describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
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

describe('changing master keys', () => {
  test('what the old one sealed opens with both in the ring; new things need only the new one', async () => {
    const days = createDays();
    const [before, during, after] = [
      vaultOf(`k1:${one}`, days),
      vaultOf(`k2:${two},k1:${one},index:${one}`, days),
      vaultOf(`k2:${two},index:${one}`, days),
    ];
    const old = before.createPersonKey(ana);
    const oldSeal = before.seal(old.key, 'c', bytesOf('de antes'));
    const oldEvent = await before.sealForDay('e', bytesOf('de antes'), at);
    expect(textOf(during.open(during.unwrapPersonKey(ana, old.wrapped), 'c', oldSeal))).toBe('de antes');
    expect(textOf(await during.openFromDay('e', oldEvent))).toBe('de antes');

    const fresh = during.createPersonKey(luis);
    const freshSeal = during.seal(fresh.key, 'c', bytesOf('de ahora'));
    const freshEvent = await during.sealForDay('e', bytesOf('de ahora'), at);
    expect(textOf(after.open(after.unwrapPersonKey(luis, fresh.wrapped), 'c', freshSeal))).toBe('de ahora');
    expect(textOf(await after.openFromDay('e', freshEvent))).toBe('de ahora');

    expect(() => after.unwrapPersonKey(ana, old.wrapped)).toThrow(SealBroken);
    await expect(after.openFromDay('e', oldEvent)).rejects.toThrow(SealBroken);
  });

  test('a person’s key moves to the new one without changing', () => {
    const old = vaultOf(`k1:${one}`).createPersonKey(ana);
    const during = vaultOf(`k2:${two},k1:${one},index:${one}`);
    const sealed = during.seal(old.key, 'c', bytesOf('de antes'));
    const moved = during.rewrapPersonKey(ana, old.wrapped);
    const after = vaultOf(`k2:${two},index:${one}`);
    expect(textOf(after.open(after.unwrapPersonKey(ana, moved), 'c', sealed))).toBe('de antes');
    expect(during.rewrapPersonKey(ana, moved)).toBe(moved);
    expect(() => during.rewrapPersonKey(luis, old.wrapped)).toThrow(SealBroken);
  });

  test('names and order of the setting are not stored anywhere', () => {
    const { wrapped } = vaultOf(`k2:${two},k1:${one},index:${one}`).createPersonKey(ana);
    expect(() =>
      vaultOf(`index:${two},old:${one},spring:${two}`).unwrapPersonKey(ana, wrapped),
    ).not.toThrow();
  });

  test('people are found under the same hash before, during and after', () => {
    const vaults = [`k1:${one}`, `k2:${two},k1:${one},index:${one}`, `k2:${two},index:${one}`].map((keys) =>
      vaultOf(keys),
    );
    const hashes = vaults.map((vault) => [
      vault.aliasOf(whatsapp, '100', '50255551234'),
      vault.dedupeOf(whatsapp, '100', 'wamid.1'),
      vault.logIdOf(ana, at),
    ]);
    expect(hashes[1]).toEqual(hashes[0]);
    expect(hashes[2]).toEqual(hashes[0]);
  });
});

/** Sealed by the first release with the key above. Never to be made anew: stored data looks like this. */
const firstRelease = {
  wrapped: 'AY-m9FL2mJBrbxvLq7JVOwD6H4U4q9ceqO7odI9ZN5TWdIAyWCtPi0fC8I9YAX7QEln7ZRrXVyovCX6SZCzTBuE',
  state:
    'AptoK89h14Gw052VAXyn-hbk8vACRJYaOMQU3vvrdLPfIF06YvGYQFYC4IbB246itLoYvF6lyG3aMxlvjyS1g5tMZM32UNZE68wJksu6oDw89yEP9QBRXbjj3k9DI2NUSAH3zfd_4i0B_367d7SuQw',
  event: 'AY-m9FIAAFEthaiUkZ9ji4YipJnLx8C7EE1i_nwZde7i8qyuJQWEu9I',
  alias: 'FVsz7s52plJkD1r24Gu5lnw558H_wl39pyR_IqS_A0Q',
  dedupe: 'XfhKJg-Di6IaRXVesOe1bQ',
};

test('what the first release sealed still opens', async () => {
  const { wrapped, state, event } = firstRelease;
  const daySecret = (): Promise<Uint8Array> => Promise.resolve(Buffer.alloc(32, 7));
  const vault = createVault({
    keys: createKeyRing(`k1:${one}`),
    daySecret,
    bytes: randomBytes,
    clock: { monotonic: () => 0 },
  });
  const key = vault.unwrapPersonKey(ana, Buffer.from(wrapped, 'base64url'));
  expect(textOf(vault.open(key, `state:${ana}:1`, Buffer.from(state, 'base64url')))).toBe(long);
  expect(textOf(await vault.openFromDay(`event:${ana}`, Buffer.from(event, 'base64url')))).toBe('hola');
  expect(vault.aliasOf(whatsapp, '100', '50255551234')).toBe(firstRelease.alias);
  expect(vault.dedupeOf(whatsapp, '100', 'wamid.1')).toBe(firstRelease.dedupe);
});
