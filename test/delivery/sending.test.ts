import { describe, expect, test } from '@jest/globals';
import type { ErrorCode } from '../../src/core/errors.ts';
import type { SendOutcome } from '../../src/core/ports.ts';
import { bothStores } from '../support/both-stores.ts';
import { createProvider } from '../support/provider.ts';
import {
  committed,
  failed,
  hour,
  minute,
  pass,
  person,
  second,
  settled,
  watchFailures,
} from '../support/sending.ts';
import { echo } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

describe('what the provider refuses', () => {
  const scene = eachOn(bothStores[1]!);
  const begin = async (answer: (attempt: number) => SendOutcome) => {
    const { provider, running } = scene();
    provider.answer = ({ attempt }) => answer(attempt);
    const watched = watchFailures(echo);
    const service = await running({ decide: watched.decide });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent.length).toBeGreaterThan(0));
    return { service, failures: watched.failures };
  };

  test.each<readonly [ErrorCode, number]>([
    ['send-window-closed', 1],
    ['send-undeliverable', 1],
    ['send-rejected', 1],
    ['send-unknown', 3],
  ])('%s: a caseworker hears of it after %d tries', async (error, tries) => {
    const { service, failures } = await begin(() => failed(error));
    await pass(scene(), 20 * second, second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([tries, [error]]);
  });

  test.each<ErrorCode>([
    'send-timeout',
    'send-network',
    'send-unavailable',
    'send-throttled',
    'send-pair-limit',
  ])('%s: is tried again until it goes', async (error) => {
    const { service, failures } = await begin((attempt) =>
      attempt < 4 ? failed(error) : { kind: 'accepted' },
    );
    await pass(scene(), 30 * second, second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([4, []]);
  });

  test('send-credentials: the operator is called, and every five minutes it is tried again', async () => {
    const { service } = await begin((attempt) =>
      attempt < 3 ? failed('send-credentials') : { kind: 'accepted' },
    );
    expect(service.lines).toContainEqual({ event: 'operator-needed', error: 'send-credentials' });
    await pass(scene(), 4 * minute, 20 * second);
    expect(scene().provider.sent).toHaveLength(1);
    await pass(scene(), 7 * minute, 20 * second);
    await settled(service);
    expect(scene().provider.sent).toHaveLength(3);
  });

  test('too many to one person (131056): the next try and the next message keep six seconds and their order', async () => {
    const { provider } = scene();
    const { service } = await begin((attempt) =>
      attempt === 1 ? failed('send-pair-limit', 6 * second) : { kind: 'accepted' },
    );
    provider.answer = () => ({ kind: 'accepted' });
    await service.hears(person, 'sigo');
    await pass(scene(), 5 * second, second);
    expect(provider.textsTo(person)).toEqual(['1: hola']);
    await pass(scene(), 2 * second, second);
    await settled(service);
    expect(provider.textsTo(person)).toEqual(['1: hola', '1: hola', '2: sigo']);
    expect(provider.sent[1]!.at - provider.sent[0]!.at).toBeGreaterThanOrEqual(6 * second);
  });

  test('one person’s trouble holds nobody else up', async () => {
    const { provider } = scene();
    const { service } = await begin(() => failed('send-unavailable'));
    provider.answer = ({ to }) => (to === person ? failed('send-unavailable') : { kind: 'accepted' });
    await service.hears('50255550002', 'hola');
    await eventually(() => expect(provider.textsTo('50255550002')).toEqual(['1: hola']));
  });
});

