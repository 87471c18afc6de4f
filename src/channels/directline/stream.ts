import type { RawData, WebSocket } from 'ws';
import type { ConversationId } from '../../core/ids.ts';
import type { ActivityReader } from '../../core/inbox.ts';
import { takeToken, type Bucket, type Rate } from '../../core/limiter.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { readPage } from './read.ts';

/** One open socket of a conversation. */
export interface Stream {
  /** Something may have been appended: look. */
  wake(): void;
  close(code: number, reason: string): void;
  cut(): void;
  readonly closed: Promise<void>;
}

interface StreamParts {
  readonly reader: ActivityReader;
  readonly tokens: { readonly seconds: number };
  readonly clock: Clock;
  readonly log: Log;
}

/** Empty frames against idle limits of phones' networks and proxies (direct-line.md 5). */
const keepAliveMs = 20_000;
const missedPongs = 2;
/** A page that is not taken within this time ends a slow socket. */
const sendMs = 20_000;
/** After a fault of the store the log is read again. */
const retryMs = 1000;
/** Clients only send empty keep-alives; more than this is a flood. */
const frameRate: Rate = { capacity: 50, perSecond: 5 };

/**
 * Sends a conversation's log to one socket, from its watermark on. Only one page is under way at a time, so that a slow
 * reader costs one page of memory; the log is the buffer.
 */
export function createStream(
  parts: StreamParts,
  socket: WebSocket,
  conversation: ConversationId,
  after: number,
  onClose: () => void,
): Stream {
  let place = after;
  let isSending = false;
  let isStale = false;

  const send = (frame: string): Promise<boolean> =>
    new Promise((resolve) => {
      const cancel = parts.clock.after(sendMs, () => {
        socket.terminate();
        resolve(false);
      });
      socket.send(frame, (fault) => {
        cancel();
        resolve(fault === undefined || fault === null);
      });
    });

  const wasAppended = (): boolean => isStale;
  const sendNews = async (): Promise<void> => {
    while (socket.readyState === socket.OPEN) {
      isStale = false;
      const { activities, upTo } = await readPage(parts.reader, conversation, place);
      if (activities.length > 0) {
        if (!(await send(JSON.stringify({ activities, watermark: String(upTo) })))) return;
      } else if (!wasAppended()) {
        place = upTo;
        isSending = false;
        return;
      }
      place = upTo;
    }
  };

  const wake = (): void => {
    isStale = true;
    if (isSending) return;
    isSending = true;
    sendNews().catch((fault: unknown) => {
      parts.log.warn({ event: 'stream-read-failed', channel: 'directline', error: nameOf(fault) });
      parts.clock.after(retryMs, () => {
        isSending = false;
        if (socket.readyState === socket.OPEN) wake();
      });
    });
  };

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

/** An empty frame and a ping at each beat; a peer that answers none is cut. Each beat also looks at the log again. */
function keepAlive(clock: Clock, socket: WebSocket, look: () => void): () => void {
  let unanswered = 0;
  let cancel: () => void = () => undefined;
  const beat = (): void => {
    if (unanswered >= missedPongs) {
      socket.terminate();
      return;
    }
    unanswered += 1;
    if (socket.readyState === socket.OPEN) {
      socket.ping();
      socket.send('');
      look();
    }
    cancel = clock.after(keepAliveMs, beat);
  };
  socket.on('pong', () => {
    unanswered = 0;
  });
  cancel = clock.after(keepAliveMs, beat);
  return () => {
    cancel();
  };
}

function endFloods(clock: Clock, socket: WebSocket): void {
  let bucket: Bucket | undefined;
  socket.on('message', (_data: RawData) => {
    const taken = takeToken(bucket, clock.now(), frameRate);
    if (taken.kind === 'taken') bucket = taken.bucket;
    else socket.close(1008, 'too many frames');
  });
}

function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : 'unknown';
}
