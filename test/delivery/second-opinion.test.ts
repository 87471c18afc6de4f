import { describe, expect, test } from '@jest/globals';
import { dialogs } from '../../dialogs/index.ts';
import type { RemoteLookUp } from '../../src/delivery/parts.ts';
import { bothStores } from '../support/both-stores.ts';
import { paperDialog } from '../support/paper-dialog.ts';
import { unclear } from '../support/second-opinions.ts';
import { person } from '../support/sending.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';
import { registryOf } from '../support/talk.ts';

describe.each(bothStores)('on $name', (kind) => {
  const scene = eachOn(kind);

  test('a message nobody here understands is chosen for outside, after a yes', async () => {
    const asked: unknown[] = [];
    const understand: RemoteLookUp = (input) => {
      asked.push(input);
      return Promise.resolve({ kind: 'intent', intent: 'training_search' });
    };
    const service = await scene().running({ context: { secondOpinion: true }, remote: { understand } });
    for (const text of ['hola', unclear, 'sí']) await service.hears(person, text);
    await eventually(() => {
      const keys = scene().provider.keysTo(person);
      expect(keys.slice(-3)).toEqual(['understand:consent', 'understand:moment', 'training:askTrade']);
    });
    expect(asked).toEqual([{ text: unclear, language: 'es' }]);
  });

  test('nobody outside is asked about what somebody wrote before they wrote of danger', async () => {
    const asked: unknown[] = [];
    const registry: RemoteLookUp = (input) => {
      asked.push(input);
      return Promise.resolve('ready');
    };
    const { provider, service } = scene();
    const context = { dialogs: registryOf([...dialogs, paperDialog]) };
    const one = await service({ context, remote: { registry } });
    for (const text of ['mi pasaporte', '77', 'me quieren matar']) await one.hears(person, text);
    one.start();
    await eventually(() => expect(provider.keysTo(person)[0]).toBe('danger:ack.violence'));
    await eventually(() => expect(one.worker.waiting).toEqual({ events: 0, messages: 0 }));
    expect(asked).toEqual([]);
  });
});
