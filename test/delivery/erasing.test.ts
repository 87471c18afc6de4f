import { describe, expect, test } from '@jest/globals';
import { dialogs } from '../../dialogs/index.ts';
import { bothStores } from '../support/both-stores.ts';
import { paperDialog } from '../support/paper-dialog.ts';
import { failed, person, second, settled } from '../support/sending.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';
import { registryOf } from '../support/talk.ts';

const context = { dialogs: registryOf([...dialogs, paperDialog]) };

describe.each(bothStores)('erasing, on $name', (kind) => {
  const scene = eachOn(kind);

  test('ends with a receipt; then the person is a stranger, with nothing of before', async () => {
    const { provider, running } = scene();
    const service = await running();
    const { conversationId } = await service.hears(
      person,
      'curso de electricidad en gracias lempira honduras',
      {
        ids: ['GT.1', person],
      },
    );
    await service.hears(person, '1', { ids: ['GT.1', person] });
    await service.hears(person, 'PERSONA', { ids: ['GT.1', person] });
    await eventually(async () => expect(await service.parts.store.listCases()).toHaveLength(2));
    await service.hears(person, 'BORRAR', { ids: ['GT.1', person] });
    await service.hears(person, '1', { ids: ['GT.1', person] });
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('erase:erased'));
    await settled(service);
    expect(await service.parts.store.listCases()).toEqual([]);
    expect(await service.stateOf(conversationId)).toMatchObject({
      aliases: [],
      interests: [],
      openCases: [],
      dialogs: [],
      noticeGiven: false,
      ownership: { kind: 'bot' },
    });
    expect((await service.stateOf(conversationId))?.address).toBeUndefined();
    for (const ids of [['GT.1'], [person]] as const) {
      const again = await service.hears(person, 'hola', { ids: [ids[0]] });
      expect(again.conversationId).not.toBe(conversationId);
    }
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('welcome:offer'));
  });

  test('what was not sent before is not sent after, and what waited outside is not heard', async () => {
    const { clock, provider, running } = scene();
    let answer: (status: string) => void = () => undefined;
    const service = await running({
      context,
      remote: { registry: () => new Promise((resolve) => (answer = resolve)) },
    });
    await service.hears(person, 'mi pasaporte');
    await eventually(() => expect(provider.keysTo(person)).toContain('paper:askNumber'));
    await service.hears(person, '77');
    await eventually(() => expect(service.worker.waiting).toEqual({ events: 0, messages: 1 }));
    provider.answer = ({ attempt }) =>
      attempt === 1 ? failed('send-unavailable', 20 * second) : { kind: 'accepted' };
    await service.hears(person, 'BORRAR');
    await eventually(() => expect(provider.sent).toHaveLength(2));
    const { conversationId } = await service.hears(person, '1');
    await eventually(async () => expect((await service.stateOf(conversationId))?.address).toBeUndefined());
    answer('ready');
    clock.forward(25 * second);
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('erase:erased'));
    clock.forward(30 * second);
    await settled(service);
    await new Promise((resolve) => setTimeout(resolve, 200));
    await settled(service);
    const said = provider.sent.slice(2).flatMap(({ message }) => message.keys);
    expect(new Set(said)).toEqual(new Set(['erase:erased']));
    expect((await service.stateOf(conversationId))?.aliases).toEqual([]);
  });

  test('a late repeat of a message from before brings nothing of before back', async () => {
    const { provider, running } = scene();
    const service = await running();
    const sentAt = scene().clock.now();
    await service.hears(person, 'quiero un curso', { id: 'wamid.before', sentAt });
    await service.hears(person, 'BORRAR');
    const { conversationId } = await service.hears(person, '1');
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('erase:erased'));
    await settled(service);
    const late = await service.hears(person, 'quiero un curso', { id: 'wamid.before', sentAt });
    await settled(service);
    expect(late.conversationId).not.toBe(conversationId);
    expect((await service.stateOf(conversationId))?.dialogs).toEqual([]);
  });
});
