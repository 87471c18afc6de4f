import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What was asked of the stand-in. */
export interface AskedModel {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A service on this machine that speaks as much of the OpenAI protocol as Puente uses. */
export interface StandInModel {
  readonly baseUrl: string;
  readonly asked: readonly AskedModel[];
  /** How the next questions are answered. */
  answerWith(how: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

/** A whole answer with these words. */
export const completionOf = (words: unknown, more: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1,
    model: 'stand-in',
    choices: [
      {
        index: 0,
        finish_reason: 'stop',
        message: { role: 'assistant', content: typeof words === 'string' ? words : JSON.stringify(words) },
        ...more,
      },
    ],
    usage: { prompt_tokens: 700, completion_tokens: 12, total_tokens: 712 },
  });

/** Answers with a status and a body. */
export const plainly =
  (body: string, status = 200, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

/** Starts one. */
export async function startStandInModel(): Promise<StandInModel> {
  const asked: AskedModel[] = [];
  let how = plainly(completionOf({ intent: 'training_search', answer: 'none' }));
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      asked.push({ path: request.url ?? '', headers: request.headers, body });
      how(response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    answerWith: (next) => {
      how = next;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
