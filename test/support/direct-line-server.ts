import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import {
  createDirectLine,
  type DirectLine,
  type DirectLineOptions,
} from '../../src/channels/directline/index.ts';
import type { Clock, Log, LogFields, Randomness } from '../../src/core/ports.ts';
import { createMemoryInbox, type MemoryInbox } from './memory-inbox.ts';

/** Secret of the test servers. */
export const testSecret = 'a-direct-line-secret-of-a-test';

/** The machine's clock with a lead that tests set by hand; waits are real. */
export interface ShiftedClock extends Clock {
  shift(ms: number): void;
  /** Time stands still until the given function is called. */
  stop(): () => void;
}

/** Starts at the machine's time. */
export function createShiftedClock(): ShiftedClock {
  let lead = 0;
  let stoppedAt: number | undefined;
  return {
    now: () => stoppedAt ?? Date.now() + lead,
    monotonic: () => performance.now(),
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => {
        clearTimeout(timer);
      };
    },
    shift: (ms) => {
      lead += ms;
    },
    stop: () => {
      stoppedAt = Date.now() + lead;
      return () => {
        stoppedAt = undefined;
      };
    },
  };
}

const random: Randomness = {
  id: (bits) => randomBytes(bits / 8).toString('base64url'),
  fraction: () => 0.5,
};

/** A real express server with Direct Line on a free loopback port. */
export interface DirectLineServer {
  readonly url: string;
  readonly inbox: MemoryInbox;
  readonly clock: ShiftedClock;
  readonly directLine: DirectLine;
  readonly lines: readonly LogFields[];
  close(): Promise<void>;
}

/** Starts one; `inbox` shares another's log, as two processes on one store do. `extend` adds routes. */
export async function startDirectLine(
  options: Partial<DirectLineOptions> & { readonly shared?: DirectLineServer } = {},
  extend: (app: express.Express) => void = () => undefined,
): Promise<DirectLineServer> {
  const { shared, ...overrides } = options;
  const clock = shared?.clock ?? createShiftedClock();
  const inbox = shared?.inbox ?? createMemoryInbox({ clock, random });
  const lines: LogFields[] = [];
  const directLine = createDirectLine({
    inbox,
    reader: inbox,
    secret: testSecret,
    tokenSeconds: 1800,
    allowedOrigins: ['https://chat.example.org'],
    allowLoopbackOrigins: true,
    exemptLoopback: true,
    clock,
    random,
    log: collectingLog(lines),
    ...overrides,
  });
  const app = express();
  app.use('/v3/directline', directLine.router);
  extend(app);
  const server = createServer(app);
  server.on('upgrade', (request, socket, head) => {
    if (!directLine.handleUpgrade(request, socket, head)) socket.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A listening TCP server has an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    inbox,
    clock,
    directLine,
    lines,
    close: () => stop(directLine, server),
  };
}

async function stop(directLine: DirectLine, server: Server): Promise<void> {
  await directLine.close();
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

function collectingLog(lines: LogFields[]): Log {
  const add = (fields: LogFields): void => {
    lines.push(fields);
  };
  return { debug: add, info: add, warn: add, error: add };
}
