import { describe, expect, test } from '@jest/globals';
import { dialogs } from '../../dialogs/index.ts';
import type { RemoteLookUp } from '../../src/delivery/parts.ts';
import { bothStores } from '../support/both-stores.ts';
import { paperDialog } from '../support/paper-dialog.ts';
import { person, second } from '../support/sending.ts';
import type { Service } from '../support/service.ts';
import { eachOn } from '../support/service-tests.ts';
import { eventually } from '../support/store-acts.ts';
import { registryOf } from '../support/talk.ts';

const context = { dialogs: registryOf([...dialogs, paperDialog]) };

describe.each(bothStores)('a look-up outside, on $name', (kind) => {
  const scene = eachOn(kind);
  const ask = async (registry: RemoteLookUp): Promise<Service> => {
    const service = await scene().running({ context, remote: { registry } });
    await service.hears(person, 'mi pasaporte');
    await service.hears(person, '77');
    return service;
  };
  const keys = (): readonly string[] => scene().provider.keysTo(person).slice(-2);

  test('is asked with what the dialog names, and its answer goes on', async () => {
    const asked: unknown[] = [];
    await ask((input) => {
      asked.push(input);
      return Promise.resolve('ready');
    });
    await eventually(() => expect(keys()).toEqual(['paper:is.ready', 'paper:offer']));
    expect(asked).toEqual([{ number: '77' }]);
  });

  test.each<readonly [string, RemoteLookUp]>([
    ['fails', () => Promise.reject(new RangeError('down'))],
    [
      'throws at once',
      () => {
        throw new RangeError('down');
      },
    ],
    ['never answers', () => new Promise(() => undefined)],
  ])('that %s: the deadline goes on', async (_name, registry) => {
    let isAborted = false;
    await ask((input, signal) => {
      signal.addEventListener('abort', () => (isAborted = true));
      return registry(input, signal);
    });
    await eventually(() => expect(scene().provider.keysTo(person)).toContain('paper:askNumber'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    await eventually(() => {
      scene().clock.forward(2 * second);
      expect(keys()).toEqual(['paper:late', 'paper:offer']);
    });
    expect(isAborted).toBe(_name === 'never answers');
  });

  test('answers once, though the worker that asked died and another asked again', async () => {
    const { running, letLeasesRunOut } = scene();
    const service = await ask(() => new Promise(() => undefined));
    await eventually(() => expect(service.worker.waiting).toEqual({ events: 0, messages: 1 }));
    await service.crash();
    await letLeasesRunOut();
    const next = await running({ context, remote: { registry: () => Promise.resolve('printed') } });
    await eventually(() => expect(keys()).toEqual(['paper:is.printed', 'paper:offer']));
    await next.hears(person, '2');
    await next.hears(person, 'gracias');
    await eventually(() => expect(keys().at(-1)).toBe('common:bye'));
    expect(
      scene()
        .provider.keysTo(person)
        .filter((key) => key === 'paper:is.printed'),
    ).toHaveLength(1);
  });

  test('that nobody answers for in this installation goes on by its deadline', async () => {
    const service = await scene().running({ context });
    await service.hears(person, 'mi pasaporte');
    await service.hears(person, '77');
    await eventually(() => expect(service.worker.waiting).toEqual({ events: 0, messages: 0 }));
    await eventually(() => {
      scene().clock.forward(2 * second);
      expect(keys()).toEqual(['paper:late', 'paper:offer']);
    });
  });
});