describe('over hours', () => {
  const scene = eachOn(bothStores[1]!);

  test('at most twelve tries in the first hour, and none after the window closed (safety.md R9)', async () => {
    const { provider, running } = scene();
    provider.answer = () => failed('send-unavailable');
    const watched = watchFailures(echo);
    const service = await running({ decide: watched.decide });
    await service.hears(person, 'hola');
    await pass(scene(), hour, 30 * second);
    const [inFirstHour] = [provider.sent.length];
    expect(inFirstHour).toBeGreaterThanOrEqual(8);
    expect(inFirstHour).toBeLessThanOrEqual(12);
    await pass(scene(), 24 * hour, 5 * minute);
    await settled(service);
    expect(watched.failures).toEqual(['send-window-closed']);
    const last = provider.sent.at(-1)!.at - provider.sent[0]!.at;
    expect(last).toBeLessThan(24 * hour - 10 * minute);
  });

  test('the window counts from the message’s own time: an old one is answered by a person', async () => {
    const { clock, provider, running } = scene();
    const watched = watchFailures(echo);
    const service = await running({ decide: watched.decide });
    await service.hears(person, 'hola', { sentAt: clock.now() - 24 * hour });
    await eventually(() => expect(watched.failures).toEqual(['send-window-closed']));
    expect(provider.sent).toEqual([]);
  });

  test('a newer message of the person opens the window for what waits', async () => {
    const { clock, provider, running } = scene();
    provider.answer = ({ attempt }) =>
      attempt < 2 ? failed('send-unavailable', 23 * hour) : { kind: 'accepted' };
    const service = await running({ decide: echo });
    await service.hears(person, 'hola', { sentAt: clock.now() - 2 * hour });
    await eventually(() => expect(provider.sent).toHaveLength(1));
    clock.forward(22 * hour);
    const { conversationId } = await service.hears(person, 'sigo aquí');
    await committed(service, conversationId, 2);
    clock.forward(hour + minute);
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola', '1: hola', '2: sigo aquí']));
  });
});

describe('who speaks', () => {
  const scene = eachOn(bothStores[1]!);

  test('an answer of the bot that waits dies when a caseworker has taken over; the caseworker’s own goes', async () => {
    const { clock, provider, running } = scene();
    provider.answer = ({ attempt }) =>
      attempt === 1 ? failed('send-unavailable', minute) : { kind: 'accepted' };
    let author = '';
    const service = await running({
      decide: (state, event) => {
        const result = echo(state, event);
        if (author === '') return result;
        const by = author;
        return {
          state: {
            ...result.state,
            ownership: { kind: 'caseworker', caseId: 'c', by: 'b', shownName: by } as never,
          },
          effects: result.effects.map((effect) =>
            effect.kind === 'send-written'
              ? { ...effect, message: { ...effect.message, author: by } }
              : effect,
          ),
        };
      },
    });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    author = 'Rosa';
    const { conversationId } = await service.hears(person, 'sigo');
    await committed(service, conversationId, 2);
    clock.forward(minute + second);
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola', '2: sigo']));
    expect(provider.sent[1]?.message.author).toBe('Rosa');
  });
});

describe('pacing', () => {
  const scene = eachOn(bothStores[1]!, (clock) =>
    createProvider(clock, { pace: { intervalMs: 6_000, burst: 3 }, accountPerSecond: 5 }),
  );

  test('three at once to one person, then one every six seconds', async () => {
    const { provider, running } = scene();
    const service = await running({ decide: echo });
    for (const text of ['a', 'b', 'c', 'd', 'e']) await service.hears(person, text);
    await eventually(() => expect(provider.sent).toHaveLength(3));
    await pass(scene(), 13 * second, 500);
    await settled(service);
    const times = provider.sent.map(({ at }) => Math.round((at - provider.sent[0]!.at) / second));
    expect(provider.textsTo(person)).toEqual(['1: a', '2: b', '3: c', '4: d', '5: e']);
    expect(times[3]).toBeGreaterThanOrEqual(5);
    expect(times[4]! - times[3]!).toBeGreaterThanOrEqual(5);
  });

  test('one of our numbers sends no more in a second than it may', async () => {
    const { provider, running } = scene();
    const service = await running({ decide: echo });
    await Promise.all(
      Array.from({ length: 12 }, (_, index) => service.hears(`5025558${1000 + index}`, 'hola')),
    );
    await eventually(() => expect(provider.sent.length).toBeGreaterThanOrEqual(5));
    expect(provider.sent.length).toBeLessThan(9);
    await pass(scene(), 3 * second, 100);
    await settled(service);
    expect(provider.sent).toHaveLength(12);
  });
});
