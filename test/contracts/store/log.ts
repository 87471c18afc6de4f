import { describe, expect, test } from '@jest/globals';
import type { ConversationId } from '../../../src/core/ids.ts';
import type { LogPlace } from '../../../src/core/store.ts';
import {
  accepted,
  bytes,
  committed,
  entry,
  eventually,
  owned,
  someone,
  textOf,
  turn,
} from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

export function logContract(get: GetStore): void {
  describe('the log of a conversation', () => {
    test('gives serials from 1 and timestamps that always grow, also within a millisecond', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const before = Date.now();
      const places: (LogPlace | undefined)[] = await Promise.all(
        Array.from({ length: 30 }, async (_, index) => {
          const by = index % 2 === 0 ? store : second;
          const outcome = await by.accept(entry(owner.conversation, { log: bytes(`line ${index}`) }));
          return outcome.kind === 'accepted' ? outcome.log : undefined;
        }),
      );
      const event = await accepted(store, owner.conversation);
      const log = Array.from({ length: 20 }, (_, index) => bytes(`answer ${index}`));
      places.push(
        ...(await committed(store, turn(store, owner.conversation, event, { lease: owner.lease, log }))).log,
      );
      const given = places
        .flatMap((place) => place ?? [])
        .toSorted((left, right) => left.serial - right.serial);
      expect(given.map((place) => place.serial)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
      for (const [index, place] of given.entries()) {
        expect(place.timestamp).toBeGreaterThan(given[index - 1]?.timestamp ?? before - 1_000);
      }
      expect(given[0]?.timestamp).toBeLessThan(Date.now() + 1_000);
      const { length, entries } = await second.readLog(owner.conversation, 0, 100);
      expect(length).toBe(50);
      expect(entries.map(({ serial, timestamp }) => ({ serial, timestamp }))).toEqual(given);
    });

    test('is read from any place, in pages, with the key that opens it', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const { conversation } = owner;
      const event = await accepted(store, conversation, { log: bytes('hello') });
      expect((await second.readLog(conversation, 0, 10)).wrappedKey).toBe(undefined);
      const log = ['good day', 'how can I help?'].map((line) => bytes(line));
      await committed(store, turn(store, conversation, event, { lease: owner.lease, log }));
      const read = async (after: number, limit: number) => {
        const { length, entries, wrappedKey } = await second.readLog(conversation, after, limit);
        return [length, entries.map((line) => `${line.serial} ${textOf(line.body)}`), textOf(wrappedKey)];
      };
      expect(await read(0, 10)).toEqual([3, ['1 hello', '2 good day', '3 how can I help?'], 'key']);
      expect(await read(1, 1)).toEqual([3, ['2 good day'], 'key']);
      expect(await read(3, 10)).toEqual([3, [], 'key']);
      expect(await read(0, 0)).toEqual([3, [], 'key']);
      expect(await store.readLog(someone(), 0, 10)).toEqual({ length: 0, entries: [] });
    });

    test('tells every process of appends by accept and by commit, until nobody listens', async () => {
      const { store, second } = get();
      const owner = await owned(store);
      const [here, there]: [ConversationId[], ConversationId[]] = [[], []];
      const stopHere = store.onLogAppended((one) => here.push(one));
      const stopThere = second.onLogAppended((one) => there.push(one));
      const hear = async (conversation: ConversationId, append: () => Promise<unknown>) => {
        await eventually(async () => {
          await append();
          await new Promise((resolve) => setTimeout(resolve, 20));
          if (!here.includes(conversation) || !there.includes(conversation)) throw new Error('not heard');
        });
      };
      const writer = someone();
      await hear(writer, () => second.accept(entry(writer, { log: bytes('hello') })));
      let version = 0;
      await hear(owner.conversation, async () => {
        const event = await accepted(store, owner.conversation);
        const request = { lease: owner.lease, expectedVersion: version, log: [bytes('good day')] };
        await committed(store, turn(store, owner.conversation, event, request));
        version += 1;
      });
      const silent = someone();
      await accepted(store, silent);
      stopHere();
      const last = someone();
      await eventually(async () => {
        await store.accept(entry(last, { log: bytes('still there?') }));
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (!there.includes(last)) throw new Error('not heard');
      });
      stopThere();
      expect(here).not.toContain(last);
      expect([...here, ...there]).not.toContain(silent);
    });
  });
}
