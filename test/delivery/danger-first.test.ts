import { describe, expect, test } from '@jest/globals';
import type { SendOutcome } from '../../src/core/ports.ts';
import { bothStores } from '../support/both-stores.ts';
import { paperDialog } from '../support/paper-dialog.ts';
import { createProvider } from '../support/provider.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';
import { registryOf } from '../support/talk.ts';
import { dialogs } from '../../dialogs/index.ts';

const person = '50255550001';
const danger = 'me quieren matar';
const never = new Promise<SendOutcome>(() => undefined);
const context = { dialogs: registryOf([...dialogs, paperDialog]) };

describe.each(bothStores)('on $name', (kind) => {
  const scene = eachOn(kind);

  test('what somebody in danger wrote before is applied in order, and the first message to them is about the danger', async () => {
    const { provider, service } = scene();
    const one = await service();
    const { conversationId } = await one.hears(person, 'i want to learn welding');
    await one.hears(person, 'quetzaltenango');
    await one.hears(person, danger);
    one.start();
    await eventually(() => expect(provider.sent).toHaveLength(1));
    expect(provider.sent[0]?.message).toMatchObject({ sendClass: 'crisis', language: 'en' });
    expect(provider.keysTo(person)[0]).toBe('danger:ack.violence');
    const state = await one.stateOf(conversationId);
    expect(state?.version).toBe(3);
    expect(state?.dialogs.map(({ dialog }) => dialog)).toEqual(['danger']);
  });

  test('a notice that was never sent is still owed', async () => {
    const { provider, service } = scene();
    const one = await service();
    await one.hears(person, 'hola');
    await one.hears(person, danger);
    one.start();
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await one.hears(person, '1');
    await one.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.sent).toHaveLength(3));
    expect(provider.sent[2]?.message.keys).toEqual([
      'common:notice.whatsapp.organisation',
      'training:askTrade',
    ]);
  });

  test('six hundred messages of others wait: the one in danger does not', async () => {
    const { provider, service } = scene();
    const one = await service();
    const others = Array.from({ length: 60 }, (_, index) => `5025556${String(index).padStart(4, '0')}`);
    for (let round = 0; round < 10; round += 1)
      await Promise.all(others.map((number) => one.hears(number, round === 0 ? 'quiero un curso' : 'ayuda')));
    await one.hears(person, 'hola');
    await one.hears(person, danger);
    one.start();
    await eventually(() => expect(provider.sent.length).toBeGreaterThanOrEqual(601));
    const place = provider.sent.findIndex(({ to }) => to === person);
    expect(place).toBeLessThan(150);
    expect(provider.sent[place]?.message.sendClass).toBe('crisis');
  });

  test('a detector that breaks counts as danger', async () => {
    const { provider, running } = scene();
    const one = await running({
      isUrgent: () => {
        throw new RangeError('broken');
      },
    });
    await one.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.keysTo(person)[0]).toBe('danger:ack.general'));
    expect(one.lines).toContainEqual({ event: 'urgency-check-failed' });
  });
});

describe('an answer to danger is not held up', () => {
  const scene = eachOn(bothStores[1]!, (clock) =>
    createProvider(clock, { pace: { intervalMs: 6_000, burst: 1 } }),
  );
  const crisisTo = (number: string): number =>
    scene().provider.sent.filter(({ to, message }) => to === number && message.sendClass === 'crisis').length;

  test('by the pace of ordinary messages', async () => {
    const { provider, running } = scene();
    const one = await running();
    await one.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await one.hears(person, 'soldadura');
    await eventually(() => expect(one.worker.waiting).toEqual({ events: 0, messages: 1 }));
    await one.hears(person, danger);
    await eventually(() => expect(crisisTo(person)).toBe(1));
    expect(provider.textsTo(person)).toHaveLength(2);
    // What the bot wanted to ask before is not asked after it.
    scene().clock.forward(20_000);
    await eventually(() => expect(one.worker.waiting.messages).toBe(0));
    expect(provider.textsTo(person)).toHaveLength(2);
  });

  test('by a call for the same person that hangs', async () => {
    const { provider, running } = scene();
    provider.answer = ({ message }) => (message.sendClass === 'crisis' ? { kind: 'accepted' } : never);
    const one = await running();
    await one.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await one.hears(person, danger);
    await eventually(() => expect(crisisTo(person)).toBe(1));
  });

  test('by an earlier message that the provider refuses again and again', async () => {
    const { provider, running } = scene();
    provider.answer = ({ message }) =>
      message.sendClass === 'crisis' ? { kind: 'accepted' } : { kind: 'failed', error: 'send-unavailable' };
    const one = await running();
    await one.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await one.hears(person, danger);
    await eventually(() => expect(crisisTo(person)).toBe(1));
  });

  test('by a look-up outside that takes its time', async () => {
    const { provider, running } = scene();
    const one = await running({ context, remote: { registry: () => new Promise(() => undefined) } });
    await one.hears(person, 'mi pasaporte');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    scene().clock.forward(6_000);
    await one.hears(person, '77');
    await eventually(() => expect(one.worker.waiting).toEqual({ events: 0, messages: 1 }));
    await one.hears(person, danger);
    await eventually(() => expect(crisisTo(person)).toBe(1));
  });

  test('by a hundred calls for others that hang', async () => {
    const { provider, running } = scene();
    provider.answer = ({ message }) => (message.sendClass === 'crisis' ? { kind: 'accepted' } : never);
    const one = await running();
    const others = Array.from({ length: 120 }, (_, index) => `5025557${String(index).padStart(4, '0')}`);
    await Promise.all(others.map((number) => one.hears(number, 'hola')));
    await eventually(() => expect(provider.sent).toHaveLength(100));
    await one.hears(person, danger);
    await eventually(() => expect(crisisTo(person)).toBe(1));
    expect(provider.sent).toHaveLength(101);
  });
});
