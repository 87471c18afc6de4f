import { describe, expect, test } from '@jest/globals';
import { partitionOf, workerId } from '../../src/core/ids.ts';
import type { SendOutcome } from '../../src/core/ports.ts';
import { bothStores } from '../support/both-stores.ts';
import { breakable } from '../support/failing-store.ts';
import { pass, person, second, settled } from '../support/sending.ts';
import { echo } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';
import { two } from '../support/vaults.ts';

const other = '50255550002';
const never = new Promise<SendOutcome>(() => undefined);

describe.each(bothStores)('another worker takes over, on $name', (kind) => {
  const scene = eachOn(kind);
  /** A worker that dies while the provider holds its call to the person, without an answer. */
  const dieWhileSending = async (): Promise<void> => {
    const { provider, running } = scene();
    provider.answer = () => never;
    const dying = await running({ decide: echo });
    await dying.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await dying.hears(other, 'buenas');
    await eventually(() => expect(provider.sent).toHaveLength(2));
    await dying.crash();
    await scene().letLeasesRunOut();
    provider.answer = () => ({ kind: 'accepted' });
  };

  test('what a dead worker had accepted and not answered is answered, in order', async () => {
    const { provider, service } = scene();
    const dying = await service({ decide: echo });
    for (const text of ['a', 'b', 'c']) await dying.hears(person, text);
    await dying.crash();
    const next = await scene().running({ decide: echo });
    await next.hears(person, 'd');
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: a', '2: b', '3: c', '4: d']));
  });

  test('a send under way at the death is settled by its status and not repeated', async () => {
    const { provider, running } = scene();
    await dieWhileSending();
    const next = await running({ decide: echo });
    await eventually(() => expect(next.worker.waiting.messages).toBe(2));
    for (const { tag } of provider.sent) {
      await next.inbox.report({ ...tag, status: 'delivered', at: scene().clock.now() });
    }
    await pass(scene(), 8 * second, second);
    await settled(next);
    expect(provider.sent).toHaveLength(2);
  });

  test('without a status it is repeated once for each message, after five seconds', async () => {
    const { provider, running } = scene();
    await dieWhileSending();
    const next = await running({ decide: echo });
    await eventually(() => expect(next.worker.waiting.messages).toBe(2));
    expect(provider.sent).toHaveLength(2);
    await pass(scene(), 8 * second, second);
    await settled(next);
    expect(provider.textsTo(person)).toEqual(['1: hola', '1: hola']);
    expect(provider.textsTo(other)).toEqual(['1: buenas', '1: buenas']);
  });

  test('what nobody can open any more keeps nobody else waiting', async () => {
    const { provider, service, running } = scene();
    provider.answer = () => ({ kind: 'failed', error: 'send-unavailable', afterMs: 3_600_000 });
    const dying = await service({ decide: echo, keys: `first:${two}` });
    for (let count = 0; count < 8; count += 1) await dying.hears(`5025551000${count}`, 'hola');
    dying.start();
    await eventually(() => expect(provider.sent).toHaveLength(8));
    await dying.crash();
    await scene().letLeasesRunOut();
    provider.answer = () => ({ kind: 'accepted' });
    const next = await running({ decide: echo });
    for (let count = 0; count < 8; count += 1) await next.hears(`5025552000${count}`, 'hola');
    await eventually(() =>
      expect(provider.sent.filter(({ to }) => to.startsWith('5025552'))).toHaveLength(8),
    );
    expect(next.lines.some(({ event }) => event === 'outbox-unreadable')).toBe(true);
  });
});

describe('two workers on Redis', () => {
  const scene = eachOn(bothStores[0]!);

  test('a worker that was frozen in the middle of a turn writes and sends nothing (Chatwoot 13359, Bull)', async () => {
    const { provider, running } = scene();
    const link = breakable(await bothStores[0]!.open());
    let [release, isReached] = [(): void => undefined, false];
    const frozen = new Promise<void>((resolve) => (release = resolve));
    const slow = await running({
      decide: echo,
      store: link.store,
      middleware: [
        async (_context, next) => {
          isReached = true;
          await frozen;
          await next();
        },
      ],
    });
    await eventually(() => expect(slow.worker.partitionsHeld).toBe(4));
    await slow.hears(person, 'hola');
    await eventually(() => expect(isReached).toBe(true));
    link.breakNext('beat', 1_000);
    await scene().letLeasesRunOut();
    const quick = await running({ decide: echo });
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola']));
    release();
    await quick.hears(person, 'adiós');
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola', '2: adiós']));
    await eventually(() => expect(slow.worker.waiting.events).toBe(0));
    expect(slow.lines.filter(({ event }) => event === 'turn')).toEqual([]);
  });

  test('a worker that stops gives its partitions back at once, and nobody calls it a crash', async () => {
    const { provider, running, service } = scene();
    const first = await running({ decide: echo });
    const { conversationId } = await first.hears(person, 'hola');
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await first.stop();
    const next = await service({ decide: echo });
    const partition = partitionOf(conversationId, 4);
    const outcome = await next.parts.store.acquireLease(partition, workerId('probe'));
    expect(outcome).toMatchObject({ kind: 'acquired', crashed: false });
    if (outcome.kind === 'acquired') await next.parts.store.releaseLease(partition, outcome.lease);
    await next.hears(person, 'adiós');
    next.start();
    await eventually(() => expect(provider.textsTo(person)).toEqual(['1: hola', '2: adiós']));
  });
});
