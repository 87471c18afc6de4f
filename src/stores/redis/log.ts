import type { Cluster, Redis } from 'ioredis';
import type { ConversationId } from '../../core/ids.ts';
import { conversationId } from '../../core/ids.ts';
import type { Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { logChannel } from './keys.ts';
import { bytes, bytesOrNone, integer, list } from './reply.ts';

const stampDigits = 13;

/** The web chat's log and the news of it. */
export function createConversationLog(engine: Engine): Pick<Store, 'readLog' | 'onLogAppended'> {
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
    onLogAppended: createNews(engine),
  };
}

const readEntry = (entry: Buffer): { readonly timestamp: number; readonly body: Buffer } => ({
  timestamp: Number(entry.toString('latin1', 0, stampDigits)),
  body: entry.subarray(stampDigits),
});

/** Connects with the first listener; whenever the connection is there, for the first time or again, it subscribes. */
function createNews(engine: Engine): Store['onLogAppended'] {
  const listeners = new Set<(conversation: ConversationId) => void>();
  let subscriber: Redis | Cluster | undefined;
  const failed = (): void => engine.log?.warn({ event: 'redis-connection', error: 'subscribe' });
  const connect = async (): Promise<void> => {
    const opened = engine.connections.openSubscriber();
    subscriber = opened;
    opened.on('message', (_channel: string, id: string) => {
      for (const listener of listeners) listener(conversationId(id));
    });
    opened.on('ready', () => {
      opened.subscribe(logChannel).catch(failed);
    });
    await opened.connect();
  };
  return (listener) => {
    listeners.add(listener);
    if (subscriber === undefined) connect().catch(failed);
    return () => listeners.delete(listener);
  };
}
