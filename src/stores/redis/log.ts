import { conversationId } from '../../core/ids.ts';
import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { logChannel } from './keys.ts';
import type { News } from './news.ts';
import { bytes, bytesOrNone, integer, list } from './reply.ts';

const stampDigits = 13;

/** The web chat's log and the news of it. */
export function createConversationLog(engine: Engine, news: News): Pick<Store, 'readLog' | 'onLogAppended'> {
  return {
    readLog: async (conversation, after, limit) => {
      const keys = engine.keys(engine.partitionOf(conversation));
      const reply = await engine.run(
        'read-log',
        [keys.log(conversation), keys.state(conversation)],
        [after, limit],
      );
      const [length, wrapped, entries] = list(reply);
      const wrappedKey = bytesOrNone(wrapped);
      return {
        length: integer(length),
        entries: list(entries).map((entry, index) => ({
          serial: after + index + 1,
          ...readEntry(bytes(entry)),
        })),
        ...(wrappedKey === undefined ? {} : { wrappedKey }),
      };
    },
    onLogAppended: (listener) =>
      news.listen(logChannel, (id) => {
        listener(conversationId(id));
      }),
  };
}

const readEntry = (entry: Buffer): { readonly timestamp: number; readonly body: Buffer } => ({
  timestamp: Number(entry.toString('latin1', 0, stampDigits)),
  body: entry.subarray(stampDigits),
});
