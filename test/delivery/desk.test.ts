import { describe, expect, test } from '@jest/globals';
import type { DeskAction } from '../../src/core/event.ts';
import { caseworkerId, requestId, type CaseId, type ConversationId } from '../../src/core/ids.ts';
import { bothStores } from '../support/both-stores.ts';
import { person, settled } from '../support/sending.ts';
import type { Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

const rosa = caseworkerId('rosa');
const other = '50255550002';

describe.each(bothStores)('caseworkers, on $name', (kind) => {
  const scene = eachOn(kind);
  let clicks = 0;
  const click = async (
    service: Service,
    where: { readonly conversationId: ConversationId; readonly caseId: CaseId },
    action: DeskAction,
    key = `click-${(clicks += 1)}`,
  ) => {
    const event = {
      kind: 'desk',
      at: scene().clock.now(),
      requestId: requestId(key),
      caseId: where.caseId,
      action,
    } as const;
    await service.inbox.post(where.conversationId, event, `desk:${key}`);
    return key;
  };
  const outcomeOf = async (service: Service, key: string) => {
    await eventually(() => expect(service.outcomes.has(key)).toBe(true));
    return service.outcomes.get(key);
  };
  /** A person in the queue. */
  const begin = async () => {
    const service = await scene().running();
    await service.hears(person, 'PERSONA');
    await eventually(() => expect(scene().provider.sent).toHaveLength(1));
    const [open] = await service.parts.store.listCases();
    return { service, open: open! };
  };

  test('fifty claim a case at once: one has it, the others learn who (safety.md R18)', async () => {
    const { service, open } = await begin();
    const keys = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        click(service, open, { kind: 'claim', by: caseworkerId(`worker-${index}`), shownName: 'X' }),
      ),
    );
    const outcomes = await Promise.all(keys.map((key) => outcomeOf(service, key)));
    expect(outcomes.filter((outcome) => outcome?.kind === 'done')).toHaveLength(1);
    const winner = (await service.stateOf(open.conversationId))?.ownership;
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome)))).toEqual(
      new Set([
        JSON.stringify({ kind: 'done' }),
        JSON.stringify({ kind: 'taken', by: winner?.kind === 'caseworker' ? winner.by : 'nobody' }),
      ]),
    );
  });

  test('a reply goes out once though it was sent five times with the same key (Chatwoot 9314)', async () => {
    const { service, open } = await begin();
    await click(service, open, { kind: 'claim', by: rosa, shownName: 'Rosa' });
    const reply = { kind: 'reply', by: rosa, text: 'Buenas, soy Rosa' } as const;
    await Promise.all(Array.from({ length: 5 }, () => click(service, open, reply, 'reply-1')));
    expect(await outcomeOf(service, 'reply-1')).toEqual({ kind: 'done' });
    await eventually(() => expect(scene().provider.textsTo(person)).toHaveLength(2));
    await settled(service);
    expect(scene().provider.sent[1]?.message).toMatchObject({ text: 'Buenas, soy Rosa', author: 'Rosa' });
    expect(scene().provider.sent).toHaveLength(2);
  });

  test('while she has it the bot is silent; afterwards it announces itself and the case is gone', async () => {
    const { service, open } = await begin();
    const { provider } = scene();
    await outcomeOf(service, await click(service, open, { kind: 'claim', by: rosa, shownName: 'Rosa' }));
    await service.hears(person, 'quiero un curso');
    await outcomeOf(service, await click(service, open, { kind: 'resolve', by: rosa }));
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('common:botIsBack'));
    expect(provider.sent).toHaveLength(2);
    expect(await service.parts.store.listCases()).toEqual([]);
    await service.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.keysTo(person).at(-1)).toBe('training:askTrade'));
  });

  test('danger stands first in the queue', async () => {
    const { service } = await begin();
    const { conversationId } = await service.hears(other, 'me quieren matar');
    await eventually(() => expect(scene().provider.keysTo(other)).toContain('danger:ack.violence'));
    const queue = await service.parts.store.listCases();
    expect(queue.map(({ rank }) => rank)).toEqual([1, 2]);
    expect(queue[0]?.conversationId).toBe(conversationId);
  });

  test('an act on a conversation nobody knows is not found, and makes nobody known', async () => {
    const { service } = await begin();
    const where = { conversationId: service.inbox.newConversationId(), caseId: 'x' as CaseId };
    const key = await click(service, where, { kind: 'claim', by: rosa, shownName: 'Rosa' });
    expect(await outcomeOf(service, key)).toEqual({ kind: 'not-found' });
    expect(await service.parts.store.listCases()).toHaveLength(1);
  });
});
