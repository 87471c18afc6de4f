import { describe, expect, test } from '@jest/globals';
import { dialogs } from '../../dialogs/index.ts';
import type { CaseRecord } from '../../src/core/conversation.ts';
import type { ConversationEvent } from '../../src/core/event.ts';
import {
  caseId,
  caseworkerId,
  channelName,
  conversationId as conversationIdOf,
  requestId,
} from '../../src/core/ids.ts';
import { openCaseRecord } from '../../src/delivery/sealing.ts';
import { bothStores } from '../support/both-stores.ts';
import { breakable } from '../support/failing-store.ts';
import { paperDialog } from '../support/paper-dialog.ts';
import { failed, person, second, settled } from '../support/sending.ts';
import { received, type Service } from '../support/service.ts';
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

  test('danger that comes right behind the yes is answered, as a stranger’s, and can be erased again', async () => {
    const { provider, service } = scene();
    const quiet = await service();
    await quiet.hears(person, 'quiero un curso de soldadura');
    await quiet.hears(person, 'BORRAR');
    await quiet.hears(person, '1');
    const { conversationId } = await quiet.hears(person, 'me quieren matar');
    quiet.start();
    await eventually(() => expect(provider.keysTo(person)).toContain('danger:isSafe'));
    await settled(quiet);
    expect(await casesOf(quiet)).toMatchObject([{ reason: 'in-danger', urgency: 'U1' }]);
    expect(await quiet.stateOf(conversationId)).toMatchObject({ interests: [], calm: {} });
    const again = await quiet.hears(person, 'gracias');
    expect(again.conversationId).toBe(conversationId);
    expect((await quiet.stateOf(conversationId))?.aliases).toHaveLength(1);
  });

  test('what comes right behind the yes is answered like anybody’s first words', async () => {
    const { provider, service } = scene();
    const quiet = await service();
    await quiet.hears(person, 'BORRAR');
    await quiet.hears(person, '1');
    await quiet.hears(person, 'hola');
    quiet.start();
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('welcome:offer'));
    expect(provider.keysTo(person)).toContain('erase:erased');
  });

  test('an open case of danger stays, without what was written, and a caseworker can still close it', async () => {
    const { clock, provider, running } = scene();
    const service = await running();
    const { conversationId } = await service.hears(
      person,
      'curso de electricidad en gracias lempira honduras',
    );
    await service.hears(person, '1');
    await eventually(async () => expect(await casesOf(service)).toMatchObject([{ urgency: 'U3' }]));
    await service.hears(person, 'me quieren matar');
    await eventually(async () => expect(await casesOf(service)).toHaveLength(2));
    const before = (await casesOf(service)).find(({ urgency }) => urgency === 'U1');
    await service.hears(person, 'BORRAR');
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('erase:confirmDanger'));
    await service.hears(person, '1');
    await eventually(() => expect(provider.keysTo(person)).toContain('erase:dangerStays'));
    await settled(service);
    expect(await casesOf(service)).toEqual([
      {
        caseId: before?.caseId,
        conversationId,
        reason: 'in-danger',
        urgency: 'U1',
        openedAt: before?.openedAt,
        status: 'open',
        channel: 'whatsapp',
        language: 'es',
        brief: {},
      },
    ]);
    const blank = await service.stateOf(conversationId);
    expect(blank).toMatchObject({
      openCases: [{ caseId: before?.caseId, former: true }],
      ownership: { kind: 'bot' },
    });
    expect([blank?.calm, blank?.address, blank?.lastInboundAt]).toEqual([undefined, undefined, undefined]);

    const again = await service.hears(person, 'hola');
    expect(again.conversationId).not.toBe(conversationId);
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('welcome:offer'));
    await service.inbox.post(conversationId, {
      kind: 'desk',
      at: clock.now(),
      requestId: requestId('close'),
      caseId: caseId(before?.caseId ?? ''),
      action: { kind: 'resolve', by: caseworkerId('marta') },
    });
    await eventually(async () => expect(await casesOf(service)).toEqual([]));
    expect(service.outcomes.get('close')).toEqual({ kind: 'done' });
  });

  test('forgetting the names twice takes nothing from the conversation that began since', async () => {
    const { provider, running } = scene();
    const opened = breakable(await kind.open());
    const service = await running({ store: opened.store });
    await service.hears(person, 'BORRAR');
    await service.hears(person, '1');
    await eventually(() => expect(provider.keysTo(person)).toContain('erase:erased'));
    await settled(service);
    const { conversationId } = await service.hears(person, 'hola');
    const alias = service.parts.vault.aliasOf(channelName('whatsapp'), 'ours', person);
    await opened.store.forgetAliases([alias], conversationIdOf('from before'));
    expect((await service.hears(person, 'gracias')).conversationId).toBe(conversationId);
  });

  test('a message that another process put into the erased conversation leaves nobody without a way to erase', async () => {
    const { provider, service, running } = scene();
    const [first, other] = [await running(), await service()];
    const { conversationId: before } = await other.hears(person, 'quiero un curso');
    await first.hears(person, 'BORRAR');
    await first.hears(person, '1');
    await eventually(() => expect(provider.keysTo(person)).toContain('erase:erased'));
    await settled(first);
    // As if its news had not come: the alias is still in its memory.
    await other.inbox.post(before, lateMessage(first));
    await settled(first);
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('welcome:offer'));
    await settled(first);
    expect((await first.hears(person, 'BORRAR')).conversationId).toBe(before);
  });
});

/** A message as another process seals it that resolved the sender before the erasure. */
const lateMessage = (service: Service): ConversationEvent => {
  const { address, sender, message } = received(service.parts.clock.now(), person, 'hola');
  const aliases = [service.parts.vault.aliasOf(channelName('whatsapp'), 'ours', person)];
  return { kind: 'message', at: service.parts.clock.now(), address, sender, message, aliases, urgent: false };
};

/** Open cases as `puente desk list` reads them. */
async function casesOf({ parts: { store, vault } }: Service): Promise<readonly CaseRecord[]> {
  const cases = await store.listCases();
  return cases.map(({ caseId: id, conversationId, wrappedKey, body }) =>
    openCaseRecord(vault, vault.unwrapPersonKey(conversationId, wrappedKey), id, body),
  );
}

describe('erasing with two processes on one Redis', () => {
  const scene = eachOn(bothStores[0]!);

  test('the other process sends nobody to the erased conversation any more', async () => {
    const { provider, service, running } = scene();
    const [first, other] = [await running(), await service()];
    const { conversationId: before } = await other.hears(person, 'quiero un curso');
    await first.hears(person, 'BORRAR');
    await first.hears(person, '1');
    await eventually(() => expect(provider.keysTo(person)).toContain('erase:erased'));
    await settled(first);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { conversationId: after } = await other.hears(person, 'hola');
    expect(after).not.toBe(before);
    expect((await first.hears(person, 'BORRAR')).conversationId).toBe(after);
  });

  test('nor to somebody whose number was given up', async () => {
    const { service } = scene();
    const [first, other] = [await service(), await service()];
    const { conversationId: before } = await other.hears(person, 'quiero un curso');
    const address = { channel: channelName('whatsapp'), account: 'ours', recipient: '50255550009' };
    const change = { channel: address.channel, account: 'ours', address };
    await first.inbox.changeIdentity({ ...change, previous: [person], next: ['50255550009'] });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect((await other.hears(person, 'hola')).conversationId).not.toBe(before);
    expect((await other.hears('50255550009', 'hola')).conversationId).toBe(before);
  });
});
