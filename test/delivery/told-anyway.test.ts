import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { openCaseRecord } from '../../src/delivery/sealing.ts';
import { bothStores } from '../support/both-stores.ts';
import { breakable } from '../support/failing-store.ts';
import { scriptedRecogniser } from '../support/scripted-recogniser.ts';
import { person } from '../support/sending.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';

const danger = 'me quieren matar';
/** Its turns throw, and so does nothing before them: the message is called urgent when it is accepted. */
const context = {
  recognise: (text: string, hint: Parameters<typeof scriptedRecogniser.recognise>[1]) => {
    if (text === danger) throw new RangeError('nobody understands this');
    return scriptedRecogniser.recognise(text, hint);
  },
};

describe.each(bothStores)('danger that no turn can answer, on $name (safety.md D14)', (kind) => {
  const scene = eachOn(kind);

  test('as the first message of all is answered with the general help, and is a case of danger', async () => {
    const { provider, running } = scene();
    const service = await running({ context });
    const { conversationId } = await service.hears(person, danger);
    await eventually(() => expect(provider.keysTo(person)).toEqual(['common:failedInDanger']));
    expect(provider.sent[0]?.message).toMatchObject({ sendClass: 'crisis', choices: [] });
    const { store, vault } = service.parts;
    const [found] = await store.listCases();
    const key = vault.unwrapPersonKey(conversationId, found!.wrappedKey);
    expect(openCaseRecord(vault, key, found!.caseId, found!.body)).toMatchObject({
      reason: 'in-danger',
      urgency: 'U1',
    });
  });

  test('is answered though the state cannot be opened, which stays as it is', async () => {
    const { provider, service, running } = scene();
    const first = await service();
    const { conversationId } = await first.hears(person, 'hola');
    first.start();
    await eventually(() => expect(provider.keysTo(person)).toContain('welcome:hello'));
    await first.stop();
    const broken = breakable(await kind.open());
    broken.answerNext('loadState', 1_000, {
      version: 1,
      wrappedKey: randomBytes(60),
      body: randomBytes(200),
    });
    const next = await running({ store: broken.store });
    const before = provider.sent.length;
    await next.hears(person, danger);
    await eventually(() => {
      expect(provider.sent.slice(before).flatMap(({ message }) => message.keys)).toEqual([
        'common:failedInDanger',
      ]);
    });
    await eventually(() => {
      expect(next.lines.filter(({ event }) => event === 'event-quarantined')).toHaveLength(2);
    });
    expect(next.lines).toContainEqual(
      expect.objectContaining({ event: 'told-without-state', outcome: 'accepted' }),
    );
    await next.stop();
    const after = await running();
    expect((await after.stateOf(conversationId))?.version).toBe(1);
  });

  test('leaves no line in the log that says it of a conversation', async () => {
    const { provider, running } = scene();
    const service = await running();
    await service.hears(person, danger);
    await eventually(() => expect(provider.sent).toHaveLength(1));
    await eventually(() => {
      expect(service.lines.filter(({ event }) => event === 'turn')).toHaveLength(1);
    });
    expect(JSON.stringify(service.lines)).not.toMatch(/danger|crisis/u);
  });
});
