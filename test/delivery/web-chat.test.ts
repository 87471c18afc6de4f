import { describe, expect, test } from '@jest/globals';
import { messageId, type ConversationId } from '../../src/core/ids.ts';
import { createActivityReader } from '../../src/delivery/activity-reader.ts';
import { directLineChannel } from '../../src/channels/directline/send.ts';
import { bothStores } from '../support/both-stores.ts';
import type { Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

describe.each(bothStores)('web chat, on $name', (kind) => {
  const scene = eachOn(kind);
  const post = (service: Service, conversationId: ConversationId, text: string, id = text) =>
    service.inbox.receive({
      address: { channel: directLineChannel, account: 'webchat', recipient: conversationId },
      sender: {},
      from: { kind: 'conversation', conversationId },
      repeatsBy: 'accept-time',
      message: { messageId: messageId(id), sentAt: scene().clock.now(), content: { kind: 'text', text } },
      activity: { type: 'message', text, from: { id: 'me', role: 'user' } },
    });
  const textsOf = async (service: Service, id: ConversationId) => {
    const { activities } = await createActivityReader(service.parts).read(id, 0, 100);
    return activities.map(({ activity }) => (activity as { readonly text: string }).text.split('\n')[0]);
  };

  test('the echo stands before the answer, and another process reads both', async () => {
    const { running, service } = scene();
    const [worker, reader] = [await running(), await service()];
    const id = worker.inbox.newConversationId();
    const heard: ConversationId[] = [];
    const stop = createActivityReader(reader.parts).onAppended((conversation) => heard.push(conversation));
    const outcome = await post(worker, id, 'quiero un curso');
    expect(outcome).toMatchObject({ kind: 'kept', conversationId: id, log: { serial: 1 } });
    await eventually(async () => {
      expect(await textsOf(reader, id)).toEqual([
        'quiero un curso',
        'Soy un programa automático de Casa Camino, no una persona.',
      ]);
    });
    await eventually(() => expect(heard).toContain(id));
    stop();
  });

  test('a post repeated is one message and one answer', async () => {
    const service = await scene().running();
    const id = service.inbox.newConversationId();
    await post(service, id, 'hola', 'client-1');
    expect((await post(service, id, 'hola', 'client-1')).kind).toBe('repeated');
    await post(service, id, 'menú');
    await eventually(async () => expect(await textsOf(service, id)).toHaveLength(4));
  });

  test('opening the page greets once', async () => {
    const service = await scene().running();
    const id = service.inbox.newConversationId();
    const address = { channel: directLineChannel, account: 'webchat', recipient: id };
    const opened = await Promise.all([1, 2, 3].map(() => service.inbox.join(id, address, {})));
    expect(opened.filter(Boolean)).toHaveLength(1);
    await eventually(async () => expect(await textsOf(service, id)).toHaveLength(1));
  });

  test('after erasing, the log holds the receipt and nothing of before', async () => {
    const service = await scene().running();
    const id = service.inbox.newConversationId();
    for (const text of ['quiero un curso de soldadura', 'BORRAR', '1']) await post(service, id, text);
    await eventually(async () => {
      const texts = await textsOf(service, id);
      expect(texts).toHaveLength(1);
      expect(texts[0]).toMatch(/borr/iu);
    });
  });
});
