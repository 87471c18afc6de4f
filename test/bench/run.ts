// The table of docs/performance.md: every figure is a ratio of two things measured in this run, alternating, on loopback, with the
// load generator in a process of its own. Fails on counts (lost answers), never on times.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port.ts';
import { startRedis, type RedisServer } from '../support/redis-server.ts';
import { cpuSeconds } from './cpu.ts';
import { appSecret, phoneNumberId } from './messages.ts';

const run = promisify(execFile);
const root = path.join(import.meta.dirname, '../..');
const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : Number(process.env['ROUNDS'] ?? 5);
const messages = quick ? 400 : 2_000;
const people = quick ? 100 : 400;
const freeText = 'kiero un kurso de soldadura en xela';

interface Service {
  readonly url: string;
  readonly child: ChildProcess;
  readonly startMs: number;
}
interface Measured {
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
  readonly lost: number;
}

let loads = 0;
const running: ChildProcess[] = [];
const folders: string[] = [];

/** Starts one of our plain scripts and waits for the address it prints. */
async function startScript(name: string, ...args: string[]): Promise<Service> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [path.join(import.meta.dirname, name), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  const lines = createInterface({ input: child.stdout });
  const [url] = (await once(lines, 'line')) as [string]; // the script prints its address first
  return { url, child, startMs: performance.now() - startedAt };
}

/** Starts Puente as anybody does, with its own folder. */
async function startPuente(graphUrl: string, redisUrl?: string): Promise<Service> {
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-bench-'));
  folders.push(folder);
  const port = await freePort();
  const startedAt = performance.now();
  const child = spawn(process.execPath, [path.join(root, 'bin/puente.mjs'), 'serve'], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: String(port),
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_ACCESS_TOKEN: 'bench-access-token-bench-access',
      WHATSAPP_PHONE_NUMBER_ID: phoneNumberId,
      WHATSAPP_API_BASE_URL: graphUrl,
      WHATSAPP_MESSAGES_PER_SECOND: '1000',
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl, REDIS_DURABILITY: 'everysec' }),
    },
  });
  running.push(child);
  const url = `http://127.0.0.1:${port}`;
  const isUp = async (address: string): Promise<boolean> =>
    (await fetch(`${url}${address}`).catch(() => undefined))?.status === 200;
  while (!(await isUp('/healthz'))) await sleep(10);
  const startMs = performance.now() - startedAt;
  while (!(await isUp('/readyz'))) await sleep(50);
  await sleep(1_500);
  return { url, child, startMs };
}

/** One load against a service: messages a second until the last answer arrived, and CPU of the service for each message. */
async function measure(
  service: Service,
  graphUrl: string,
  text: string,
  connections = 32,
): Promise<Measured> {
  loads += 1;
  const before = cpuSeconds(service.child.pid);
  const { stdout } = await run(process.execPath, [
    path.join(import.meta.dirname, 'load.ts'),
    `${service.url}/webhooks/whatsapp`,
    graphUrl,
    String(messages),
    String(connections),
    String(people),
    text,
    String(loads),
  ]);
  const { wholeMs, arrived, refused } = JSON.parse(stdout) as {
    wholeMs: number;
    arrived: number;
    refused: number;
  };
  const expected = graphUrl === '-' ? 0 : messages;
  return {
    perSecond: (messages * 1000) / wholeMs,
    cpuMicroseconds: ((cpuSeconds(service.child.pid) - before) * 1e6) / messages,
    lost: refused + Math.max(0, expected - arrived),
  };
}

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Row {
  readonly name: string;
  readonly floor: string;
  readonly ratio: number;
  readonly goal: string;
}

/** Measures two things alternately and gives the medians. */
async function compare(
  left: () => Promise<Measured>,
  right: () => Promise<Measured>,
): Promise<{ readonly left: Measured; readonly right: Measured }> {
  const results: { left: Measured; right: Measured }[] = [];
  await left();
  await right();
  for (let round = 0; round < rounds; round += 1) results.push({ left: await left(), right: await right() });
  const summary = (side: 'left' | 'right'): Measured => ({
    perSecond: median(results.map((one) => one[side].perSecond)),
    cpuMicroseconds: median(results.map((one) => one[side].cpuMicroseconds)),
    lost: results.reduce((sum, one) => sum + one[side].lost, 0),
  });
  return { left: summary('left'), right: summary('right') };
}

async function bench(
  redis: RedisServer,
  strict: RedisServer,
  own: RedisServer,
): Promise<{ rows: Row[]; lost: number }> {
  const graph = await startScript('stub-graph.ts');
  const floor1 = await startScript('floor-f1.ts');
  const floor3 = await startScript('floor-f3.ts', own.url, graph.url);
  const onRedis = await startPuente(graph.url, redis.url);
  const onStrict = await startPuente(graph.url, strict.url);
  const embedded = await startPuente(graph.url);
  const whole = (service: Service) => () => measure(service, graph.url, freeText);

  const free = await compare(whole(onRedis), whole(floor3));
  const kept = await compare(whole(onStrict), whole(onRedis));
  const file = await compare(whole(embedded), whole(onRedis));
  const rate = (one: Measured): string =>
    `${one.perSecond.toFixed(0)}/s, ${one.cpuMicroseconds.toFixed(0)} µs CPU`;
  console.log(
    `F3 ${rate(free.right)}; Redis everysec ${rate(free.left)}; always ${rate(kept.left)}; embedded ${rate(file.left)}`,
  );
  const rows: Row[] = [
    {
      name: 'free text, whole durable path, messages/s',
      floor: 'F3',
      ratio: free.left.perSecond / free.right.perSecond,
      goal: '>= 0.40',
    },
    {
      name: 'free text, CPU a message',
      floor: 'F3',
      ratio: free.left.cpuMicroseconds / free.right.cpuMicroseconds,
      goal: '-',
    },
    {
      name: 'fsync always, messages/s',
      floor: 'everysec',
      ratio: kept.left.perSecond / kept.right.perSecond,
      goal: '>= 0.6',
    },
    {
      name: 'embedded store, messages/s',
      floor: 'Redis everysec',
      ratio: file.left.perSecond / file.right.perSecond,
      goal: '>= 0.8',
    },
    {
      name: 'start to first accepted webhook',
      floor: 'F1',
      ratio: onRedis.startMs / floor1.startMs,
      goal: '<= 2',
    },
  ];
  return { rows, lost: free.left.lost + kept.left.lost + file.left.lost };
}

const servers = [
  await startRedis({ appendfsync: 'everysec' }),
  await startRedis({ appendfsync: 'always' }),
  await startRedis({ appendfsync: 'everysec' }),
] as const;
try {
  console.log(
    `Node ${process.version}, ${cpus().length} cores, ${messages} messages, ${people} people, medians of ${rounds}`,
  );
  const { rows, lost } = await bench(...servers);
  for (const { name, floor, ratio, goal } of rows) {
    console.log(
      `${name.padEnd(46)} against ${floor.padEnd(16)} ${ratio.toFixed(2).padStart(6)}   goal ${goal}`,
    );
  }
  console.log(`answers lost: ${lost}`);
  process.exitCode = lost === 0 ? 0 : 1;
} finally {
  for (const child of running) child.kill('SIGKILL');
  for (const server of servers) await server.stop();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
}
