import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';

const root = path.join(import.meta.dirname, '../..');
const bin = path.join(root, 'bin/puente.mjs');
const readyTries = 200;

/** A real `puente serve` in a process and a folder of its own. */
export interface RunningPuente {
  readonly url: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Everything it wrote so far, standard output and error. */
  readonly written: () => string;
  /** Runs another command with the same settings. */
  command(...words: string[]): Promise<CommandResult>;
  /** Starts a worker beside it; gives the way to kill it. */
  startWorker(): Promise<() => Promise<void>>;
  /** Asks it to end; gives the exit code. */
  end(): Promise<number | null>;
  /** Kills it and takes its folder away. */
  remove(): Promise<void>;
}

/** How a command ended. */
export interface CommandResult {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** Settings a run of the tests starts from: nothing of the machine's own, no account anywhere. */
function cleanEnvironment(settings: Readonly<Record<string, string>>): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...settings };
}

/** Starts it on a free port and waits until it is ready. */
export async function startPuente(settings: Readonly<Record<string, string>> = {}): Promise<RunningPuente> {
  const folder = await mkdtemp(path.join(tmpdir(), 'puente-e2e-'));
  const port = await freePort();
  const env = cleanEnvironment({ DATA_DIR: folder, PORT: String(port), ...settings });
  let written = '';
  const keep = (child: ChildProcess): ChildProcess => {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part) => (written += String(part)));
    return child;
  };
  const start = (word: string): ChildProcess =>
    keep(spawn(process.execPath, [bin, word], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  const child = start('serve');
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child, () => written);
  return {
    url,
    folder,
    env,
    written: () => written,
    command: (...words) => runCommand(env, words),
    startWorker: async () => {
      const worker = start('worker');
      const from = written.length;
      for (let tries = 0; tries < readyTries && !written.slice(from).includes('"kind":"worker"'); tries += 1)
        await sleep(50);
      return () => ended(worker, 'SIGKILL');
    },
    end: async () => {
      await ended(child, 'SIGTERM');
      return child.exitCode;
    },
    remove: async () => {
      await ended(child, 'SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs one command to its end, with these settings and no others. */
export function runCommand(
  settings: Readonly<Record<string, string>>,
  words: readonly string[],
  input = '',
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const env = cleanEnvironment(settings);
    const child = execFile(
      process.execPath,
      [bin, ...words],
      { cwd: root, env, timeout: 30_000 },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, output, errors });
      },
    );
    child.stdin?.end(input);
  });
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill(signal);
  await once(child, 'exit');
}

async function untilReady(url: string, child: ChildProcess, written: () => string): Promise<void> {
  for (let tries = 0; tries < readyTries; tries += 1) {
    if (child.exitCode !== null) throw new Error(`puente ended with code ${child.exitCode}: ${written()}`);
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Error(`puente did not get ready: ${written()}`);
}
