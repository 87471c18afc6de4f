import { describe, expect, test } from '@jest/globals';
import { bothStores } from '../support/both-stores.ts';
import { echo } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

const minute = 60_000;
const hour = 60 * minute;
const [redis] = bothStores;
const numberOf = (index: number): string => `5025555${String(index).padStart(4, '0')}`;
const counted = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(index + 1));
const echoed = (count: number): readonly string[] => counted(count).map((text) => `${text}: ${text}`);

describe.each(bothStores)('on $name', (kind) => {
  const scene = eachOn(kind);

  test('twenty messages in a burst are answered all, once, in order (Chatwoot 13556)', async () => {
    const { provider, running } = scene();
    const service = await running({ decide: echo });
    for (const text of counted(20)) await service.hears('50255550001', text);
    await eventually(() => expect(provider.textsTo('50255550001')).toEqual(echoed(20)));
  });

  test('ten busy conversations side by side: none lost, doubled, reordered or mixed up', async () => {
    const { provider, running } = scene();
    const service = await running({ decide: echo });
    const people = counted(10).map((_, index) => numberOf(index));
    await Promise.all(
      people.map(async (number) => {
        for (const text of counted(25)) await service.hears(number, text);
      }),
    );
    await eventually(() => expect(provider.sent).toHaveLength(250));
    for (const number of people) expect(provider.textsTo(number)).toEqual(echoed(25));
  });

  test('the same message a hundred times at once has one effect (abuse 16, Chatwoot 13523)', async () => {
    const { provider, running, service } = scene();
    const [first, second] = [await running({ decide: echo }), await service({ decide: echo })];
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? first : second).hears('50255550001', 'hola', { id: 'wamid.same' }),
      ),
    );
    expect(outcomes.filter(({ kind: came }) => came === 'kept')).toHaveLength(1);
    await first.hears('50255550001', 'después');
    await eventually(() => expect(provider.textsTo('50255550001')).toEqual(['1: hola', '2: después']));
  });

  test.each([
    ['a second', 1_000],
    ['two minutes', 2 * minute],
    ['25 hours', 25 * hour],
    ['6.9 days', 6.9 * 24 * hour],
  ])('a repeat after %s has no effect (courier 225, 227)', async (_name, later) => {
    const { clock, running } = scene();
    const service = await running({ decide: echo });
    const sentAt = clock.now();
    expect((await service.hears('50255550001', 'hola', { id: 'wamid.1', sentAt })).kind).toBe('kept');
    clock.forward(later);
    expect((await service.hears('50255550001', 'hola', { id: 'wamid.1', sentAt })).kind).toBe('repeated');
  });

  test.each([
    ['forward', 24 * hour],
    ['back', -24 * hour],
  ])('a clock that jumps a day %s loses, doubles and delays nothing (safety.md R12)', async (_name, jump) => {
    const { clock, provider, running } = scene();
    const service = await running({ decide: echo });
    await service.hears('50255550001', 'antes');
    await eventually(() => expect(provider.textsTo('50255550001')).toEqual(['1: antes']));
    clock.forward(jump);
    await service.hears('50255550001', 'después');
    await eventually(() => expect(provider.textsTo('50255550001')).toEqual(['1: antes', '2: después']));
  });

  test('two equal texts four seconds apart are two messages (courier 177)', async () => {
    const { clock, provider, running } = scene();
    const service = await running({ decide: echo });
    await service.hears('50255550001', 'ayuda');
    clock.forward(4_000);
    await service.hears('50255550001', 'ayuda');
    await eventually(() => expect(provider.textsTo('50255550001')).toEqual(['1: ayuda', '2: ayuda']));
  });

  test('picture and voice note of somebody new, at the same moment, open one conversation (Chatwoot 14214)', async () => {
    const { service } = scene();
    const [first, second] = [await service(), await service()];
    const outcomes = await Promise.all([
      first.hears(
        '521555500010',
        { kind: 'media', media: 'image' },
        { ids: ['52155550001', '521555500010'] },
      ),
      second.hears(
        '521555500010',
        { kind: 'media', media: 'audio' },
        { ids: ['521555500010', '52155550001'] },
      ),
    ]);
    expect(new Set(outcomes.map(({ conversationId }) => conversationId)).size).toBe(1);
  });

  test('the next owner of a number does not meet the conversation of the one before (Chatwoot 2070)', async () => {
    const { service } = scene();
    const one = await service();
    const before = await one.hears('50255550001', 'hola', { ids: ['GT.1', '50255550001'] });
    await one.inbox.changeIdentity({
      channel: one.parts.outlets.keys().next().value!,
      account: 'ours',
      previous: ['GT.1', '50255550001'],
      next: ['GT.1', '50255550002'],
      address: { channel: one.parts.outlets.keys().next().value!, account: 'ours', recipient: '50255550002' },
    });
    const moved = await one.hears('50255550002', 'sigo aquí', { ids: ['GT.1', '50255550002'] });
    const stranger = await one.hears('50255550001', 'hola', { ids: ['GT.2', '50255550001'] });
    expect(moved.conversationId).toBe(before.conversationId);
    expect(stranger.conversationId).not.toBe(before.conversationId);
  });
});

describe('two workers on Redis', () => {
  const scene = eachOn(redis!);

  test('ten busy conversations, a second worker joining in the middle: nothing lost, doubled or reordered', async () => {
    const { clock, provider, running } = scene();
    const first = await running({ decide: echo, name: 'first' });
    await eventually(() => expect(first.worker.partitionsHeld).toBe(4));
    const people = counted(10).map((_, index) => numberOf(index));
    let second = first;
    for (const [index, text] of counted(40).entries()) {
      if (index === 15) second = await running({ decide: echo, name: 'second' });
      await Promise.all(people.map((number) => (index % 2 === 0 ? first : second).hears(number, text)));
      if (index === 20) clock.forward(3_000);
    }
    clock.forward(3_000);
    await eventually(() => {
      clock.forward(3_000);
      expect([first.worker.partitionsHeld, second.worker.partitionsHeld].sort()).not.toContain(0);
      expect(provider.sent.length).toBeGreaterThanOrEqual(400);
    });
    for (const number of people) expect(provider.textsTo(number)).toEqual(echoed(40));
  });
});
