import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import { SetupFaults } from '../core/errors.ts';

/** A server that listens. */
export interface Listening {
  readonly port: number;
  /** Takes no new requests, lets those under way end within the time, then cuts what is left. */
  close(graceMs: number): Promise<void>;
}

/** Handles a request to change protocols; false when it is not for us. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Slow senders are cut (safety.md H2); answers that stream have no limit of their own. */
const headersWithin = 5_000;
const requestWithin = 20_000;
/** Node.js looks for slow senders only so often. */
const lookEvery = 1_000;
const keptAlive = 65_000;

/** Starts to listen. Throws SetupFaults when the address cannot be had. */
export async function listen(
  app: Express,
  onUpgrade: UpgradeHandler,
  place: { readonly host: string; readonly port: number },
): Promise<Listening> {
  const server = createServer(
    {
      headersTimeout: headersWithin,
      requestTimeout: requestWithin,
      connectionsCheckingInterval: lookEvery,
      keepAliveTimeout: keptAlive,
    },
    app,
  );
  server.maxHeadersCount = 100;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    if (!onUpgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
  });
  await begin(server, place);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : place.port;
  return { port, close: (graceMs) => end(server, graceMs) };
}

function begin(server: Server, place: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE' ? 'something else listens there already' : (error.code ?? error.name);
      reject(new SetupFaults([`HOST and PORT: cannot listen on ${place.host}:${place.port}, ${why}`]));
    });
    server.listen({ host: place.host, port: place.port, backlog: 1_024 }, resolve);
  });
}

function end(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
