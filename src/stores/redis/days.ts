import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { sharedKeys } from './keys.ts';
import { bytes } from './reply.ts';

/** Secrets of days, and the hashes of message ids that go with them. */
export function createDays(engine: Engine): Pick<Store, 'daySecret' | 'destroyDaysBefore'> {
  const { commands } = engine.connections;
  return {
    daySecret: async (day) => {
      const fresh = Buffer.from(engine.randomness.id(256), 'base64url');
      const reply = await engine.run('day-secret', [sharedKeys.secrets], [day, fresh]);
      if (reply === null) return undefined;
      await engine.replicated();
      return bytes(reply);
    },
    destroyDaysBefore: async (day) => {
      await engine.run('destroy-secrets', [sharedKeys.secrets], [day]);
      await guarded(() =>
        Promise.all(
          engine.every.map(async (partition) => {
            const keys = engine.keys(partition);
            const old = (await commands.smembers(keys.days)).map(Number).filter((one) => one < day);
            if (old.length === 0) return;
            // In this order: a day written between the two is put on the list again by its first hash.
            await commands.srem(keys.days, ...old);
            await commands.unlink(...old.map((one) => keys.seen(one)));
          }),
        ),
      );
      await engine.replicated();
    },
  };
}
