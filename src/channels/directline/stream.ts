import type { WebSocket } from 'ws';
import type { ConversationId } from '../../core/ids.ts';
import { endFloods, keepAlive } from './stream-guards.ts';
import { createNews, type NewsParts } from './stream-news.ts';

/** One open socket of a conversation. */
export interface Stream {
  /** Something may have been appended: look. */
  wake(): void;
  close(code: number, reason: string): void;
  cut(): void;
  readonly closed: Promise<void>;
}

interface StreamParts extends NewsParts {
  readonly tokens: { readonly seconds: number };
}

/** Serves one socket until it closes: news from its watermark on, keep-alives, and an end when its token is long over. */
export function createStream(
  parts: StreamParts,
  socket: WebSocket,
  conversation: ConversationId,
  after: number,
  onClose: () => void,
): Stream {
  const wake = createNews(parts, socket, conversation, after);
  const stopKeepingAlive = keepAlive(parts.clock, socket, wake);
  const stopAtEnd = parts.clock.after(2 * parts.tokens.seconds * 1000, () => {
    socket.close(1008, 'token expired');
  });
  endFloods(parts.clock, socket);
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      stopKeepingAlive();
      stopAtEnd();
      onClose();
      resolve();
    });
  });
  socket.on('error', () => {
    socket.terminate();
  });

  return {
    wake,
    close: (code, reason) => {
      socket.close(code, reason);
    },
    cut: () => {
      socket.terminate();
    },
    closed,
  };
}
