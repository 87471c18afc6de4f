import { parseArgs } from 'node:util';
import { SetupFaults, StoreUnavailable } from './core/errors.ts';

/** How a command ended: 0 done, 1 failed, 2 wrong usage or settings. */
export type ExitCode = number;

/** What stands after the command's words. */
interface Given {
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string | boolean | undefined>>;
}

interface Command {
  /** Words after `puente`. */
  readonly name: string;
  readonly help: string;
  readonly flags?: Readonly<Record<string, 'text' | 'yes-or-no'>>;
  /** The most words it takes besides its name. */
  readonly words?: number;
  readonly run: (given: Given) => Promise<ExitCode>;
}

const json = { json: 'yes-or-no' } as const;

/** Every command. The parts are loaded only when one runs, so that help and mistakes are answered at once. */
const commands: readonly Command[] = [
  {
    name: 'serve',
    help: 'Starts everything: web chat, WhatsApp, turns. --build-pages builds the pages first.',
    flags: { 'build-pages': 'yes-or-no' },
    run: async ({ flags }) =>
      (await import('./main.ts')).serve({ buildPages: flags['build-pages'] === true }),
  },
  {
    name: 'worker',
    help: 'Runs turns only, beside a server; needs REDIS_URL.',
    run: async () => (await import('./main.ts')).work(),
  },
  {
    name: 'chat',
    help: 'Talks in this terminal. --lang es|en. Nothing is stored.',
    flags: { lang: 'text' },
    run: async ({ flags }) => (await import('./main.ts')).talk(flags['lang']),
  },
  {
    name: 'recognise',
    help: 'Reads JSON lines {"text", "lang"?}, writes what is understood of each.',
    run: async () => (await import('./main.ts')).recognise(),
  },
  {
    name: 'journeys',
    help: 'Runs journeys (YAML files) on the real dialogs and directory. --show prints the talks.',
    flags: { show: 'yes-or-no', ...json },
    words: 1_000,
    run: async ({ words, flags }) => (await import('./main.ts')).runJourneys(words, flags),
  },
  {
    name: 'directory check',
    help: 'Checks the files of the directory: file, place, field.',
    flags: json,
    run: async ({ flags }) => (await import('./main.ts')).checkDirectoryFiles(flags['json'] === true),
  },
  {
    name: 'directory stale',
    help: 'Lists services whose facts are old or weak. --days 365.',
    flags: { days: 'text', ...json },
    run: async ({ flags }) => (await import('./main.ts')).listStale(flags),
  },
  {
    name: 'desk list',
    help: 'Lists open cases, most urgent first.',
    flags: json,
    run: async ({ flags }) => (await import('./main.ts')).listOpenCases(flags['json'] === true),
  },
  {
    name: 'config',
    help: 'Every setting: value (secrets masked), source, help. --example prints .env.example.',
    flags: { example: 'yes-or-no', ...json },
    run: async ({ flags }) => (await import('./main.ts')).showConfiguration(flags),
  },
  {
    name: 'doctor',
    help: 'Says what is well and what is not.',
    flags: json,
    run: async ({ flags }) => (await import('./main.ts')).examine(flags['json'] === true),
  },
  {
    name: 'keys new',
    help: 'Prints fresh values for DIRECTLINE_SECRET and ENCRYPTION_KEYS.',
    run: async () => (await import('./main.ts')).printNewKeys(),
  },
  {
    name: 'build-pages',
    help: 'Builds the pages; skipped when nothing changed.',
    run: async () => (await import('./main.ts')).buildThePages(),
  },
];

/** Runs `puente` with these words. Results go to standard output, everything else to standard error. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  if (words.length === 0 || ['help', '--help', '-h'].includes(words[0] ?? '')) {
    process.stdout.write(help());
    return words.length === 0 ? 2 : 0;
  }
  const command = commands.find(({ name }) => words.slice(0, name.split(' ').length).join(' ') === name);
  if (command === undefined)
    return refuse(`puente has no command "${words.slice(0, 2).join(' ')}".\n\n${help()}`);
  const given = read(command, words.slice(command.name.split(' ').length));
  if (typeof given === 'string') return refuse(`puente ${command.name}: ${given}\n`);
  return command.run(given).catch(explain);
}

function read(command: Command, words: readonly string[]): Given | string {
  const flags = Object.entries(command.flags ?? {});
  const options = flags.map(
    ([name, kind]) => [name, { type: kind === 'text' ? 'string' : 'boolean' }] as const,
  );
  try {
    const parsed = parseArgs({
      args: [...words],
      options: Object.fromEntries(options),
      allowPositionals: true,
    });
    const extra = parsed.positionals[command.words ?? 0];
    if (extra !== undefined) return `"${extra}" is one word too many`;
    return { words: parsed.positionals, flags: parsed.values }; // no option may be given twice
  } catch (cause) {
    return cause instanceof Error ? cause.message : 'wrong usage';
  }
}

/** Settings and files that are wrong: every fault, exit code 2. A store that is down, or a fault of ours: 1. */
function explain(cause: unknown): ExitCode {
  if (cause instanceof SetupFaults) {
    const faults = cause.faults.map((fault) => `  ${fault}\n`).join('');
    return refuse(`Puente does not start:\n${faults}`);
  }
  if (cause instanceof StoreUnavailable) {
    process.stderr.write(`The store cannot be reached or cannot keep anything now: ${cause.message}\n`);
    return 1;
  }
  process.stderr.write(`${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`);
  return 1;
}

function refuse(text: string): ExitCode {
  process.stderr.write(text);
  return 2;
}

function help(): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, help: text }) => `  ${name.padEnd(width)}  ${text}\n`);
  return `puente COMMAND\n\n${lines.join('')}`;
}
