import { conversationId, outboxId } from '../../core/ids.ts';
import type { SendMark, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { bytes, integer, list, streamEntry, text } from './reply.ts';

/** Sending, one script a step. A mark is written `attempt at confirmed`. */
export function createOutbox(
  engine: Engine,
): Pick<Store, 'readOutbox' | 'markSending' | 'readMark' | 'settle' | 'confirmSend'> {
  return {
    readOutbox: async (partition, after, limit) => {
      if (limit < 1) return [];
      const { outbox, marks } = engine.keys(partition);
      const reply = await engine.run('read-outbox', [outbox, marks], [after, limit]);
      return list(reply).map((row) => {
        const { id, fields } = streamEntry(row);
        const mark = toMark(text(list(row)[2]));
        return {
          partition,
          outboxId: outboxId(id),
          conversationId: conversationId(text(fields.get('c'))),
          body: bytes(fields.get('b')),
          ...(mark === undefined ? {} : { mark }),
        };
      });
    },
    markSending: async (partition, lease, id, mark) => {
      const keys = engine.keys(partition);
      const written = `${mark.attempt} ${mark.at} 0`;
      const reply = await engine.run(
        'mark-sending',
        [keys.lease, keys.outbox, keys.marks],
        [lease, id, written],
      );
      // A send whose mark is lost with a server would look like none.
      await engine.replicated();
      return integer(reply) === 1;
    },
    readMark: async (partition, id) => {
      const { marks } = engine.keys(partition);
      return toMark((await guarded(() => engine.connections.commands.hget(marks, id))) ?? '');
    },
    settle: async (partition, id) => {
      const { outbox, marks } = engine.keys(partition);
      await engine.run('settle', [outbox, marks], [id]);
    },
    confirmSend: async (partition, id) => {
      await engine.run('confirm-send', [engine.keys(partition).marks], [id]);
    },
  };
}

function toMark(written: string): SendMark | undefined {
  const [attempt, at, confirmed] = written.split(' ');
  if (attempt === undefined || at === undefined || confirmed === undefined) return undefined;
  return { attempt: Number(attempt), at: Number(at), confirmed: confirmed === '1' };
}
