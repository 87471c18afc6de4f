import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readConfiguration } from '../config.ts';
import type { Settings } from '../config.ts';
import { readDirectory } from '../directory/load.ts';
import { table } from '../commands/list-cases.ts';
import { furtherChecks, openFoundation, openLog } from './foundation.ts';
import { directoryFolder } from './folders.ts';

/** One thing looked at. */
interface Finding {
  readonly what: string;
  readonly verdict: 'well' | 'look at this' | 'wrong';
  readonly detail: string;
}

const syncs = 20;
const slowSyncMs = 50;

/** Looks at settings, disk, store and directory. Exit code 1 when something is wrong. */
export async function examineEverything(asJson: boolean): Promise<number> {
  const { settings, faults } = readConfiguration(furtherChecks);
  const findings = [
    settingsFinding(faults),
    directoryFinding(),
    ...(settings === undefined
      ? []
      : [
          diskFinding(settings),
          teamFinding(settings),
          whatsappFinding(settings),
          ...proxyFindings(settings),
          staffFinding(),
          await storeFinding(settings),
        ]),
  ];
  const rows = findings.map(({ what, verdict, detail }) => [verdict, what, detail]);
  process.stdout.write(asJson ? findings.map((one) => `${JSON.stringify(one)}\n`).join('') : table(rows));
  return findings.some(({ verdict }) => verdict === 'wrong') ? 1 : 0;
}

function settingsFinding(faults: readonly string[]): Finding {
  const what = 'settings';
  return faults.length === 0
    ? { what, verdict: 'well', detail: 'all can be read' }
    : { what, verdict: 'wrong', detail: faults.join('; ') };
}

function directoryFinding(): Finding {
  const { services, faults } = readDirectory(directoryFolder);
  const unverified = services.filter(
    ({ verified_on: verified }) => verified === undefined || verified === '',
  ).length;
  const what = 'directory';
  if (faults.length > 0)
    return { what, verdict: 'wrong', detail: `${faults.length} faults: puente directory check` };
  const detail = `${services.length} services, ${unverified} never verified by a person`;
  return { what, verdict: unverified > 0 ? 'look at this' : 'well', detail };
}

/** How long the disk takes to keep a write for good: every message waits for it. */
function diskFinding({ DATA_DIR: folder }: Settings): Finding {
  const file = path.join(folder, `.doctor-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const handle = openSync(file, 'w', 0o600);
    const startedAt = performance.now();
    for (let count = 0; count < syncs; count += 1) {
      writeSync(handle, 'x');
      fsyncSync(handle);
    }
    const ms = (performance.now() - startedAt) / syncs;
    closeSync(handle);
    unlinkSync(file);
    const detail = `keeping a write takes ${ms.toFixed(1)} ms`;
    return { what: 'disk', verdict: ms > slowSyncMs ? 'look at this' : 'well', detail };
  } catch (cause) {
    return { what: 'disk', verdict: 'wrong', detail: cause instanceof Error ? cause.message : String(cause) };
  }
}

function teamFinding({ TEAM_HOURS: hours }: Settings): Finding {
  const what = 'team';
  return hours === undefined
    ? { what, verdict: 'look at this', detail: 'TEAM_HOURS is not set: people are told that nobody answers' }
    : { what, verdict: 'well', detail: 'people are told when somebody answers' };
}

function whatsappFinding({ whatsapp }: Settings): Finding {
  const details = {
    account: 'an account is set',
    'stand-in': 'the simulator stands in, no account is set',
    off: 'off: no account is set',
  };
  return {
    what: 'WhatsApp',
    verdict: whatsapp === 'account' ? 'well' : 'look at this',
    detail: details[whatsapp],
  };
}

/** Without it every caller has the proxy's address, and shares one person's limits with everybody. */
function proxyFindings({ PUBLIC_URL: url, TRUST_PROXY: trust, isProduction }: Settings): readonly Finding[] {
  if (url === undefined && isProduction) {
    const detail = 'PUBLIC_URL is not set: our own chat page is no allowed origin and cannot connect';
    return [{ what: 'web chat', verdict: 'wrong', detail }];
  }
  if (url === undefined || trust !== undefined) return [];
  const detail =
    'PUBLIC_URL is set but TRUST_PROXY is not: with a proxy before us everybody shares one address';
  return [{ what: 'proxy', verdict: 'look at this', detail }];
}

/** This release opens cases and rings nobody. */
function staffFinding(): Finding {
  const detail = 'nobody is rung: look at the cases yourself (puente desk list), also at night';
  return { what: 'telling staff', verdict: 'look at this', detail };
}

async function storeFinding(settings: Settings): Promise<Finding> {
  const what = settings.REDIS_URL === undefined ? 'embedded store' : 'Redis';
  try {
    const { store } = await openFoundation(settings, openLog(settings));
    await store.check();
    await store.close();
    return { what, verdict: 'well', detail: 'keeps what it is given' };
  } catch (cause) {
    return { what, verdict: 'wrong', detail: cause instanceof Error ? cause.message : String(cause) };
  }
}
