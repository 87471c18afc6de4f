import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Router } from 'express';
import type { ActivityReader, Inbox } from '../../core/inbox.ts';
import type { ChannelOutlet, Clock, Log, Randomness } from '../../core/ports.ts';
import { createLimits } from './limits.ts';
import { createOrigins } from './origins.ts';
import { createRoutes } from './routes.ts';
import { directLineOutlet } from './send.ts';
import { createSockets } from './sockets.ts';
import { createTokens } from './tokens.ts';

/** What Direct Line needs. `tokenSeconds` is how long a token lives; `addressOf` is for sockets behind a trusted proxy. */
export interface DirectLineOptions {
  readonly inbox: Inbox;
  readonly reader: ActivityReader;
  readonly secret: string;
  readonly tokenSeconds: number;
  readonly allowedOrigins: readonly string[];
  readonly allowLoopbackOrigins: boolean;
  readonly publicUrl?: string;
  readonly exemptLoopback: boolean;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  /** Throws StoreUnavailable when nothing can be kept: no tokens are made then. */
  readonly checkStore?: () => Promise<void>;
  readonly addressOf?: (request: IncomingMessage) => string;
}

/** The channel: a router for `/v3/directline`, the upgrade handler for its streams, and the way out. */
export interface DirectLine {
  readonly router: Router;
  /** True when the request was for a stream; it is then dealt with. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  readonly outlet: ChannelOutlet;
  close(): Promise<void>;
}

/** Web chat by Bot Framework Direct Line 3.0, without Azure: any process with the same secret and store serves any client. */
export function createDirectLine(options: DirectLineOptions): DirectLine {
  const tokens = createTokens(options.secret, options.tokenSeconds, options.clock);
  const limits = createLimits(options.clock, options.exemptLoopback);
  const origins = createOrigins(options);
  const addressOf = options.addressOf ?? ((request) => request.socket.remoteAddress ?? '');
  const sockets = createSockets({ ...options, tokens, limits, origins, addressOf });
  return {
    router: createRoutes({ ...options, tokens, limits, origins }),
    handleUpgrade: sockets.handleUpgrade,
    outlet: directLineOutlet,
    close: sockets.close,
  };
}
