import type { Clock, Log, Randomness } from '../../core/ports.ts';
import { createDeliveries } from './deliveries.ts';
import type { FaultSwitches, GraphSend, PhoneAct } from './graph-payloads.ts';
import { choicesIn, createPhones, type PhoneMessage } from './phones.ts';
import { createStatuses } from './statuses.ts';
import { messageWebhook } from './webhook-payloads.ts';
import { createWebhookSender, type WebhookSenderOptions } from './webhook-sender.ts';

/** What the stand-in needs. `webhookUrl`: where our own WhatsApp webhook listens, asked at each call. */
export interface StandInOptions extends WebhookSenderOptions {
  readonly phoneNumberId: string;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
}

const noFaults: FaultSwitches = {
  graphFails: false,
  answerLost: false,
  windowClosed: false,
  noStatuses: false,
  webhookTwice: false,
};

/** Meta and the phones in one: keeps what was sent, reports statuses, and turns what a person does into webhooks. */
export function createStandIn(options: StandInOptions) {
  const { clock, random, phoneNumberId } = options;
  const phones = createPhones();
  const sender = createWebhookSender(options);
  const deliver = createDeliveries(sender, phones, clock);
  let faults = noFaults;
  const areReported = (): boolean => !faults.noStatuses;
  const statuses = createStatuses({ phones, deliver, phoneNumberId, clock, areReported });

  return {
    phones,
    look: (phone: string) => statuses.look(phone),
    faults: (): FaultSwitches => faults,
    setFaults(next: FaultSwitches): void {
      faults = next;
    },
    /** A send of the service arrived for a phone. Gives the message's id. */
    keepSend(phone: string, send: GraphSend): string {
      const id = `wamid.${random.id(128)}`;
      phones.add(phone, shownMessage(id, clock.now(), send));
      statuses.begin(phone, id, send.biz_opaque_callback_data);
      return id;
    },
    /** A person did something on a phone. Undefined when the choice is not on that phone. */
    act(phone: string, act: PhoneAct): PhoneMessage | undefined {
      const chosen = act.kind === 'choice' ? chosenOn(phones.message(phone, act.messageId), act) : undefined;
      if (act.kind === 'choice' && chosen === undefined) return undefined;
      const message = ownMessage(`wamid.${random.id(128)}`, clock.now(), act, chosen?.choice.title);
      phones.add(phone, message);
      const payload = messageWebhook(phoneNumberId, { ...message, phone }, act, chosen);
      for (let times = faults.webhookTwice ? 2 : 1; times > 0; times -= 1) {
        void deliver(phone, 'webhook', payload).then((isKept) =>
          phones.tick(phone, message.id, isKept ? 'sent' : 'failed'),
        );
      }
      return message;
    },
    /** Meta's verification of our webhook: whether it echoed the challenge. */
    subscribe: () => sender.subscribe(),
    async close(): Promise<void> {
      statuses.close();
      await sender.close();
    },
  };
}
export type StandIn = ReturnType<typeof createStandIn>;

function ownMessage(id: string, at: number, act: PhoneAct, title: string | undefined): PhoneMessage {
  const text = act.kind === 'text' ? act.text : (title ?? '');
  const kind = act.kind === 'choice' ? 'text' : act.kind;
  return { id, from: 'person', at, kind, text, choices: [], tick: 'waiting' };
}

function shownMessage(id: string, at: number, send: GraphSend): PhoneMessage {
  const common = { id, from: 'business', at, kind: 'text', tick: 'waiting' } as const;
  if (send.type === 'text') return { ...common, text: send.text.body, choices: [] };
  const { interactive } = send;
  return {
    ...common,
    text: interactive.body.text,
    choices: choicesIn(interactive),
    ...(interactive.type === 'list' ? { listButton: interactive.action.button } : {}),
  };
}

function chosenOn(message: PhoneMessage | undefined, act: { readonly value: string }) {
  const choice = message?.choices.find((candidate) => candidate.value === act.value);
  return choice && { choice, isRow: message?.listButton !== undefined };
}
