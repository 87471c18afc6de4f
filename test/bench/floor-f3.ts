// F3 of performance.md: F1 + XADD, XREADGROUP (batch 128), HMGET state (~1.5 KB JSON), a trivial plain step, one Lua commit
// (deduplication, version, state, outbox XADD, XACK, XDEL), POST to a stub Graph API through undici keep-alive, XDEL of the
// outbox entry. One process, ioredis auto-pipelining.
import express from 'express';
import { Redis } from 'ioredis';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import { appSecret } from './messages.ts';

const [redisUrl = '', graphUrl = ''] = process.argv.slice(2);
const commands = new Redis(redisUrl, { enableAutoPipelining: true });
const reader = new Redis(redisUrl);
const graph = new Pool(graphUrl, { connections: 50 });

const commitScript = `
if redis.call('SET', KEYS[1], '1', 'NX', 'EX', 777600) == false then return 0 end
local version = redis.call('HGET', KEYS[2], 'version') or '0'
if version ~= ARGV[1] then return -1 end
redis.call('HSET', KEYS[2], 'version', ARGV[2], 'state', ARGV[3])
local out = redis.call('XADD', KEYS[3], '*', 'body', ARGV[4])
redis.call('XACK', KEYS[4], 'floor', ARGV[5])
redis.call('XDEL', KEYS[4], ARGV[5])
return out`;
commands.defineCommand('commitTurn', { numberOfKeys: 4, lua: commitScript });
type Committing = Redis & { commitTurn(...input: (string | number)[]): Promise<string | number> };

await reader.xgroup('CREATE', 'in', 'floor', '0', 'MKSTREAM').catch(() => undefined);

interface Incoming {
  readonly from: string;
  readonly id: string;
  readonly text: string;
}

async function turn(eventId: string, incoming: Incoming): Promise<void> {
  const key = `state:${incoming.from}`;
  const [version, saved] = await commands.hmget(key, 'version', 'state');
  const state = JSON.parse(saved ?? '{"step":0,"filler":""}') as { step: number; filler: string };
  state.step = (state.step + 1) % 3;
  state.filler = 'f'.repeat(1_400);
  const reply = JSON.stringify({
    messaging_product: 'whatsapp',
    to: incoming.from,
    type: 'text',
    text: { body: `Step ${state.step}: ${incoming.text.slice(0, 40)}` },
  });
  const before = version ?? '0';
  const committed = await (commands as Committing).commitTurn(
    ...[`seen:${incoming.id}`, key, 'out', 'in'],
    ...[before, String(Number(before) + 1), JSON.stringify(state), reply, eventId],
  );
  if (typeof committed !== 'string') return;
  const answer = await graph.request({
    method: 'POST',
    path: '/v26.0/1/messages',
    headers: { 'content-type': 'application/json' },
    body: reply,
  });
  await answer.body.dump();
  await commands.xdel('out', committed);
}

/** Turns of one person one after another, different people side by side. */
const lanes = new Map<string, Promise<void>>();
async function read(): Promise<never> {
  for (;;) {
    const batch = (await reader.xreadgroup(
      'GROUP',
      'floor',
      'one',
      'COUNT',
      128,
      'BLOCK',
      1_000,
      'STREAMS',
      'in',
      '>',
    )) as [string, [string, string[]][]][] | null;
    for (const [id, fields] of batch?.[0]?.[1] ?? []) {
      const incoming = JSON.parse(fields[1] ?? '{}') as Incoming;
      const next = (lanes.get(incoming.from) ?? Promise.resolve()).then(() => turn(id, incoming));
      lanes.set(incoming.from, next);
      void next.finally(() => {
        if (lanes.get(incoming.from) === next) lanes.delete(incoming.from);
      });
    }
  }
}
void read();

const app = express();
app.post('/webhooks/whatsapp', express.raw({ type: '*/*', limit: '3mb' }), async (request, response) => {
  const body = request.body as Buffer; // express.raw gives a Buffer
  const expected = Buffer.from(`sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`);
  const given = Buffer.from(request.get('x-hub-signature-256') ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    response.sendStatus(401);
    return;
  }
  const webhook = JSON.parse(body.toString()) as {
    entry: { changes: { value: { messages: { from: string; id: string; text: { body: string } }[] } }[] }[];
  };
  const message = webhook.entry[0]?.changes[0]?.value.messages[0];
  if (message !== undefined) {
    const incoming: Incoming = { from: message.from, id: message.id, text: message.text.body };
    await commands.xadd('in', '*', 'body', JSON.stringify(incoming));
  }
  response.sendStatus(200);
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
