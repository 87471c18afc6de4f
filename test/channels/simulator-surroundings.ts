import { randomBytes } from 'node:crypto';
import express from 'express';
import { createStandInGraph, type StandInGraph } from '../../src/channels/simulator/index.ts';
import {
  createWhatsAppOutlet,
  createWhatsAppRouter,
  type WhatsAppOutlet,
} from '../../src/channels/whatsapp/index.ts';
import { conversationId, languageTag, outboxId, partition } from '../../src/core/ids.ts';
import type { OutboundMessage } from '../../src/core/message.ts';
import type { SendOutcome } from '../../src/core/ports.ts';
import {
  collectingInbox,
  type CollectingInbox,
  keptLog,
  type Listening,
  listening,
  realClock,
} from './whatsapp-surroundings.ts';

/** The phone of the tests. */
export const phone = '50255550101';
/** The tag of every send. */
export const tag = {
  partition: partition(3),
  outboxId: outboxId('1795435200000-1'),
  conversationId: conversationId('conversation-of-the-test'),
};
const account = '800000000000002';
const appSecret = 'secret-of-the-simulator';
const verifyToken = 'token-of-the-simulator';
const log = keptLog();
const random = { id: (bits: number) => randomBytes(bits / 8).toString('base64url'), fraction: () => 0.5 };
const noFaults = {
  graphFails: false,
  answerLost: false,
  windowClosed: false,
  noStatuses: false,
  webhookTwice: false,
};

interface Shown {
  readonly id: string;
  readonly from: string;
  readonly text: string;
  readonly tick: string;
  readonly listButton?: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
}
interface Screen {
  readonly messages: readonly Shown[];
  readonly lines: readonly { readonly kind: string; readonly answer: number; readonly signature?: string }[];
}

/** The stand-in for Meta and our WhatsApp channel on one server, as each reaches the other. */
export interface SimulatedMeta {
  readonly url: string;
  readonly inbox: CollectingInbox;
  readonly standIn: StandInGraph;
  /** Something the person does on the phone. */
  act(body: unknown, type?: string): Promise<Response>;
  switchFaults(faults: object): Promise<Response>;
  screen(): Promise<Screen>;
  /** The phone's screen once it fits a condition; fails after 200 looks. */
  screenWith(fits: (seen: Screen) => boolean): Promise<Screen>;
  /** A send of the service to the phone. */
  send(message?: Partial<OutboundMessage>): Promise<SendOutcome>;
  /** Statuses that came back, in order. */
  reported(): readonly string[];
  close(): Promise<void>;
}

/** Starts one on a random port. */
export async function startSimulatedMeta(): Promise<SimulatedMeta> {
  const inbox = collectingInbox();
  let url = '';
  const standIn = createStandInGraph({
    appSecret,
    verifyToken,
    webhookUrl: () => `${url}/webhooks/whatsapp`,
    phoneNumberId: account,
    clock: realClock,
    random,
    log,
    firstWaitMs: 10,
  });
  const service = await listening(routesOf(standIn, inbox));
  ({ url } = service);
  const outlet = outletTo(url);
  const screen = (): Promise<Screen> => screenAt(url);
  return {
    url,
    inbox,
    standIn,
    act: (body, type) => sendJson('POST', `${url}/simulator/api/phones/${phone}/messages`, body, type),
    switchFaults: (faults) => sendJson('PUT', `${url}/simulator/api/faults`, { ...noFaults, ...faults }),
    screen,
    screenWith: (fits) => firstFitting(screen, fits),
    send: (message = {}) => sendTo(outlet, message),
    reported: () => inbox.reports.map((report) => report.status),
    close: () => closeAll(outlet, standIn, service),
  };
}

function routesOf(standIn: StandInGraph, inbox: CollectingInbox): express.Router {
  const routes = express.Router();
  routes.use('/simulator/graph', standIn.router);
  routes.use('/simulator/api', standIn.phoneRouter);
  routes.use(
    '/webhooks/whatsapp',
    createWhatsAppRouter({
      inbox,
      verifyToken,
      appSecrets: [appSecret],
      accounts: [account],
      clock: realClock,
      log,
      vault: { logIdOf: () => 'log-id' },
    }),
  );
  return routes;
}

function outletTo(url: string): WhatsAppOutlet {
  return createWhatsAppOutlet({
    baseUrl: `${url}/simulator/graph`,
    version: 'v26.0',
    phoneNumberId: account,
    accessToken: 'any-token',
    listButton: () => 'Ver opciones',
    clock: realClock,
    log,
    timeoutMs: 2_000,
  });
}

function sendJson(method: string, url: string, body: unknown, type = 'application/json'): Promise<Response> {
  return fetch(url, { method, headers: { 'content-type': type }, body: JSON.stringify(body) });
}

async function screenAt(url: string): Promise<Screen> {
  const response = await fetch(`${url}/simulator/api/phones/${phone}`);
  return (await response.json()) as Screen; // the shape of our own API
}

async function firstFitting(screen: () => Promise<Screen>, fits: (seen: Screen) => boolean): Promise<Screen> {
  for (let looks = 0; looks < 200; looks += 1) {
    const seen = await screen();
    if (fits(seen)) return seen;
  }
  throw new Error('the screen did not come to fit');
}

function sendTo(outlet: WhatsAppOutlet, message: Partial<OutboundMessage>): Promise<SendOutcome> {
  const address = { channel: outlet.channel, account, recipient: phone };
  const common = {
    text: 'Hola',
    language: languageTag('es'),
    choices: [],
    sendClass: 'ordinary',
    keys: [],
  } as const;
  return outlet.send(address, { ...common, ...message }, tag);
}

async function closeAll(outlet: WhatsAppOutlet, standIn: StandInGraph, service: Listening): Promise<void> {
  await outlet.close();
  await standIn.close();
  await service.close();
}
