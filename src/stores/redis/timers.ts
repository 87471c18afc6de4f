import { conversationId } from '../../core/ids.ts';
import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { integer } from './reply.ts';

/** Timers: looked for with one read, moved by one script, which checks again that they are due. */
export function createTimers(engine: Engine): Pick<Store, 'fireTimers'> {
  return {
    fireTimers: async (partition, lease, now, limit) => {
      const keys = engine.keys(partition);
      const { commands } = engine.connections;
      const due = await guarded(() => commands.zrangebyscore(keys.timers, '-inf', now, 'LIMIT', 0, limit));
      if (due.length === 0) return 0;
      const timers = due.map((member) => {
        const space = member.indexOf(' ');
        return { conversation: conversationId(member.slice(0, space)), name: member.slice(space + 1) };
      });
      const reply = await engine.run(
        'fire-timers',
        [keys.lease, keys.timers, keys.inbox, ...timers.map(({ conversation }) => keys.waits(conversation))],
        [lease, now, ...timers.flatMap(({ conversation, name }) => [conversation, name])],
      );
      return integer(reply);
    },
  };
}
