import { describe, expect, test } from '@jest/globals';
import type { MiddlewareHandler } from 'botbuilder';
import { openCaseRecord } from '../../src/delivery/sealing.ts';
import { bothStores } from '../support/both-stores.ts';
import { person } from '../support/sending.ts';
import type { Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';
import { scriptedRecogniser } from '../support/scripted-recogniser.ts';

const other = '50255550002';
const poison = 'veneno';
const context = {
  recognise: (text: string, hint: Parameters<typeof scriptedRecogniser.recognise>[1]) => {
    if (text === poison) throw new RangeError('nobody understands this');
    return scriptedRecogniser.recognise(text, hint);
  },
};
/** Stands for whatever kills a process: the turn of such a message never ends. */
const deadly: MiddlewareHandler = async ({ activity }, next) => {
  if (activity.text === poison) await new Promise(() => undefined);
  await next();
};

async function reasonsOfCases({ parts }: Service): Promise<readonly string[]> {
  const { store, vault } = parts;
  return (await store.listCases()).map(({ caseId, conversationId, wrappedKey, body }) => {
    const key = vault.unwrapPersonKey(conversationId, wrappedKey);
    return openCaseRecord(vault, key, caseId, body).reason;
  });
}

describe.each(bothStores)('a message that no turn survives, on $name', (kind) => {
  const scene = eachOn(kind);

  test('that throws three times is set aside, the person is told, the next message has its turn (safety.md R11)', async () => {
    const { provider, running } = scene();
    const service = await running({ context });
    const startedAt = performance.now();
    await service.hears(person, 'hola');
    await service.hears(person, poison);
    await service.hears(person, 'quiero un curso');
    await eventually(() => {
      expect(provider.keysTo(person)).toContain('common:failed');
      expect(provider.keysTo(person)).toContain('training:askTrade');
    });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await service.parts.store.listQuarantine(10)).toMatchObject([
      { source: 'event', reason: 'RangeError' },
    ]);
    expect(await reasonsOfCases(service)).toEqual(['message-failed']);
    expect(service.lines.filter(({ event }) => event === 'turn-threw')).toHaveLength(3);
    expect(JSON.stringify(service.lines)).not.toContain(poison);
    expect(await service.parts.store.oldestWaiting()).toBeUndefined();
  });

  test('that kills the worker is set aside after two lonely deaths, and an innocent one beside it is not', async () => {
    const { provider, service, running, letLeasesRunOut } = scene();
    const first = await service({ middleware: [deadly] });
    const { conversationId } = await first.hears(person, poison);
    await first.hears(person, 'quiero un curso');
    await first.hears(other, 'quiero un curso');
    first.start();
    let dying = first;
    for (let deaths = 0; deaths < 3; deaths += 1) {
      await eventually(() => expect(dying.worker.waiting.events).toBeGreaterThan(0));
      await new Promise((resolve) => setTimeout(resolve, 300));
      await dying.crash();
      await letLeasesRunOut();
      if (deaths < 2) dying = await running({ middleware: [deadly] });
    }
    const last = await running({ middleware: [deadly] });
    await eventually(() => {
      expect(provider.keysTo(person)).toContain('common:failed');
      expect(provider.keysTo(person)).toContain('training:askTrade');
      expect(provider.keysTo(other)).toContain('training:askTrade');
    });
    expect(await last.parts.store.listQuarantine(10)).toMatchObject([{ reason: 'killed-the-worker' }]);
    expect((await last.stateOf(conversationId))?.dialogs.map(({ dialog }) => dialog)).toEqual(['training']);
  });

  test('that nobody can open any more is set aside, and the next has its turn', async () => {
    const { clock, provider, service, running } = scene();
    const first = await service();
    await first.hears(person, 'hola');
    clock.forward(11 * 24 * 3_600_000);
    await first.parts.store.destroyDaysBefore(Math.floor(clock.now() / 86_400_000) - 1);
    const next = await running();
    await next.hears(person, 'quiero un curso');
    await eventually(() => expect(provider.keysTo(person)).toContain('training:askTrade'));
    expect(await next.parts.store.listQuarantine(10)).toMatchObject([
      { source: 'event', reason: 'unreadable' },
    ]);
  });
});

describe('a signed body that nobody can read', () => {
  const scene = eachOn(bothStores[1]!);

  test('is kept as it came, sealed', async () => {
    const { parts, inbox } = await scene().service();
    const body = Buffer.from('{"object":"whatsapp_business_account", broken');
    await inbox.quarantine('malformed', body);
    const [kept] = await parts.store.listQuarantine(10);
    expect(kept).toMatchObject({ source: 'webhook', reason: 'malformed' });
    expect(Buffer.from(kept!.body).includes('whatsapp')).toBe(false);
    const opened = await parts.vault.openFromDay('quarantine', kept!.body);
    expect(Buffer.from(opened!).equals(body)).toBe(true);
  });
});
