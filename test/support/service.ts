import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'botbuilder';
import { createBotEngine } from '../../src/bot/engine.ts';
import { directLineOutlet } from '../../src/channels/directline/send.ts';
import type { ConversationState, DeskOutcome } from '../../src/core/conversation.ts';
import type { TurnContext } from '../../src/core/draft.ts';
import type { ConversationEvent } from '../../src/core/event.ts';
import {
  caseId,
  channelName,
  languageTag,
  messageId,
  requestId,
  workerId,
  type ConversationId,
} from '../../src/core/ids.ts';
import type { ReceivedMessage } from '../../src/core/inbox.ts';
import type { InboundContent } from '../../src/core/message.ts';
import type { LogFields, Translator } from '../../src/core/ports.ts';
import type { Store } from '../../src/core/store.ts';
import { newConversation, turn, type TurnResult } from '../../src/core/turn.ts';
import { createInbox } from '../../src/delivery/inbox.ts';
import type { DeliveryParts } from '../../src/delivery/parts.ts';
import { openState } from '../../src/delivery/sealing.ts';
import { Worker } from '../../src/delivery/worker.ts';
import { checkFields } from '../../src/people/fields.ts';
import { createKeyRing } from '../../src/people/key-ring.ts';
import { expiryOf } from '../../src/people/retention.ts';
import { createVault } from '../../src/people/vault.ts';
import type { Provider } from './provider.ts';
import { scriptedRecogniser } from './scripted-recogniser.ts';
import { realRandomness } from './store-acts.ts';
import { testContext, translator } from './talk.ts';
import { one } from './vaults.ts';
import type { WarpClock } from './warp-clock.ts';

type Inbox = ReturnType<typeof createInbox>;

/** A process of Puente without its web server: a way in, and a worker that runs turns once it is started. */
export interface Service {
  readonly inbox: Inbox;
  readonly worker: Worker;
  readonly parts: DeliveryParts;
  readonly lines: readonly LogFields[];
  readonly outcomes: ReadonlyMap<string, DeskOutcome>;
  /** Hands in a message of a person by their number. */
  hears(
    number: string,
    content: string | InboundContent,
    more?: Partial<Hearing>,
  ): ReturnType<Inbox['receive']>;
  stateOf(id: ConversationId): Promise<ConversationState | undefined>;
  start(): Service;
  stop(graceMs?: number): Promise<void>;
  /** Ends like a process that was killed: nothing is given back, the store is not heard any more. */
  crash(): Promise<void>;
}

interface Hearing {
  readonly id: string;
  readonly sentAt: number;
  readonly ids: readonly [string, ...string[]];
}

/** What a test may say about a service. */
export interface ServiceOptions {
  readonly store: Store;
  readonly clock: WarpClock;
  readonly provider: Provider;
  readonly name?: string;
  readonly decide?: DeliveryParts['decide'];
  readonly context?: Partial<TurnContext>;
  readonly remote?: DeliveryParts['remote'];
  readonly middleware?: readonly MiddlewareHandler[];
  readonly isUrgent?: (text: string) => boolean;
  readonly keys?: string;
}

/** Dialogs of tests have no words: their keys are shown. */
const keysOfTests: Translator = {
  ...translator,
  render: (part, language, form) =>
    translator.has(part.key, language) ? translator.render(part, language, form) : part.key,
};

/** Puts a service together from the real parts: bot, core, dialogs, words, vault, field registry. */
export function createService(options: ServiceOptions): Service {
  const lines: LogFields[] = [];
  const outcomes = new Map<string, DeskOutcome>();
  const parts = partsOf(options, lines, outcomes);
  const isUrgent = options.isUrgent ?? ((text) => scriptedRecogniser.crisisOf(text) !== 'none');
  const inbox = createInbox({ ...parts, isUrgent });
  const worker = new Worker(parts, inbox.post, workerId(options.name ?? realRandomness.id(64)));
  const service: Service = {
    inbox,
    worker,
    parts,
    lines,
    outcomes,
    hears: (number, content, more) => inbox.receive(received(options.clock.now(), number, content, more)),
    stateOf: async (id) => {
      const stored = await parts.store.loadState(id);
      if (stored === undefined) return undefined;
      const key = parts.vault.unwrapPersonKey(id, stored.wrappedKey);
      return openState(parts.vault, key, { conversationId: id, version: stored.version }, stored.body);
    },
    start: () => {
      worker.start();
      return service;
    },
    stop: (graceMs = 5_000) => worker.stop(graceMs),
    crash: async () => {
      await options.store.close();
      await worker.stop(0).catch(() => undefined);
    },
  };
  return service;
}

function partsOf(
  options: ServiceOptions,
  lines: LogFields[],
  outcomes: Map<string, DeskOutcome>,
): DeliveryParts {
  const { store, clock, provider } = options;
  const write = (fields: LogFields): void => {
    lines.push(fields);
  };
  const nothing = (): void => undefined;
  return {
    store,
    clock,
    vault: createVault({
      keys: createKeyRing(options.keys ?? `first:${one}`),
      daySecret: (day) => store.daySecret(day),
      bytes: randomBytes,
      clock,
    }),
    random: realRandomness,
    log: { debug: nothing, info: write, warn: write, error: write },
    observer: { accepted: nothing, turned: nothing, sent: nothing, quarantined: nothing },
    outlets: new Map([provider.outlet, directLineOutlet].map((outlet) => [outlet.channel, outlet])),
    engine: createBotEngine({ translator: keysOfTests, middleware: options.middleware ?? [] }),
    decide: options.decide ?? decideWith(options),
    blank: (id) => newConversation(id, languageTag('es')),
    remote: options.remote ?? {},
    checkFields,
    expiryOf,
    onDeskOutcome: (request, outcome) => outcomes.set(request, outcome),
  };
}

function decideWith({ clock, context }: ServiceOptions): DeliveryParts['decide'] {
  return (state, event) =>
    turn(
      state,
      event,
      testContext(clock.now(), {
        newCaseId: () => caseId(realRandomness.id(80)),
        newRequestId: () => requestId(realRandomness.id(128)),
        ...context,
      }),
    );
}

/** Answers each message with how many there were and what it said: shows order, loss and doubling at once. */
export function echo(state: ConversationState, event: ConversationEvent): TurnResult {
  const next = { ...state, version: state.version + 1 };
  if (event.kind !== 'message') return { state: next, effects: [] };
  const { content } = event.message;
  const words = content.kind === 'text' ? content.text : content.kind;
  const message = {
    text: `${next.version}: ${words}`,
    language: languageTag('es'),
    choices: [],
    sendClass: 'ordinary',
    keys: [],
  } as const;
  const { sentAt } = event.message;
  return {
    state: { ...next, address: event.address, lastInboundAt: Math.max(state.lastInboundAt ?? 0, sentAt) },
    effects: [{ kind: 'send-written', message }],
  };
}

let messages = 0;

/** A message as the WhatsApp channel hands it in. */
export function received(
  now: number,
  number: string,
  content: string | InboundContent,
  { id, sentAt = now, ids = [number] }: Partial<Hearing> = {},
): ReceivedMessage {
  messages += 1;
  return {
    address: { channel: channelName('whatsapp'), account: 'ours', recipient: number },
    sender: {},
    from: { kind: 'person', ids },
    repeatsBy: 'sent-time',
    message: {
      messageId: messageId(id ?? `wamid.${messages}`),
      sentAt,
      content: typeof content === 'string' ? { kind: 'text', text: content } : content,
    },
  };
}
