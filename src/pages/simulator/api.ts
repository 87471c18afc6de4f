import { list, parseJson, record, text } from '../shared/json.ts';
import type { LanguageFacts, PageWords } from '../shared/words.ts';

/** The simulator's words. */
export type SimulatorWords = PageWords['simulator'] & LanguageFacts;

export type Tick = keyof SimulatorWords['tick'];
export type FaultName = keyof SimulatorWords['fault'];
export type WireKind = keyof SimulatorWords['kind'];

/** One bubble of a phone. */
export interface PhoneMessage {
  readonly id: string;
  readonly isOwn: boolean;
  readonly at: number;
  readonly kind: 'text' | 'voice' | 'photo' | 'location';
  readonly text: string;
  readonly choices: readonly {
    readonly value: string;
    readonly title: string;
    readonly description: string;
  }[];
  /** The word that opens a list; empty for buttons. */
  readonly listButton: string;
  readonly tick: Tick;
}

/** One call between Meta and the service. */
export interface WireLine {
  readonly serial: number;
  readonly at: number;
  readonly kind: WireKind;
  /** HTTP status; 0 when there was no answer. */
  readonly answer: number;
  readonly ms: number;
  readonly signature: string;
  /** What a status webhook reports; absent in other calls. */
  readonly reported?: Tick;
  readonly body: unknown;
}

/** What a person does on a phone. */
export type Act =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly messageId: string; readonly value: string }
  | { readonly kind: 'voice' | 'photo' | 'location' };

export type Faults = Readonly<Record<FaultName, boolean>>;

/** What a phone shows, and what went over the wire for it. */
export interface PhoneScreen {
  readonly messages: readonly PhoneMessage[];
  readonly lines: readonly WireLine[];
}

const base = '/simulator/api';
const ticks = ['waiting', 'sent', 'delivered', 'read', 'failed'] as const;
const faultNames: readonly FaultName[] = [
  'graphFails',
  'answerLost',
  'windowClosed',
  'noStatuses',
  'webhookTwice',
];

/** The service's number, the phones in use and the faults switched on. Throws when there is no answer. */
export async function readOverview() {
  const body = record(await get('/phones'));
  return {
    business: text(body['business']),
    phones: list(body['phones']).map(text),
    faults: readFaults(body['faults']),
  };
}

/** A phone's screen. Throws when there is no answer. */
export async function readScreen(phone: string): Promise<PhoneScreen> {
  const body = record(await get(`/phones/${phone}`));
  return { messages: list(body['messages']).map(readMessage), lines: list(body['lines']).map(readLine) };
}

/** Whether the phone could do it. */
export function act(phone: string, what: Act): Promise<boolean> {
  return send('POST', `/phones/${phone}/messages`, what);
}

/** Whether the switches were taken. */
export function switchFaults(faults: Faults): Promise<boolean> {
  return send('PUT', '/faults', faults);
}

/** News of a phone as they come; the service takes the phone for looked at meanwhile. Gives the way to stop. */
export function watchPhone(
  phone: string,
  on: {
    readonly open: () => void;
    readonly lost: () => void;
    readonly message: (message: PhoneMessage) => void;
    readonly line: (line: WireLine) => void;
  },
): () => void {
  const source = new EventSource(`${base}/phones/${phone}/events`);
  source.onopen = on.open;
  source.onerror = on.lost;
  source.addEventListener('message', ({ data }) => on.message(readMessage(parseJson(text(data)))));
  source.addEventListener('wire', ({ data }) => on.line(readLine(parseJson(text(data)))));
  return () => source.close();
}

async function get(path: string): Promise<unknown> {
  const response = await fetch(base + path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`answered ${String(response.status)}`);
  return await response.json();
}

async function send(method: string, path: string, body: object): Promise<boolean> {
  try {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(base + path, { method, headers, body: JSON.stringify(body) })).ok;
  } catch {
    return false;
  }
}

function readFaults(json: unknown): Faults {
  const faults = record(json);
  // One entry for each name of the list, which names them all.
  return Object.fromEntries(faultNames.map((name) => [name, faults[name] === true])) as Faults;
}

function readMessage(json: unknown): PhoneMessage {
  const message = record(json);
  return {
    id: text(message['id']),
    isOwn: message['from'] === 'person',
    at: Number(message['at']),
    kind: oneOf(text(message['kind']), ['text', 'voice', 'photo', 'location']),
    text: text(message['text']),
    choices: list(message['choices'])
      .map(record)
      .map(({ value, title, description }) => ({
        value: text(value),
        title: text(title),
        description: text(description),
      })),
    listButton: text(message['listButton']),
    tick: oneOf(text(message['tick']), ticks),
  };
}

function readLine(json: unknown): WireLine {
  const line = record(json);
  const reported = reportedBy(line['body']);
  return {
    serial: Number(line['serial']),
    at: Number(line['at']),
    kind: oneOf(text(line['kind']), ['webhook', 'send', 'status']),
    answer: Number(line['answer']),
    ms: Number(line['ms']),
    signature: text(line['signature']),
    ...(reported === undefined ? {} : { reported }),
    body: line['body'],
  };
}

/** `entry[0].changes[0].value.statuses[0].status` of a webhook, when it has one. */
function reportedBy(body: unknown): Tick | undefined {
  const value = record(record(first(record(first(record(body)['entry']))['changes']))['value']);
  const status = text(record(first(value['statuses']))['status']);
  return ticks.find((tick) => tick === status);
}

function first(items: unknown): unknown {
  return list(items)[0];
}

/** The name when it is one of these, else the first. */
function oneOf<Name extends string>(name: string, names: readonly [Name, ...Name[]]): Name {
  return names.find((known) => known === name) ?? names[0];
}
