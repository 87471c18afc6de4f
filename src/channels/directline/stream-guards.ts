import type { RawData, WebSocket } from 'ws';
import { takeToken, type Bucket, type Rate } from '../../core/limiter.ts';
import type { Clock } from '../../core/ports.ts';

/** Empty frames against idle limits of phones' networks and proxies (direct-line.md 5). */
const keepAliveMs = 20_000;
const missedPongs = 2;
/** Clients only send empty keep-alives; more than this is a flood. */
const frameRate: Rate = { capacity: 50, perSecond: 5 };

/** An empty frame and a ping at each beat; a peer that answers none is cut. Each beat also looks at the log again. */
export function keepAlive(clock: Clock, socket: WebSocket, look: () => void): () => void {
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

/** Closes the socket of a client that sends more than keep-alives. */
export function endFloods(clock: Clock, socket: WebSocket): void {
  let bucket: Bucket | undefined;
  socket.on('message', (_data: RawData) => {
    const taken = takeToken(bucket, clock.now(), frameRate);
    if (taken.kind === 'taken') bucket = taken.bucket;
    else socket.close(1008, 'too many frames');
  });
}
