import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Send } from './checker.ts';
import { signedPost, statusWebhook } from './webhooks.ts';

/** Meta's side of a fault run: keeps every send that reached it and, when asked to, reports its status until it is taken. */
export interface StubGraph {
  readonly url: string;
  readonly sends: readonly Send[];
  close(): Promise<void>;
}

interface SendBody {
  readonly to: string;
  readonly biz_opaque_callback_data?: string;
  readonly text?: { readonly body: string };
  readonly interactive?: { readonly body: { readonly text: string } };
}

const statusTries = 400;
const statusPause = 100;
const slowest = 80;

/** `webhook`: where statuses go; absent: none is reported. `chance` spreads the answers, so that kills fall between. */
export async function startStubGraph(options: {
  readonly webhook?: () => string;
  readonly chance: () => number;
}): Promise<StubGraph> {
  const sends: Send[] = [];
  let isOpen = true;
  const report = async (body: SendBody, id: string): Promise<void> => {
    const { webhook } = options;
    if (webhook === undefined) return;
    const status = statusWebhook({ to: body.to, id, tag: body.biz_opaque_callback_data ?? '' });
    for (let tries = 0; isOpen && tries < statusTries; tries += 1) {
      if (await signedPost(webhook(), status)) return;
      await sleep(statusPause);
    }
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then(async (body) => {
      const id = `wamid.out${sends.length}`;
      const text = body.text?.body ?? body.interactive?.body.text ?? '';
      sends.push({ person: body.to.replace(/\D/gu, ''), tag: body.biz_opaque_callback_data ?? id, text });
      void report(body, id);
      await sleep(options.chance() * slowest);
      response.setHeader('content-type', 'application/json');
      const contacts = [{ input: body.to, wa_id: body.to }];
      response.end(JSON.stringify({ messaging_product: 'whatsapp', contacts, messages: [{ id }] }));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  return {
    url: `http://127.0.0.1:${port}`,
    sends,
    close: async () => {
      isOpen = false;
      await end(server);
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<SendBody> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // a request without encoding gives buffers
  return JSON.parse(Buffer.concat(chunks).toString()) as SendBody; // our own service wrote it
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}
