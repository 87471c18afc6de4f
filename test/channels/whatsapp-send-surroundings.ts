import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createWhatsAppOutlet, type WhatsAppOutlet } from '../../src/channels/whatsapp/index.ts';
import { channelName, conversationId, languageTag, outboxId, partition } from '../../src/core/ids.ts';
import type { OutboundChoice, OutboundMessage } from '../../src/core/message.ts';
import type { Log } from '../../src/core/ports.ts';
import { realClock } from './whatsapp-surroundings.ts';

/** The token of every outlet here; it must never show in a log. */
export const accessToken = 'canary-access-token-0123456789';
/** The tag of every send. */
export const tag = {
  partition: partition(17),
  outboxId: outboxId('1795435200000-3'),
  conversationId: conversationId('Zm9vYmFyYmF6cXV4MTIzNA'),
};
/** Where every send goes. */
export const address = {
  channel: channelName('whatsapp'),
  account: '800000000000002',
  recipient: '50212345678',
};

interface Call {
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: unknown;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A Graph API of this machine: `calls` is what came in, `state.answer` what goes back. */
export interface LocalGraph {
  readonly url: string;
  readonly calls: readonly Call[];
  readonly state: { answer: Answer };
  close(): Promise<void>;
}

/** Starts one on a random port. */
export async function startGraph(): Promise<LocalGraph> {
  const calls: Call[] = [];
  const state: { answer: Answer } = {
    answer: (_request, response) => response.end('{"messages":[{"id":"wamid.OUT"}]}'),
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      calls.push({ url: request.url, authorization: request.headers.authorization, body });
      state.answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // listening on TCP, so it is no string
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, calls, state, close };
}

/** The channel's way out, to a Graph API of this machine. */
export function outletTo(baseUrl: string, log: Log): WhatsAppOutlet {
  return createWhatsAppOutlet({
    baseUrl,
    version: 'v26.0',
    phoneNumberId: '800000000000002',
    accessToken,
    listButton: (language) => (language === 'en' ? 'See options' : 'Ver opciones'),
    clock: realClock,
    log,
    timeoutMs: 200,
  });
}

/** A message of the bot. */
export const message = (text: string, choices: readonly OutboundChoice[] = []): OutboundMessage => ({
  text,
  language: languageTag('es'),
  choices,
  sendClass: 'ordinary',
  keys: ['test:words'],
});
/** Choices `value-1`, `value-2`, ... with these titles. */
export const choices = (...titles: readonly string[]): readonly OutboundChoice[] =>
  titles.map((title, index) => ({ value: `value-${index + 1}`, title }));
