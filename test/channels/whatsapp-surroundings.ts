import { createHmac } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { conversationId } from '../../src/core/ids.ts';
import type { Inbox, ReceivedMessage, StatusReport } from '../../src/core/inbox.ts';
import type { Clock, Log, LogFields } from '../../src/core/ports.ts';

const fixtures = new URL('../fixtures/whatsapp/', import.meta.url);

/** The exact bytes of a recorded body. */
export const fixture = (name: string): Buffer => readFileSync(new URL(name, fixtures));
/** Every recorded body's file name, in order. */
export const fixtureNames = (): readonly string[] => readdirSync(fixtures).sort();

/** Signs like Meta. */
export const signatureOf = (body: Uint8Array, secret: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export const realClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** Keeps what channels hand in, and fails on demand. */
export interface CollectingInbox extends Inbox {
  readonly received: ReceivedMessage[];
  readonly reports: StatusReport[];
  readonly changes: Parameters<Inbox['changeIdentity']>[0][];
  readonly quarantined: { readonly reason: string; readonly body: Uint8Array }[];
  fault: Error | undefined;
  onReceived: (received: ReceivedMessage) => void;
}

export function collectingInbox(): CollectingInbox {
  const id = conversationId('conversation-of-the-test');
  const unlessFaulty = <Outcome>(keep: () => Outcome): Promise<Outcome> =>
    new Promise((resolve) => {
      if (inbox.fault !== undefined) throw inbox.fault;
      resolve(keep());
    });
  const inbox: CollectingInbox = {
    received: [],
    reports: [],
    changes: [],
    quarantined: [],
    fault: undefined,
    onReceived: () => undefined,
    receive: (received) =>
      unlessFaulty(() => {
        const repeated = inbox.received.some((kept) => kept.message.messageId === received.message.messageId);
        if (repeated) return { kind: 'repeated', conversationId: id };
        inbox.received.push(received);
        inbox.onReceived(received);
        return { kind: 'kept', conversationId: id };
      }),
    join: () => Promise.resolve(false),
    report: (report) => unlessFaulty(() => void inbox.reports.push(report)),
    changeIdentity: (change) => unlessFaulty(() => void inbox.changes.push(change)),
    quarantine: (reason, body) => unlessFaulty(() => void inbox.quarantined.push({ reason, body })),
    newConversationId: () => id,
  };
  return inbox;
}

/** A log that keeps its lines. */
export function keptLog(): Log & { readonly lines: LogFields[] } {
  const lines: LogFields[] = [];
  const write = (fields: LogFields): void => void lines.push(fields);
  return { lines, debug: write, info: write, warn: write, error: write };
}

/** A server on a random port of this machine. */
export interface Listening {
  readonly url: string;
  readonly server: Server;
  close(): Promise<void>;
}

export async function listening(router: express.Router, at = '/'): Promise<Listening> {
  const app = express();
  app.disable('x-powered-by');
  app.use(at, router);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP, so it is no string
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Waits until a condition holds; fails after two seconds. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 2_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('the condition did not come true in two seconds');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
