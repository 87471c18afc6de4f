import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { choiceWords, controlOf, dialogs } from '../../dialogs/index.ts';
import type { CaseRecord } from '../core/conversation.ts';
import { SetupFaults } from '../core/errors.ts';
import type { Vault } from '../core/ports.ts';
import type { StoredCase } from '../core/store.ts';
import { conversationId, languageTag } from '../core/ids.ts';
import { faultLine } from '../directory/check.ts';
import { staleServices } from '../directory/freshness.ts';
import { loadDirectory, readDirectory } from '../directory/load.ts';
import { openCaseRecord } from '../delivery/sealing.ts';
import { readJourneys, type Journey } from '../journeys/journey.ts';
import { runJourney, type JourneyReport } from '../journeys/run.ts';
import { chat } from '../commands/chat.ts';
import { listCases, table } from '../commands/list-cases.ts';
import { newConversation } from '../core/turn.ts';
import { openFoundation, openLog, readSettings } from './foundation.ts';
import { directoryFolder, root } from './folders.ts';
import { loadKnowledge } from './knowledge.ts';
import { systemClock, systemRandomness } from './system.ts';
import { createDecide } from './turns.ts';

const print = (text: string): void => {
  process.stdout.write(text);
};

/** Talks in this terminal with the real dialogs, words and directory. */
export function talkHere(language: string | undefined): Promise<number> {
  const settings = readSettings();
  const knowledge = loadKnowledge();
  const tag = languageTag(language ?? settings.DEFAULT_LANGUAGE);
  if (!knowledge.translator.languages.includes(tag)) {
    throw new SetupFaults([`--lang: expected one of ${knowledge.translator.languages.join(', ')}`]);
  }
  const decide = createDecide({
    settings,
    clock: systemClock,
    random: systemRandomness,
    ...knowledge,
    waiting: () => 0,
    // Nobody would carry an answer from outside back to a terminal.
    hasSecondOpinion: false,
  });
  const { stdin: input, stdout: output } = process;
  const blank = newConversation(conversationId('terminal'), tag);
  return chat({
    decide,
    blank,
    translator: knowledge.translator,
    clock: systemClock,
    input,
    output,
    isTerminal: input.isTTY,
  });
}

/** Runs journeys: the files given, else all of the repository. Exit code 1 when one did not go as written. */
export function runJourneyFiles(
  files: readonly string[],
  options: { isShown: boolean; asJson: boolean },
): number {
  const world = { dialogs, controlOf, choiceWords, ...loadKnowledge() };
  const reports = (files.length > 0 ? files : ourJourneys()).flatMap((file) =>
    journeysIn(file).map((journey) => ({ file, ...runJourney(journey, world) })),
  );
  const failed = reports.filter(({ faults }) => faults.length > 0);
  if (options.asJson) print(reports.map((report) => `${JSON.stringify(report)}\n`).join(''));
  else
    print(
      `${reports.map((report) => reportText(report, options.isShown)).join('')}${reports.length - failed.length} went as written, ${failed.length} did not\n`,
    );
  return failed.length > 0 ? 1 : 0;
}

function ourJourneys(): readonly string[] {
  const folder = path.join(root, 'test/journeys');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.join(folder, name));
}

function journeysIn(file: string): readonly Journey[] {
  try {
    return readJourneys(readFileSync(file, 'utf8'));
  } catch (cause) {
    throw new SetupFaults([`${file}: ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
}

function reportText({ title, faults, transcript }: JourneyReport, isShown: boolean): string {
  const head = `${faults.length === 0 ? 'ok    ' : 'FAILED'} ${title}\n`;
  const talk = isShown
    ? transcript.map(
        ({ who, text }) => `    ${who === 'bot' ? '< ' : '> '}${text.replaceAll('\n', '\n      ')}\n`,
      )
    : [];
  return [head, ...talk, ...faults.map((fault) => `    ${fault}\n`)].join('');
}

/** Checks the files of the directory. Exit code 1 when there is a fault. */
export function reportDirectoryFaults(asJson: boolean): number {
  const { faults, services } = readDirectory(directoryFolder);
  if (asJson) print(faults.map((fault) => `${JSON.stringify(fault)}\n`).join(''));
  else
    print(
      faults.map((fault) => `${faultLine(fault)}\n`).join('') +
        `${services.length} services, ${faults.length} faults\n`,
    );
  return faults.length > 0 ? 1 : 0;
}

/** Lists services whose facts are older than so many days, or undated. */
export function reportStale(days: number, asJson: boolean): number {
  const stale = staleServices(loadDirectory(directoryFolder).services, systemClock.now(), days);
  const rows = stale.map((one) => [
    one.country,
    one.id,
    one.sourceDate,
    one.ageInDays === undefined ? '-' : String(one.ageInDays),
  ]);
  if (asJson) print(stale.map((one) => `${JSON.stringify(one)}\n`).join(''));
  else print(table([['COUNTRY', 'SERVICE', 'SOURCE DATE', 'DAYS'], ...rows]));
  return 0;
}

/** Lists open cases; works beside a running server. */
export async function reportOpenCases(asJson: boolean): Promise<number> {
  const settings = readSettings();
  const { store, vault, clock } = await openFoundation(settings, openLog(settings));
  try {
    const stored = await store.listCases();
    const cases = stored.flatMap((one) => readable(vault, one));
    print(listCases(cases, clock.now(), asJson));
    const unread = stored.length - cases.length;
    if (unread > 0)
      process.stderr.write(`${unread} cases cannot be opened: is a key missing in ENCRYPTION_KEYS?\n`);
    return unread > 0 ? 1 : 0;
  } finally {
    await store.close();
  }
}

/** Nothing for a case whose key is not in the ring: the others must be seen all the same. */
function readable(
  vault: Vault,
  { caseId, conversationId: id, wrappedKey, body }: StoredCase,
): readonly CaseRecord[] {
  try {
    return [openCaseRecord(vault, vault.unwrapPersonKey(id, wrappedKey), caseId, body)];
  } catch {
    return [];
  }
}
