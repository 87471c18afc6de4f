import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port.ts';
import { startRedis } from '../support/redis-server.ts';
import { judge, type Acknowledged, type Verdict } from './checker.ts';
import { createChance } from './chance.ts';
import { startStubGraph } from './stub-graph.ts';
import { faultSecrets, signedPost, textWebhook } from './webhooks.ts';

/** How a kill run is made. The same seed asks for the same kills and waits; what the machine does between is its own. */
export interface KillRun {
  readonly store: 'embedded' | 'redis';
  readonly people: number;
  readonly messagesEach: number;
  readonly kills: number;
  readonly seed: number;
  /** Whether the provider reports statuses: then nothing may be repeated. */
  readonly statuses: boolean;
}

/** What came of it. */
export interface KillReport extends Verdict {
  readonly acknowledged: number;
  readonly kills: number;
  /** How long the whole run took. */
  readonly seconds: number;
}

const root = path.join(import.meta.dirname, '../..');
const trades = ['soldadura', 'cocina', 'costura', 'electricidad', 'carpintería', 'panadería', 'informática'];
const drainWithin = 60_000;
const offerTries = 600;

/** Sends messages while processes are killed at any moment and started again; then compares what came out. */
export async function killRun(run: KillRun): Promise<KillReport> {
  const chance = createChance(run.seed);
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-faults-'));
  const redis = run.store === 'redis' ? await startRedis() : undefined;
  const port = await freePort();
  const webhook = (): string => `http://127.0.0.1:${port}/webhooks/whatsapp`;
  const graph = await startStubGraph({ chance, ...(run.statuses ? { webhook } : {}) });
  const env = {
    ...process.env,
    ...faultSecrets,
    PORT: String(port),
    DATA_DIR: folder,
    WHATSAPP_API_BASE_URL: graph.url,
    LEASE_MS: '700',
    LOG_LEVEL: 'error',
    ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
  };
  const names = redis === undefined ? ['serve'] : ['serve', 'worker'];
  const processes = names.map((name) => ({ name, child: start(name, env) }));
  const startedAt = Date.now();
  try {
    await untilReady(port);
    const talk = offerAll(run, webhook);
    for (let kill = 0; kill < run.kills; kill += 1) {
      await sleep(50 + chance() * 1_450);
      const victim = processes[Math.floor(chance() * processes.length)];
      if (victim === undefined) continue;
      victim.child.kill('SIGKILL');
      await ended(victim.child);
      victim.child = start(victim.name, env);
    }
    const acknowledged = await talk;
    await drained(() => new Set(graph.sends.map(({ tag }) => tag)).size, acknowledged.length);
    const verdict = judge(acknowledged, graph.sends);
    return {
      ...verdict,
      acknowledged: acknowledged.length,
      kills: run.kills,
      seconds: (Date.now() - startedAt) / 1000,
    };
  } finally {
    for (const { child } of processes) child.kill('SIGKILL');
    await Promise.all(processes.map(({ child }) => ended(child)));
    await graph.close();
    await redis?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function start(name: string, env: NodeJS.ProcessEnv): ChildProcess {
  const child = spawn(process.execPath, [path.join(root, 'bin/puente.mjs'), name], {
    cwd: root,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.on('error', () => undefined);
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** Everybody writes at the same time, each person one message after another, every message until it is acknowledged. */
async function offerAll(run: KillRun, webhook: () => string): Promise<readonly Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  const talk = async (person: string): Promise<void> => {
    for (let place = 0; place < run.messagesEach; place += 1) {
      const topic = trades[place % trades.length] ?? '';
      const text = `quiero un curso de ${topic} en xela`;
      const body = textWebhook({ from: person, id: `wamid.in-${person}-${place}`, at: Date.now(), text });
      if (await offered(webhook, body)) acknowledged.push({ person, place, topic });
      await sleep(run.kills * 30);
    }
  };
  await Promise.all(Array.from({ length: run.people }, (_, index) => talk(String(50255500000 + index))));
  return acknowledged;
}

async function offered(webhook: () => string, body: Buffer): Promise<boolean> {
  for (let tries = 0; tries < offerTries; tries += 1) {
    if (await signedPost(webhook(), body)) return true;
    await sleep(50);
  }
  return false;
}

async function untilReady(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Error('the service did not get ready within 20 s');
}

async function drained(count: () => number, expected: number): Promise<void> {
  const until = Date.now() + drainWithin;
  while (count() < expected && Date.now() < until) await sleep(100);
  // What should not come has time to come.
  await sleep(1_500);
}
