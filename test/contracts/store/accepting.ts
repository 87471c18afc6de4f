import { describe, expect, test } from '@jest/globals';
import { aliasHash, compareStreamIds, dedupeHash, partitionOf } from '../../../src/core/ids.ts';
import {
  accepted,
  bytes,
  entry,
  eventually,
  readAll,
  realRandomness,
  someone,
  someoneIn,
} from '../../support/store-acts.ts';
import type { GetStore } from './under-test.ts';

const day = 86_400_000;
const newHash = () => dedupeHash(realRandomness.id(128));

export function acceptingContract(get: GetStore): void {
  describe('accept', () => {
    test('puts the event as it is into the mailbox of its partition', async () => {
      const { store } = get();
      const conversation = someone();
      const partition = partitionOf(conversation, store.partitions);
      const body = new Uint8Array(70_000).map((_, index) => index % 256);
      const eventId = await accepted(store, conversation, { body, at: 1_763_000_000_123, urgent: true });
      expect(eventId).toMatch(/^\d+-\d+$/);
      const [event, ...others] = await readAll(store, [partition]);
      expect(others).toEqual([]);
      expect({ ...event, body: undefined }).toEqual({
        partition,
        eventId,
        conversationId: conversation,
        at: 1_763_000_000_123,
        urgent: true,
        body: undefined,
      });
      expect(Buffer.from(event?.body ?? []).equals(body)).toBe(true);
    });

    test('gives places that ascend in the order in which events were kept', async () => {
      const { store, second } = get();
      const first = someone();
      const partition = partitionOf(first, store.partitions);
      const ids = [];
      for (let index = 0; index < 20; index += 1) {
        const by = index % 2 === 0 ? store : second;
        ids.push(await accepted(by, someoneIn(partition, store.partitions)));
      }
      ids.push(...(await Promise.all(Array.from({ length: 20 }, () => accepted(store, first)))));
      expect(ids.toSorted(compareStreamIds)).toEqual(ids);
      expect(new Set(ids).size).toBe(40);
      expect((await readAll(store, [partition])).map((event) => event.eventId)).toEqual(ids);
    });
  });

  describe('a message that comes twice', () => {
    test('is a duplicate and changes nothing, whatever else came with it', async () => {
      const { store, second } = get();
      const conversation = someone();
      const dedupe = { hash: newHash(), days: [20_000] as const };
      await accepted(store, conversation, { dedupe, log: bytes('hello') });
      expect(await second.accept(entry(conversation, { dedupe, log: bytes('hello'), urgent: true }))).toEqual(
        {
          kind: 'duplicate',
        },
      );
      expect(await store.waitingEvents(conversation, 10)).toHaveLength(1);
      expect((await store.readLog(conversation, 0, 10)).length).toBe(1);
      expect(await store.takeHurried([partitionOf(conversation, store.partitions)])).toEqual([]);
    });

    test('is kept once when it comes a hundred times at once to two processes', async () => {
      const { store, second } = get();
      const conversation = someone();
      const dedupe = { hash: newHash(), days: [20_000, 19_999] as const };
      const outcomes = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 === 0 ? store : second).accept(entry(conversation, { dedupe })),
        ),
      );
      expect(outcomes.filter((outcome) => outcome.kind === 'accepted')).toHaveLength(1);
      expect(await store.waitingEvents(conversation, 10)).toHaveLength(1);
    });

    test('is looked for in all of its days and put down in the first', async () => {
      const { store } = get();
      const conversation = someone();
      const hash = newHash();
      await accepted(store, conversation, { dedupe: { hash, days: [20_001, 20_000] } });
      const kindOn = async (...days: readonly [number, ...number[]]) =>
        (await store.accept(entry(conversation, { dedupe: { hash, days } }))).kind;
      expect(await kindOn(20_002, 20_001)).toBe('duplicate');
      expect(await kindOn(20_000)).toBe('accepted');
      expect(await kindOn(19_999, 20_000)).toBe('duplicate');
    });

    test('is another one when its hash is another', async () => {
      const { store } = get();
      const conversation = someone();
      await accepted(store, conversation, { dedupe: { hash: newHash(), days: [20_000] } });
      await accepted(store, conversation, { dedupe: { hash: newHash(), days: [20_000] } });
      expect(await store.waitingEvents(conversation, 10)).toHaveLength(2);
    });
  });

  describe('aliases', () => {
    const newAlias = () => aliasHash(realRandomness.id(128));

    test('all lead to the candidate when none was known, and unknown ones join the conversation that is found', async () => {
      const { store, second } = get();
      const [phone, oldPhone, account] = [newAlias(), newAlias(), newAlias()];
      const conversation = someone();
      expect(await store.resolveAliases([phone, oldPhone], conversation)).toBe(conversation);
      expect(await second.resolveAliases([account, oldPhone], someone())).toBe(conversation);
      expect(await second.resolveAliases([account], someone())).toBe(conversation);
      expect(await store.resolveAliases([phone], someone())).toBe(conversation);
    });

    test('lead to one conversation when a hundred messages of a new person come at once to two processes', async () => {
      const { store, second } = get();
      const aliases = [newAlias(), newAlias(), newAlias()];
      const found = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 === 0 ? store : second).resolveAliases(
            index % 4 < 2 ? aliases : aliases.toReversed(),
            someone(),
          ),
        ),
      );
      expect(new Set(found).size).toBe(1);
    });

    test('of two people never move from one to the other', async () => {
      const { store } = get();
      const [mine, yours] = [newAlias(), newAlias()];
      const [me, you] = [someone(), someone()];
      await store.resolveAliases([mine], me);
      await store.resolveAliases([yours], you);
      expect(await store.resolveAliases([mine, yours], someone())).toBe(me);
      expect(await store.resolveAliases([yours], someone())).toBe(you);
    });

    test('that were forgotten lead to whoever comes next', async () => {
      const { store, second } = get();
      const [phone, account] = [newAlias(), newAlias()];
      const before = someone();
      await store.resolveAliases([phone, account], before);
      await store.forgetAliases([phone, account], before);
      const next = someone();
      expect(await second.resolveAliases([account, phone], next)).toBe(next);
      await store.forgetAliases([phone, account], before);
      expect(await second.resolveAliases([phone], someone())).toBe(next);
    });

    test('that were forgotten are told to whoever listens, until they stop', async () => {
      const { store } = get();
      const [phone, account] = [newAlias(), newAlias()];
      const told: unknown[] = [];
      const stop = store.onAliasesForgotten((aliases) => told.push(aliases));
      await store.forgetAliases([phone, account], someone());
      await eventually(() => expect(told).toContainEqual([phone, account]));
      stop();
      const count = told.length;
      await store.forgetAliases([phone], someone());
      expect(told).toHaveLength(count);
    });

    test('live 400 days longer whenever somebody asks for them, and then lead to nobody', async () => {
      const { store, second, pass } = get();
      const [used, unused] = [newAlias(), newAlias()];
      const conversation = someone();
      await store.resolveAliases([used, unused], conversation);
      for (let count = 0; count < 2; count += 1) {
        await pass(250 * day);
        expect(await second.resolveAliases([used], someone())).toBe(conversation);
      }
      const next = someone();
      expect(await store.resolveAliases([unused], next)).toBe(next);
      await pass(401 * day);
      expect(await store.resolveAliases([used], next)).toBe(next);
    });
  });
}
