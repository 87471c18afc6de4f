import { describe, expect, test } from '@jest/globals';
import { aliasHash, conversationId, eventId, leaseToken, outboxId, partition } from '../../src/core/ids.ts';
import type { StoredEvent } from '../../src/core/store.ts';
import { createAliasCache } from '../../src/delivery/alias-cache.ts';
import { Gate } from '../../src/delivery/gate.ts';
import { Lanes, type RunOptions } from '../../src/delivery/lanes.ts';
import { OutboxFeed } from '../../src/delivery/outbox-feed.ts';
import type { DeliveryParts } from '../../src/delivery/parts.ts';
import type { StateCache } from '../../src/delivery/state-cache.ts';
import type { HeldPartition, Outgoing } from '../../src/delivery/turn-runner.ts';

const heldOf = (number: number, suspectsLeft = 0): HeldPartition => ({
  partition: partition(number),
  lease: leaseToken(`${number}:x`),
  held: true,
  cursor: eventId('0-0'),
  since: 1_000,
  suspectsLeft,
});
const event = (
  held: HeldPartition,
  id: string,
  person: string,
  more: Partial<StoredEvent> = {},
): StoredEvent => ({
  partition: held.partition,
  eventId: eventId(id),
  conversationId: conversationId(person),
  at: 500,
  urgent: false,
  body: new Uint8Array(),
  ...more,
});
const turnOver = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Lanes that note what runs; each run ends when it is let go. */
function watchedLanes() {
  const ran: string[] = [];
  const options: RunOptions[] = [];
  const waiting: (() => void)[] = [];
  const lanes = new Lanes((_held, { conversationId: who, eventId: id }, how) => {
    ran.push(`${who} ${id}`);
    options.push(how);
    return new Promise((resolve) => waiting.push(resolve));
  });
  const letGo = async (): Promise<void> => {
    for (const go of waiting.splice(0)) go();
    await turnOver();
  };
  return { lanes, ran, options, letGo };
}

describe('lanes', () => {
  test('order within a person, side by side across people', async () => {
    const { lanes, ran, letGo } = watchedLanes();
    const held = heldOf(1);
    for (const [id, who] of [
      ['1-0', 'ana'],
      ['2-0', 'ana'],
      ['3-0', 'luis'],
    ] as const)
      lanes.add(held, event(held, id, who));
    lanes.go();
    expect(ran).toEqual(['ana 1-0', 'luis 3-0']);
    await letGo();
    expect(ran).toEqual(['ana 1-0', 'luis 3-0', 'ana 2-0']);
    await letGo();
    expect([lanes.size, lanes.isIdle(held.partition)]).toEqual([0, true]);
  });

  test('an id taken early in one partition is not missed in another that has the same', async () => {
    const { lanes, ran, letGo } = watchedLanes();
    const [left, right] = [heldOf(1), heldOf(2)];
    lanes.hurry(left, [event(left, '7-0', 'ana', { urgent: true })]);
    lanes.add(right, event(right, '7-0', 'luis'));
    lanes.add(left, event(left, '7-0', 'ana', { urgent: true }));
    lanes.go();
    await letGo();
    expect(ran).toEqual(['ana 7-0', 'luis 7-0']);
  });

  test('an event hurried and then read is run once, and so is one read and then hurried', async () => {
    const { lanes, ran, letGo } = watchedLanes();
    const held = heldOf(1);
    const events = [event(held, '1-0', 'ana'), event(held, '2-0', 'ana', { urgent: true })];
    lanes.hurry(held, events);
    await letGo();
    for (const one of events) {
      held.cursor = one.eventId;
      lanes.add(held, one);
    }
    lanes.hurry(held, events);
    lanes.go();
    await letGo();
    await letGo();
    expect(ran).toEqual(['ana 1-0', 'ana 2-0']);
    expect(lanes.size).toBe(0);
  });

  test('who is in danger goes first, and what they wrote before runs quietly', () => {
    const { lanes, ran, options } = watchedLanes();
    const held = heldOf(1);
    lanes.add(held, event(held, '1-0', 'luis'));
    lanes.add(held, event(held, '2-0', 'ana'));
    lanes.add(held, event(held, '3-0', 'ana', { urgent: true }));
    lanes.go();
    expect(ran).toEqual(['ana 2-0', 'luis 1-0']);
    expect(options.map(({ quiet }) => quiet)).toEqual([true, false]);
  });

  test('beside 64 turns under way eight places are kept for people in danger', () => {
    const { lanes, ran } = watchedLanes();
    const held = heldOf(1);
    for (let count = 0; count < 100; count += 1)
      lanes.add(held, event(held, `${count + 1}-0`, `person-${count}`));
    lanes.go();
    expect(ran).toHaveLength(64);
    for (let count = 0; count < 10; count += 1)
      lanes.add(held, event(held, `${count + 200}-0`, `danger-${count}`, { urgent: true }));
    lanes.go();
    expect(ran).toHaveLength(72);
    expect(ran.slice(64).every((one) => one.startsWith('danger'))).toBe(true);
  });

  test('after a crash the first event of each person runs alone, what came later does not', async () => {
    const { lanes, ran, options, letGo } = watchedLanes();
    const held = heldOf(1, 64);
    lanes.add(held, event(held, '1-0', 'ana'));
    lanes.add(held, event(held, '2-0', 'luis'));
    lanes.add(held, event(held, '3-0', 'ana'));
    lanes.add(held, event(held, '4-0', 'rosa', { at: 2_000 }));
    lanes.go();
    expect(ran).toEqual(['ana 1-0']);
    await letGo();
    expect(ran).toEqual(['ana 1-0', 'luis 2-0']);
    await letGo();
    expect(ran.slice(2)).toEqual(['rosa 4-0', 'ana 3-0']);
    expect(options.map(({ alone }) => alone)).toEqual([true, true, false, false]);
  });

  test('what waits of a lost partition is forgotten, what waits of others is not', async () => {
    const { lanes, ran, letGo } = watchedLanes();
    const [lost, kept] = [heldOf(1), heldOf(2)];
    for (const id of ['1-0', '2-0']) {
      lanes.add(lost, event(lost, id, 'ana'));
      lanes.add(kept, event(kept, id, 'luis'));
    }
    lanes.go();
    lanes.dropPartition(lost.partition);
    await letGo();
    await letGo();
    expect(ran).toEqual(['ana 1-0', 'luis 1-0', 'luis 2-0']);
    expect(lanes.size).toBe(0);
  });
});

