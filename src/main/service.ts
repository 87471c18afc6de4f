import { once } from 'node:events';
import type { Express, Router } from 'express';
import { SetupFaults } from '../core/errors.ts';
import { languageTag } from '../core/ids.ts';
import { directLineOutlet } from '../channels/directline/send.ts';
import { pause } from '../delivery/pause.ts';
import { createApp, type AppParts } from '../server/app.ts';
import { addressBehind } from '../server/forwarded.ts';
import { createHealthRouter, type HealthParts } from '../server/health.ts';
import { listen } from '../server/listen.ts';
import { createMetrics, createMetricsRouter, type Metrics } from '../server/metrics.ts';
import { createPagesRouter } from '../server/pages.ts';
import type { Settings } from '../config.ts';
import { closeAll, type Closing } from './closing.ts';
import {
  openDirectLine,
  openStandIn,
  openWhatsAppOutlet,
  openWhatsAppRouter,
  outletsOf,
} from './channels.ts';
import { openCanary, openInbox, startTurns, type RunningTurns } from './delivery.ts';
import { openFoundation, openLog, readSettings, type Foundation } from './foundation.ts';
import { localesFolder, pagesFolder } from './folders.ts';
import { loadKnowledge, type Knowledge } from './knowledge.ts';

const graceMs = 8_000;
const breathMs = 60;

/** A running service. */
export interface Service {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts everything of one process: the way in first, so that nothing sent to us is lost, then the turns. */
export async function startService(settings: Settings): Promise<Service> {
  const log = openLog(settings);
  const knowledge = loadKnowledge();
  const foundation = await openFoundation(settings, log);
  const metrics = createMetrics();
  try {
    return await startOn(foundation, knowledge, metrics);
  } catch (cause) {
    await foundation.store.close();
    throw cause;
  }
}

async function startOn(foundation: Foundation, knowledge: Knowledge, metrics: Metrics): Promise<Service> {
  const { settings, store, log } = foundation;
  const inbox = openInbox(foundation, knowledge, metrics.observer);
  const canary = openCanary(foundation, inbox);
  let isStopping = false;
  let port = settings.PORT;
  const directLine = openDirectLine(foundation, inbox, (request) => addressOf(request));
  const standIn = openStandIn(foundation, () => port);
  const webhook = openWhatsAppRouter(foundation, inbox);
  const app = createServiceApp(
    foundation,
    () => canary.state(),
    () => isStopping,
    [
      ...(webhook === undefined ? [] : [webhook]),
      { path: '/v3/directline', router: directLine.router },
      ...(standIn?.routers ?? []),
      { path: '/', router: createMetricsRouter(metrics, settings.METRICS_TOKEN) },
      { path: '/', router: openPages(settings, knowledge, standIn !== undefined) },
    ],
  );
  const addressOf = addressBehind(app);
  const place = { host: settings.HOST, port: settings.PORT };
  const listening = await listen(app, (...upgrade) => directLine.handleUpgrade(...upgrade), place);
  port = listening.port;
  const whatsapp = openWhatsAppOutlet(foundation, knowledge.translator, port);
  const closings: Closing[] = [
    () => directLine.close(),
    () => listening.close(graceMs),
    () => whatsapp?.close(),
    () => standIn?.close(),
  ];
  const outlets = outletsOf(directLine.outlet, whatsapp);
  // Loading the Bot Framework holds the process for a quarter of a second: who waited for us to listen comes first.
  await pause(foundation.clock, breathMs);
  const turns = await startTurns(foundation, knowledge, metrics.observer, inbox, outlets).catch(
    async (cause: unknown) => {
      await closeAll(log, closings);
      throw cause;
    },
  );
  watchTurns(metrics, turns);
  canary.start();
  log.info({ event: 'started', kind: 'server' });
  return {
    port,
    stop: async () => {
      isStopping = true;
      canary.stop();
      const [chats, requests, ...others] = closings;
      await closeAll(log, [chats, requests, () => turns.stop(graceMs), ...others, () => store.close()]);
      log.info({ event: 'stopped', kind: 'server' });
    },
  };
}

/** The application with its health addresses before everything else. */
function createServiceApp(
  foundation: Foundation,
  canary: HealthParts['canary'],
  isStopping: () => boolean,
  routers: AppParts['routers'],
): Express {
  const { settings, clock, store } = foundation;
  const health = createHealthRouter({
    clock,
    checkStore: () => store.check(),
    oldestWaiting: () => store.oldestWaiting(),
    canary,
    isStopping,
  });
  return createApp({
    ...foundation,
    isHttps: settings.PUBLIC_URL?.startsWith('https://') === true,
    ...(settings.TRUST_PROXY === undefined ? {} : { trustProxy: settings.TRUST_PROXY }),
    routers: [{ path: '/', router: health }, ...routers],
  });
}

function openPages(settings: Settings, { translator }: Knowledge, isSimulatorShown: boolean): Router {
  const { ORGANISATION_CONTACT: contact, WEBCHAT_ORIGINS: frameAncestors, DEFAULT_LANGUAGE } = settings;
  const unnamed = { key: 'common:unnamedOrganisation' };
  const name =
    settings.ORGANISATION_NAME ?? translator.render(unnamed, languageTag(DEFAULT_LANGUAGE), 'usted');
  return createPagesRouter({
    distFolder: pagesFolder,
    localesFolder,
    organisation: { name, ...(contact === undefined ? {} : { contact }) },
    defaultLanguage: DEFAULT_LANGUAGE,
    isSimulatorShown,
    ...(frameAncestors === undefined ? {} : { frameAncestors }),
  });
}

function watchTurns(metrics: Metrics, { worker }: RunningTurns): void {
  metrics.watch({
    partitionsHeld: () => worker.partitionsHeld,
    eventsInMemory: () => worker.waiting.events,
    messagesInMemory: () => worker.waiting.messages,
  });
}

/** Turns only: for more processes beside a server, on the same Redis. */
export async function startWorker(): Promise<{ stop(): Promise<void> }> {
  const settings = readSettings();
  if (settings.REDIS_URL === undefined) {
    throw new SetupFaults([
      'REDIS_URL: a worker of its own needs Redis; the embedded store has one process only',
    ]);
  }
  const log = openLog(settings);
  const knowledge = loadKnowledge();
  const foundation = await openFoundation(settings, log);
  const { observer } = createMetrics();
  const inbox = openInbox(foundation, knowledge, observer);
  const whatsapp = openWhatsAppOutlet(foundation, knowledge.translator, settings.PORT);
  // Loading the Bot Framework holds the process for a quarter of a second: who waited for us to listen comes first.
  await pause(foundation.clock, breathMs);
  const turns = await startTurns(
    foundation,
    knowledge,
    observer,
    inbox,
    outletsOf(directLineOutlet, whatsapp),
  );
  log.info({ event: 'started', kind: 'worker' });
  return {
    stop: async () => {
      await closeAll(log, [
        () => turns.stop(graceMs),
        () => whatsapp?.close(),
        () => foundation.store.close(),
      ]);
      log.info({ event: 'stopped', kind: 'worker' });
    },
  };
}

/** Resolves when the operator or the system asks this process to end. */
export async function askedToStop(): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  await Promise.race([once(process, 'SIGTERM', { signal }), once(process, 'SIGINT', { signal })]);
  controller.abort();
}
