// Each command loads its parts only when it runs, so that the service listens soon.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { SetupFaults } from './core/errors.ts';
import { readConfiguration, type Settings } from './config.ts';
import { pagesFolder, root } from './main/folders.ts';
import { furtherChecks, openLog, readSettings } from './main/foundation.ts';

type Flags = Readonly<Record<string, string | boolean | undefined>>;

const print = (text: string): void => {
  process.stdout.write(text);
};

/** `puente serve`: runs until asked to stop. */
export async function serve(options: { readonly buildPages: boolean }): Promise<number> {
  const settings = readSettings();
  const areBuilt = existsSync(path.join(pagesFolder, '.built'));
  if (options.buildPages || !areBuilt) {
    const { buildPages } = await import('./commands/build-pages.ts');
    await buildPages({ root, log: openLog(settings) });
  }
  const { askedToStop, startService } = await import('./main/service.ts');
  const service = await startService(settings);
  print(welcome(settings, service.port));
  await askedToStop();
  await service.stop();
  return 0;
}

function welcome(settings: Settings, port: number): string {
  const { HOST, whatsapp, ORGANISATION_NAME, TEAM_HOURS } = settings;
  const shown = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST;
  const base = `http://${shown}:${port}`;
  const lines = [
    'Puente is running.',
    `  Web chat            ${base}/`,
    ...(whatsapp === 'stand-in' ? [`  WhatsApp simulator  ${base}/simulator`] : []),
    ...(whatsapp === 'account' ? [`  WhatsApp webhook    ${base}/webhooks/whatsapp`] : []),
    '  Open cases          npm run --silent puente -- desk list',
    '  Settings            npm run --silent puente -- config',
    ...(ORGANISATION_NAME === undefined ? ['  Not set yet: ORGANISATION_NAME, who runs this service.'] : []),
    ...(TEAM_HOURS === undefined
      ? ['  Not set yet: TEAM_HOURS. People are told that nobody answers in person.']
      : []),
    ...(isCutOff(settings) ? ['  Not set yet: PUBLIC_URL. The chat page cannot connect without it.'] : []),
    '  To stop: Ctrl and C.',
  ];
  return `${lines.join('\n')}\n`;
}

/** In production only pages of named origins may open a chat, our own page among them. */
const isCutOff = ({ isProduction, PUBLIC_URL, WEBCHAT_ORIGINS }: Settings): boolean =>
  isProduction && PUBLIC_URL === undefined && WEBCHAT_ORIGINS === undefined;

/** `puente worker`: runs turns until asked to stop. */
export async function work(): Promise<number> {
  const { askedToStop, startWorker } = await import('./main/service.ts');
  const worker = await startWorker();
  await askedToStop();
  await worker.stop();
  return 0;
}

/** `puente chat`. */
export async function talk(language: string | boolean | undefined): Promise<number> {
  const { talkHere } = await import('./main/tools.ts');
  return talkHere(typeof language === 'string' ? language : undefined);
}

/** `puente recognise`. */
export async function recognise(): Promise<number> {
  const { recogniseLines } = await import('./commands/recognise.ts');
  const { loadKnowledge } = await import('./main/knowledge.ts');
  return recogniseLines(loadKnowledge().recogniser, process.stdin, process.stdout);
}

/** `puente journeys`. */
export async function runJourneys(files: readonly string[], flags: Flags): Promise<number> {
  const { runJourneyFiles } = await import('./main/tools.ts');
  return runJourneyFiles(files, { isShown: flags['show'] === true, asJson: flags['json'] === true });
}

/** `puente directory check`. */
export async function checkDirectoryFiles(asJson: boolean): Promise<number> {
  const { reportDirectoryFaults } = await import('./main/tools.ts');
  return reportDirectoryFaults(asJson);
}

/** `puente directory stale`. */
export async function listStale(flags: Flags): Promise<number> {
  const days = Number(flags['days'] ?? '365');
  if (!Number.isInteger(days) || days < 0) throw new SetupFaults(['--days: expected a whole number of days']);
  const { reportStale } = await import('./main/tools.ts');
  return reportStale(days, flags['json'] === true);
}

/** `puente desk list`. */
export async function listOpenCases(asJson: boolean): Promise<number> {
  const { reportOpenCases } = await import('./main/tools.ts');
  return reportOpenCases(asJson);
}

/** `puente config`: also when something is wrong, because then it is needed most. */
export async function showConfiguration(flags: Flags): Promise<number> {
  if (flags['example'] === true) {
    const { envExample } = await import('./config/example.ts');
    print(envExample());
    return 0;
  }
  const { showSettings } = await import('./commands/show-settings.ts');
  const { lines, faults } = readConfiguration(furtherChecks);
  print(showSettings(lines, flags['json'] === true));
  if (faults.length > 0) throw new SetupFaults(faults);
  return 0;
}

/** `puente doctor`. */
export async function examine(asJson: boolean): Promise<number> {
  const { examineEverything } = await import('./main/doctor.ts');
  return examineEverything(asJson);
}

/** `puente keys new`. */
export async function printNewKeys(): Promise<number> {
  const fresh = (): string => randomBytes(32).toString('base64url');
  print(`DIRECTLINE_SECRET=${fresh()}\nENCRYPTION_KEYS=k1:${fresh()}\n`);
  return Promise.resolve(0);
}

/** `puente build-pages`. */
export async function buildThePages(): Promise<number> {
  const { buildPages } = await import('./commands/build-pages.ts');
  const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
  print(`pages: ${await buildPages({ root, log })}\n`);
  return 0;
}

const ignore = (): void => undefined;
