import type { WebSocket } from 'ws';
import type { ConversationId } from '../../core/ids.ts';
import type { ActivityReader } from '../../core/inbox.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { readPage } from './read.ts';

/** What sending a log needs. */
export interface NewsParts {
  readonly reader: ActivityReader;
  readonly clock: Clock;
  readonly log: Log;
}

/** A page that is not taken within this time ends a slow socket. */
const sendMs = 20_000;
/** After a fault of the store the log is read again. */
const retryMs = 1000;

/**
 * Sends a conversation's log to one socket, from its watermark on; the function given looks for more. Only one page is
 * under way at a time, so that a slow reader costs one page of memory; the log is the buffer.
 */
export function createNews(
  parts: NewsParts,
  socket: WebSocket,
  conversation: ConversationId,
  after: number,
): () => void {
  let place = after;
  let isSending = false;
  let isStale = false;

  const wasAppended = (): boolean => isStale;
  const sendNews = async (): Promise<void> => {
    while (socket.readyState === socket.OPEN) {
      isStale = false;
      const { activities, upTo } = await readPage(parts.reader, conversation, place);
      if (activities.length > 0) {
        const frame = JSON.stringify({ activities, watermark: String(upTo) });
        if (!(await sendFrame(parts.clock, socket, frame))) return;
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
  return wake;
}

/** Whether the frame was taken in time. */
function sendFrame(clock: Clock, socket: WebSocket, frame: string): Promise<boolean> {
  return new Promise((resolve) => {
    const cancel = clock.after(sendMs, () => {
      socket.terminate();
      resolve(false);
    });
    // Node's streams, which ws hands this to, say null as well as nothing when all is well.
    socket.send(frame, (fault?: Error | null) => {
      cancel();
      resolve(fault === undefined || fault === null);
    });
  });
}

function nameOf(fault: unknown): string {
  return fault instanceof Error ? fault.name : 'unknown';
}
