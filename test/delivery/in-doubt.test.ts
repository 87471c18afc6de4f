import { describe, expect, test } from '@jest/globals';
import type { SendClass } from '../../src/core/message.ts';
import type { SendOutcome } from '../../src/core/ports.ts';
import { bothStores } from '../support/both-stores.ts';
import { createProvider, type Sent } from '../support/provider.ts';
import { minute, pass, person, second, settled, watchFailures } from '../support/sending.ts';
import { echo, type Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

const inDoubt: SendOutcome = { kind: 'in-doubt', error: 'send-timeout' };

/** Answers every message with one of this class; failures become cases as in the core. */
const saying =
  (sendClass: SendClass): typeof echo =>
  (state, event) => {
    const result = echo(state, event);
    return {
      ...result,
      effects: result.effects.map((effect) =>
        effect.kind === 'send-written' ? { ...effect, message: { ...effect.message, sendClass } } : effect,
      ),
    };
  };

describe.each(bothStores)('a send in doubt, on $name', (kind) => {
  const scene = eachOn(kind);
  const doubtful = async (sendClass: SendClass) => {
    const { provider, running } = scene();
    provider.answer = () => inDoubt;
    const watched = watchFailures(saying(sendClass));
    const service = await running({ decide: watched.decide });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent.length).toBeGreaterThan(0));
    return { service, failures: watched.failures, first: provider.sent[0]! };
  };
  const report = (service: Service, { tag }: Sent, status: 'delivered' | 'failed'): Promise<void> =>
    service.inbox.report({
      ...tag,
      status,
      at: scene().clock.now(),
      ...(status === 'failed' ? { error: 'send-undeliverable' } : {}),
    });

  test('ordinary: is not repeated when a status comes within five seconds', async () => {
    const { service, failures, first: sent } = await doubtful('ordinary');
    await report(service, sent, 'delivered');
    await pass(scene(), 6 * second, second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([1, []]);
  });

  test('ordinary: is repeated once after five seconds without a status, and not before', async () => {
    const { service } = await doubtful('ordinary');
    scene().provider.answer = () => ({ kind: 'accepted' });
    await pass(scene(), 4 * second, second);
    expect(scene().provider.sent).toHaveLength(1);
    await pass(scene(), 3 * second, second);
    await settled(service);
    expect(scene().provider.textsTo(person)).toEqual(['1: hola', '1: hola']);
  });

  test('ordinary: in doubt twice, a caseworker hears of it', async () => {
    const { service, failures } = await doubtful('ordinary');
    await pass(scene(), 15 * second, second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([2, ['send-in-doubt']]);
  });

  test('danger: is repeated at once, then ever more slowly, and at last a caseworker hears of it', async () => {
    const { service, failures } = await doubtful('crisis');
    await eventually(() => expect(scene().provider.sent.length).toBeGreaterThanOrEqual(2));
    const quick = scene().provider.sent.length;
    await pass(scene(), 3 * minute, second);
    await settled(service);
    expect([quick, scene().provider.sent.length, failures]).toEqual([2, 6, ['send-in-doubt']]);
  });

  test('a status disclosed: is never repeated, after a minute a caseworker hears of it', async () => {
    const { service, failures } = await doubtful('disclosure');
    await pass(scene(), 58 * second, 2 * second);
    expect(failures).toEqual([]);
    await pass(scene(), 6 * second, 2 * second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([1, ['send-in-doubt']]);
  });

  test('a status disclosed: is done when its status comes', async () => {
    const { service, failures, first: sent } = await doubtful('disclosure');
    await report(service, sent, 'delivered');
    await pass(scene(), 70 * second, 2 * second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([1, []]);
  });

  test('a failure reported for it is told once, however often it is reported', async () => {
    const { service, failures, first: sent } = await doubtful('ordinary');
    await Promise.all([1, 2, 3].map(() => report(service, sent, 'failed')));
    await pass(scene(), 8 * second, second);
    await settled(service);
    expect([scene().provider.sent.length, failures]).toEqual([1, ['send-undeliverable']]);
  });
});

describe('without status reports', () => {
  const scene = eachOn(bothStores[1]!, (clock) => createProvider(clock, { reportsStatuses: false }));

  test('an ordinary send in doubt is repeated at once', async () => {
    const { provider, running } = scene();
    provider.answer = ({ attempt }) => (attempt === 1 ? inDoubt : { kind: 'accepted' });
    const service = await running({ decide: echo });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(2));
    await settled(service);
  });

  test('a call that throws is a send in doubt', async () => {
    const { provider, running } = scene();
    provider.answer = ({ attempt }) => {
      if (attempt === 1) throw new RangeError('broken');
      return { kind: 'accepted' };
    };
    const service = await running({ decide: echo });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(2));
    expect(service.lines).toContainEqual({ event: 'send-threw', channel: 'whatsapp', error: 'RangeError' });
  });
});
