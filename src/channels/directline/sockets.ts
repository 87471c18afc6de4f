import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { ConversationId } from '../../core/ids.ts';
import type { ActivityReader } from '../../core/inbox.ts';
import type { Clock, Log } from '../../core/ports.ts';
import { refusal, tooMany, type Answer } from './answers.ts';
import { largestActivity, socketsPerConversation, type Limits } from './limits.ts';
import type { Origins } from './origins.ts';
import { serialOf } from './read.ts';
import { createStream, type Stream } from './stream.ts';
import type { Session, Tokens } from './tokens.ts';

/** What sockets need. `addressOf` gives the peer's address; behind a trusted proxy that is not the socket's own. */
export interface SocketParts {
  readonly reader: ActivityReader;
  readonly tokens: Tokens;
  readonly origins: Origins;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  readonly addressOf: (request: IncomingMessage) => string;
}

const streamPath = /^\/v3\/directline\/conversations\/([\w-]{1,64})\/stream$/u;
/** How long closing sockets may take, milliseconds, before they are cut. */
const closingMs = 1000;

/** The WebSocket half of Direct Line: sends what the log says after each socket's watermark. */
export function createSockets(parts: SocketParts) {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: largestActivity,
    perMessageDeflate: false,
    clientTracking: false,
  });
  const streams = new Map<ConversationId, Stream[]>();
  const stopListening = parts.reader.onAppended((conversation) => {
    for (const stream of streams.get(conversation) ?? []) stream.wake();
  });

  const open = (socket: WebSocket, session: Session, after: number, leave: () => void): void => {
    const { conversation } = session;
    const stream = createStream(parts, socket, conversation, after, () => {
      leave();
      const others = (streams.get(conversation) ?? []).filter((other) => other !== stream);
      if (others.length === 0) streams.delete(conversation);
      else streams.set(conversation, others);
    });
    const together = [...(streams.get(conversation) ?? []), stream];
    streams.set(conversation, together);
    if (together.length > socketsPerConversation) together[0]?.close(1008, 'collision');
    stream.wake();
  };

  return {
    /** True when the address is a stream's: the socket is then ours, accepted or refused. */
    handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): boolean => {
      const url = URL.parse(request.url ?? '', 'http://local');
      const conversation = streamPath.exec(url?.pathname ?? '')?.[1];
      if (url === null || conversation === undefined) return false;
      const admitted = admit(parts, request, url, conversation);
      if (admitted.kind === 'refused') {
        refuseUpgrade(socket, admitted.answer);
        return true;
      }
      server.handleUpgrade(request, socket, head, (accepted) => {
        open(accepted, admitted.session, serialOf(url.searchParams.get('watermark')), admitted.leave);
      });
      return true;
    },
    /** Ends every stream with 1001; clients come back elsewhere with their watermark. */
    close: async (): Promise<void> => {
      stopListening();
      const all = [...streams.values()].flat();
      for (const stream of all) stream.close(1001, 'going away');
      if (all.length === 0) return;
      await new Promise<void>((resolve) => {
        const cancel = parts.clock.after(closingMs, resolve);
        void Promise.all(all.map((stream) => stream.closed)).then(() => {
          cancel();
          resolve();
        });
      });
      for (const stream of all) stream.cut();
    },
  };
}

type Admission =
  | { readonly kind: 'admitted'; readonly session: Session; readonly leave: () => void }
  | { readonly kind: 'refused'; readonly answer: Answer };

/** A browser always names its page. Without one only tokens that are not bound to a page come in. */
function admit(parts: SocketParts, request: IncomingMessage, url: URL, conversation: string): Admission {
  const checked = parts.tokens.check(url.searchParams.get('t') ?? '', 'stream');
  if (checked.kind === 'expired')
    return refused(refusal(403, 'TokenExpired', 'The stream address has expired.'));
  if (checked.kind === 'invalid') return refused(refusal(403, 'BadArgument', 'Token not valid.'));
  const { session } = checked;
  if (session.conversation !== conversation)
    return refused(refusal(403, 'BadArgument', 'Token not valid for this conversation.'));
  const { origin } = request.headers;
  const fits =
    session.origins === undefined
      ? origin === undefined || parts.origins.isAllowed(origin)
      : origin !== undefined && session.origins.includes(origin);
  if (!fits) return refused(refusal(403, 'Forbidden', 'This page may not open the stream.'));
  const leave = parts.limits.enterSocket(parts.addressOf(request));
  if (leave === undefined) return refused(tooMany(60_000));
  return { kind: 'admitted', session, leave };
}

function refused(answer: Answer): Admission {
  return { kind: 'refused', answer };
}

function refuseUpgrade(socket: Duplex, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  const lines = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: application/json',
    `Content-Length: ${String(Buffer.byteLength(text))}`,
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${text}`);
}
