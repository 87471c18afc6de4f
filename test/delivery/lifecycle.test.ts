import { describe, expect, test } from '@jest/globals';
import type { SendOutcome } from '../../src/core/ports.ts';
import { createCanary } from '../../src/delivery/canary.ts';
import { bothStores } from '../support/both-stores.ts';
import { minute, person, settled } from '../support/sending.ts';
import { echo, type Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

describe.each(bothStores)('stopping, on $name', (kind) => {
  const scene = eachOn(kind);

  test('a call to the provider that is under way is waited for; what it said is not said again', async () => {
    const { provider, running } = scene();
    let answer: (outcome: SendOutcome) => void = () => undefined;
    provider.answer = () => new Promise((resolve) => (answer = resolve));
    const service = await running({ decide: echo });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    const stopping = service.stop(5_000);
    answer({ kind: 'accepted' });
    await stopping;
    provider.answer = () => ({ kind: 'accepted' });
    const next = await running({ decide: echo });
    await next.hears(person, 'adiós');
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola', '2: adiós']));
  });

  test('a call that hangs does not hold the end up', async () => {
    const { provider, running } = scene();
    provider.answer = () => new Promise(() => undefined);
    const service = await running({ decide: echo });
    await service.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    const startedAt = performance.now();
    await service.stop(300);
    expect(performance.now() - startedAt).toBeLessThan(2_500);
    expect(service.worker.partitionsHeld).toBe(0);
  });

  test('messages that were read and not yet answered are answered before the end, or by the next', async () => {
    const { provider, running } = scene();
    const service = await running({ decide: echo });
    for (let count = 1; count <= 30; count += 1) await service.hears(person, String(count));
    await service.stop(5_000);
    const next = await running({ decide: echo });
    await next.hears(person, '31');
    const expected = Array.from({ length: 31 }, (_, index) => `${index + 1}: ${index + 1}`);
    await eventually(() => expect(provider.textsTo(person)).toEqual(expected));
  });
});

describe('the canary', () => {
  const scene = eachOn(bothStores[1]!);
  const canaryOf = ({ parts, inbox }: Service) => createCanary({ ...parts, post: inbox.post });

  test('goes through mailbox, turn, commit and log, and never to a provider', async () => {
    const service = await scene().running();
    const canary = canaryOf(service);
    expect(canary.state().kind).toBe('waiting');
    canary.start();
    await eventually(() => expect(canary.state().kind).toBe('alive'));
    await settled(service);
    expect(scene().provider.sent).toEqual([]);
    scene().clock.forward(minute);
    await eventually(() => {
      const state = canary.state();
      expect(state.kind === 'alive' && state.ageMs < minute).toBe(true);
    });
    canary.stop();
  });

  test('a worker that stands still is noticed within two minutes, even when none ever answered (Chatwoot 15131)', async () => {
    const service = await scene().service();
    const canary = canaryOf(service);
    canary.start();
    scene().clock.forward(minute);
    expect(service.lines).toEqual([]);
    scene().clock.forward(minute);
    expect(service.lines).toMatchObject([{ event: 'canary-silent' }]);
    expect(canary.state().ageMs).toBeGreaterThanOrEqual(2 * minute);
    canary.stop();
  });
});
