import type { Cluster, Redis } from 'ioredis';
import type { Connections } from './connect.ts';
import { aliasChannel, logChannel } from './keys.ts';
import type { Log } from '../../core/ports.ts';

/** What all processes tell each other; what was published while the connection was away is missed. */
export interface News {
  /** `onGap`: from now on it is heard, but not what came before. Gives the way to stop. */
  listen(channel: string, listener: (message: string) => void, onGap?: () => void): () => void;
}

interface Listener {
  readonly channel: string;
  readonly hear: (message: string) => void;
  readonly onGap: (() => void) | undefined;
}

/** Connects with the first listener; whenever the connection is there, for the first time or again, it subscribes. */
export function createNews(connections: Connections, log: Log | undefined): News {
  const listeners = new Set<Listener>();
  let subscriber: Redis | Cluster | undefined;
  const failed = (): void => log?.warn({ event: 'redis-connection', error: 'subscribe' });
  const subscribe = async (opened: Redis | Cluster): Promise<void> => {
    await opened.subscribe(logChannel, aliasChannel);
    for (const { onGap } of listeners) onGap?.();
  };
  const connect = async (): Promise<void> => {
    const opened = connections.openSubscriber();
    subscriber = opened;
    opened.on('message', (channel: string, message: string) => {
      for (const listener of listeners) if (listener.channel === channel) listener.hear(message);
    });
    opened.on('ready', () => {
      subscribe(opened).catch(failed);
    });
    await opened.connect();
  };
  return {
    listen: (channel, hear, onGap) => {
      const own = { channel, hear, onGap };
      listeners.add(own);
      if (subscriber === undefined) connect().catch(failed);
      return () => listeners.delete(own);
    },
  };
}
