// The load generator, in a process of its own: posts signed webhooks with a number of connections and waits until the stub has the answers.
// node load.ts <webhook url> <graph url or -> <messages> <connections> <people> <text> <run>
import { Pool } from 'undici';
import { signatureOf, textWebhook } from './messages.ts';

const [target = '', graphUrl = '-', messages = '0', connections = '1', people = '1', text = '', run = '0'] =
  process.argv.slice(2);
const url = new URL(target);
const pool = new Pool(url.origin, { connections: Number(connections), pipelining: 1 });
const total = Number(messages);
let next = 0;
let refused = 0;

const answered = async (): Promise<number> =>
  graphUrl === '-' ? 0 : Number(await (await fetch(`${graphUrl}/count`)).text());
const before = await answered();

async function post(): Promise<void> {
  while (next < total) {
    const index = next;
    next += 1;
    const body = textWebhook({
      // New people in every run: who writes the same twenty times is taken for a machine.
      from: `502${20_000_000 + Number(run) * Number(people) + (index % Number(people))}`,
      id: `run${run}-${index}`,
      at: Date.now(),
      text,
    });
    const response = await pool.request({
      method: 'POST',
      path: url.pathname,
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(body) },
      body,
    });
    await response.body.dump();
    if (response.statusCode !== 200) refused += 1;
  }
}

const startedAt = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, post));
const acceptedMs = performance.now() - startedAt;
let arrived = 0;
const deadline = performance.now() + 60_000;
while (graphUrl !== '-' && performance.now() < deadline) {
  arrived = (await answered()) - before;
  if (arrived >= total) break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
console.log(
  JSON.stringify({ acceptedMs, wholeMs: performance.now() - startedAt, refused, arrived, messages: total }),
);
await pool.close();