describe('the outbox in memory', () => {
  const outgoing = (held: HeldPartition, id: string): Outgoing => ({
    held,
    conversationId: conversationId('ana'),
    outboxId: outboxId(id),
    entry: { kind: 'forget-aliases', aliases: [] },
  });

  test('takes what commits wrote whatever order they come in, and each once', () => {
    const taken: string[] = [];
    const parts = {} as DeliveryParts; // what is handed over from memory needs none of them
    const feed = new OutboxFeed(parts, {} as StateCache, ({ outgoing: one }) => taken.push(one.outboxId));
    const held = heldOf(1);
    feed.add([outgoing(held, '6-0')]);
    feed.add([outgoing(held, '5-0'), outgoing(held, '6-0')]);
    expect(taken).toEqual(['6-0', '5-0']);
    expect(feed.isIdle(held.partition)).toBe(false);
    for (const id of ['5-0', '6-0']) feed.settled(outgoing(held, id));
    expect(feed.isIdle(held.partition)).toBe(true);
  });
});

describe('a gate', () => {
  test('lets so many through at once and the others in turn, whatever becomes of them', async () => {
    const gate = new Gate(2);
    const inside: string[] = [];
    const doors = new Map<string, (failure?: Error) => void>();
    const enter = (name: string): Promise<void> =>
      gate.through(() => {
        inside.push(name);
        return new Promise((resolve, reject) =>
          doors.set(name, (failure) => (failure === undefined ? resolve() : reject(failure))),
        );
      });
    const works = ['a', 'b', 'c', 'd'].map(enter);
    await turnOver();
    expect(inside).toEqual(['a', 'b']);
    doors.get('b')?.(new RangeError('broken'));
    await expect(works[1]).rejects.toThrow('broken');
    await turnOver();
    expect(inside).toEqual(['a', 'b', 'c']);
    for (const name of ['a', 'c']) doors.get(name)?.();
    await turnOver();
    expect(inside).toEqual(['a', 'b', 'c', 'd']);
    doors.get('d')?.();
    await Promise.all([works[0], works[2], works[3]]);
  });
});

describe('aliases in memory', () => {
  const [phone, account] = [aliasHash('phone'), aliasHash('account')];
  const ana = conversationId('ana');

  test('are trusted when all lead to one conversation, for ten minutes, until they are forgotten', () => {
    let now = 0;
    const cache = createAliasCache({ now: () => now, monotonic: () => now, after: () => () => undefined });
    expect(cache.find([phone])).toBeUndefined();
    cache.keep([phone], ana, cache.age);
    expect([cache.find([phone]), cache.find([phone, account])]).toEqual([ana, undefined]);
    cache.keep([account], ana, cache.age);
    expect(cache.find([phone, account])).toBe(ana);
    now = 10 * 60_000 + 1;
    expect(cache.find([phone])).toBeUndefined();
    cache.keep([phone, account], ana, cache.age);
    cache.drop([phone]);
    expect([cache.find([phone]), cache.find([account])]).toEqual([undefined, ana]);
    cache.drop('all');
    expect(cache.find([account])).toBeUndefined();
  });

  test('are not kept when something was forgotten while they were looked up', () => {
    const cache = createAliasCache({ now: () => 0, monotonic: () => 0, after: () => () => undefined });
    const { age } = cache;
    cache.drop([account]);
    cache.keep([phone], ana, age);
    expect(cache.find([phone])).toBeUndefined();
  });
});
