import { describe, expect, test } from '@jest/globals';
import { bothStores } from '../support/both-stores.ts';
import { breakable, type BreakableStore } from '../support/failing-store.ts';
import { person, second, settled } from '../support/sending.ts';
import { echo, type Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

describe.each(bothStores)('a store that breaks for a moment, on $name', (kind) => {
  const scene = eachOn(kind);
  const begin = async (): Promise<{ readonly service: Service; readonly link: BreakableStore }> => {
    const link = breakable(await kind.open());
    const service = await scene().running({ store: link.store, decide: echo });
    await service.hears(person, 'antes');
    await eventually(() => expect(scene().provider.textsTo(person)).toEqual(['1: antes']));
    await settled(service);
    return { service, link };
  };
  const sent = (): readonly string[] => scene().provider.textsTo(person);

  test('a commit that was carried out and whose answer was lost: what it said goes out, once (mailroom 691)', async () => {
    const { service, link } = await begin();
    link.breakNext('commit', 1, 'after');
    await service.hears(person, 'hola');
    await service.hears(person, 'adiós');
    await eventually(() => expect(sent()).toEqual(['1: antes', '2: hola', '3: adiós']));
  });

  test.each([1, 2, 5])('%d conflicts: the message is not lost (fazer-ai 147)', async (conflicts) => {
    const { service, link } = await begin();
    link.answerNext('commit', conflicts, { kind: 'conflict' });
    await service.hears(person, 'hola');
    await eventually(() => {
      scene().clock.forward(second);
      expect(sent()).toEqual(['1: antes', '2: hola']);
    });
  });

  test('a commit that never came there: the turn is run again', async () => {
    const { service, link } = await begin();
    link.breakNext('commit', 3);
    await service.hears(person, 'hola');
    await eventually(() => expect(sent()).toEqual(['1: antes', '2: hola']));
  });

  test('a message that the provider took and that could not be settled is not sent twice', async () => {
    const { service, link } = await begin();
    link.breakNext('settle', 2);
    await service.hears(person, 'hola');
    await eventually(() => expect(sent()).toHaveLength(2));
    scene().clock.forward(2 * second);
    await settled(service);
    scene().clock.forward(10 * second);
    await settled(service);
    expect(sent()).toEqual(['1: antes', '2: hola']);
  });

  test('a mark that could not be written: the message waits and then goes', async () => {
    const { service, link } = await begin();
    link.breakNext('markSending', 2);
    await service.hears(person, 'hola');
    await eventually(() => expect(sent()).toEqual(['1: antes', '2: hola']));
  });

  test('a secret of the day that could not be read sets no message aside', async () => {
    const { provider, service: make } = scene();
    const first = await make({ decide: echo });
    await first.hears(person, 'hola');
    const link = breakable(await kind.open());
    link.breakNext('daySecret', 2);
    const second_ = await scene().running({ store: link.store, decide: echo });
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola']));
    expect(await second_.parts.store.listQuarantine(10)).toEqual([]);
  });

  test('a state that could not be read: the turn waits', async () => {
    const { service, link } = await begin();
    link.breakNext('loadState', 2);
    const stranger = '50255550009';
    await service.hears(stranger, 'hola');
    await eventually(() => expect(scene().provider.textsTo(stranger)).toEqual(['1: hola']));
  });

  test('reading that breaks goes on by itself', async () => {
    const { service, link } = await begin();
    link.breakNext('readMailbox', 2);
    await service.hears(person, 'hola');
    await eventually(() => expect(sent()).toEqual(['1: antes', '2: hola']));
  });

  test('while nothing can be kept, nothing is said to be kept', async () => {
    const { service, link } = await begin();
    link.breakNext('accept', 1);
    await expect(service.hears(person, 'hola', { id: 'wamid.x' })).rejects.toThrow('the connection broke');
    expect((await service.hears(person, 'hola', { id: 'wamid.x' })).kind).toBe('kept');
    await eventually(() => expect(sent()).toEqual(['1: antes', '2: hola']));
  });

  test('a message that was kept and whose answer was lost has one effect when it comes again', async () => {
    const { service, link } = await begin();
    link.breakNext('accept', 1, 'after');
    await expect(service.hears(person, 'hola', { id: 'wamid.x' })).rejects.toThrow('the connection broke');
    expect((await service.hears(person, 'hola', { id: 'wamid.x' })).kind).toBe('repeated');
    await eventually(() => expect(sent()).toEqual(['1: antes', '2: hola']));
  });
});
