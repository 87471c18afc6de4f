import type { GraphInteractive } from './graph-payloads.ts';

/** How far a message got. The person's own: waiting, sent (the service has it), failed. The bot's: sent, delivered, read. */
export type Tick = 'waiting' | 'sent' | 'delivered' | 'read' | 'failed';

/** A choice as the phone shows it. */
export interface PhoneChoice {
  readonly value: string;
  readonly title: string;
  readonly description?: string;
}

/** One bubble of a phone. `at` in milliseconds since 1970. */
export interface PhoneMessage {
  readonly id: string;
  readonly from: 'person' | 'business';
  readonly at: number;
  readonly kind: 'text' | 'voice' | 'photo' | 'location';
  readonly text: string;
  readonly choices: readonly PhoneChoice[];
  /** The word that opens a list; absent for buttons. */
  readonly listButton?: string;
  readonly tick: Tick;
}

/** One thing that went over the wire, for the sheet beside the phone. */
export interface WireLine {
  readonly serial: number;
  readonly at: number;
  readonly kind: 'webhook' | 'send' | 'status';
  /** HTTP status of the answer; 0 when there was none. */
  readonly answer: number;
  readonly ms: number;
  readonly signature?: string;
  readonly body: unknown;
}

/** What is told to the pages that look on. */
export type PhoneNews =
  | { readonly kind: 'message'; readonly phone: string; readonly message: PhoneMessage }
  | { readonly kind: 'wire'; readonly phone: string; readonly line: WireLine };

type Listener = (news: PhoneNews) => void;

const mostPhones = 50;
const mostMessages = 200;
const mostLines = 200;
const ranks: Readonly<Record<Tick, number>> = { waiting: 0, sent: 1, delivered: 2, read: 3, failed: 4 };

interface Phone {
  readonly messages: PhoneMessage[];
  readonly lines: WireLine[];
}

/** What all phones hold, in bounded memory: the phone that was quiet longest is forgotten first. */
export function createPhones() {
  const phones = new Map<string, Phone>();
  const listeners = new Set<Listener>();
  let serial = 0;

  const phoneOf = (number: string): Phone => {
    const phone = phones.get(number) ?? { messages: [], lines: [] };
    phones.delete(number);
    phones.set(number, phone);
    const [oldest] = phones.keys();
    if (phones.size > mostPhones && oldest !== undefined) phones.delete(oldest);
    return phone;
  };
  const tell = (news: PhoneNews): void => {
    for (const listener of listeners) listener(news);
  };

  return {
    numbers: (): readonly string[] => [...phones.keys()].reverse(),
    messages: (number: string): readonly PhoneMessage[] => phones.get(number)?.messages ?? [],
    lines: (number: string): readonly WireLine[] => phones.get(number)?.lines ?? [],
    message: (number: string, id: string): PhoneMessage | undefined =>
      phones.get(number)?.messages.find((message) => message.id === id),
    add(number: string, message: PhoneMessage): void {
      keepLast(phoneOf(number).messages, message, mostMessages);
      tell({ kind: 'message', phone: number, message });
    },
    /** Moves a message's tick, only upwards; false when it did not move. */
    tick(number: string, id: string, tick: Tick): boolean {
      const messages = phones.get(number)?.messages ?? [];
      const index = messages.findIndex((message) => message.id === id);
      const message = messages[index];
      if (message === undefined || ranks[tick] <= ranks[message.tick]) return false;
      const ticked = { ...message, tick };
      messages[index] = ticked;
      tell({ kind: 'message', phone: number, message: ticked });
      return true;
    },
    addLine(number: string, line: Omit<WireLine, 'serial'>): void {
      serial += 1;
      const numbered = { ...line, serial };
      keepLast(phoneOf(number).lines, numbered, mostLines);
      tell({ kind: 'wire', phone: number, line: numbered });
    },
    /** Calls back for all news until the returned function is called. */
    listen(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
export type Phones = ReturnType<typeof createPhones>;

/** The choices of a message with buttons or a list. */
export function choicesIn(interactive: GraphInteractive): readonly PhoneChoice[] {
  if (interactive.type === 'button') {
    return interactive.action.buttons.map(({ reply }) => ({ value: reply.id, title: reply.title }));
  }
  return interactive.action.sections.flatMap(({ rows }) =>
    rows.map(({ id, title, description }) => ({
      value: id,
      title,
      ...(description === undefined ? {} : { description }),
    })),
  );
}

function keepLast<Item>(items: Item[], item: Item, most: number): void {
  items.push(item);
  if (items.length > most) items.shift();
}
