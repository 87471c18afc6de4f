import type { Outgoing, Result } from './calls.ts';

/** How far one of our messages got. */
export type SendState = 'queued' | 'sending' | 'sent' | 'failed';

/** A message of ours on its way. */
export interface OutgoingItem extends Outgoing {
  readonly at: number;
  state: SendState;
}

/** Messages of ours, sent one after another in the order they were written. */
export interface Outbox {
  add(text: string, value?: string): OutgoingItem;
  /** Tries a failed one again, as the last. */
  retry(item: OutgoingItem): void;
  /** Sends what waits, when the line is there. */
  flush(): void;
  /** The log holds this message: whatever its call answered, it was sent. */
  arrived(clientId: string): void;
  /** The conversation is over: what waits will not be sent. */
  giveUp(): void;
  /** What was never sent. */
  unsent(): readonly OutgoingItem[];
}

const mostTries = 6;
const longestWaitMs = 15_000;

interface OutboxParts {
  readonly post: (item: Outgoing) => Promise<Result<unknown>>;
  readonly isOnline: () => boolean;
  /** Told when a call that began at `since` got no answer; true when the line is lost. */
  readonly suspect: (since: number) => boolean;
  readonly onChange: (item: OutgoingItem) => void;
}

/** Unreachable: waits for the line. Busy: a few tries. Refused: failed, and the person may try again. */
export function createOutbox(parts: OutboxParts): Outbox {
  const queue: OutgoingItem[] = [];
  const failed = new Set<OutgoingItem>();
  let isRunning = false;

  const set = (item: OutgoingItem, state: SendState): void => {
    if (item.state === state) return;
    item.state = state;
    parts.onChange(item);
  };
  const leave = (item: OutgoingItem, state: 'sent' | 'failed'): void => {
    const place = queue.indexOf(item);
    if (place >= 0) queue.splice(place, 1);
    failed.delete(item);
    if (state === 'failed') failed.add(item);
    set(item, state);
  };
  const run = async (): Promise<void> => {
    isRunning = true;
    for (let first = queue[0]; first !== undefined && parts.isOnline(); first = queue[0]) {
      const item = first;
      set(item, 'sending');
      const outcome = await deliver(parts, item, () => queue[0] === item);
      if (outcome === 'sent' || outcome === 'failed') leave(item, outcome);
      if (outcome === 'no-line' && queue[0] === item) set(item, 'queued');
    }
    isRunning = false;
  };
  const flush = (): void => {
    if (!isRunning) void run();
  };
  const enqueue = (item: OutgoingItem): void => {
    queue.push(item);
    flush();
  };

  return {
    add: (text, value) => {
      const named = { clientId: randomId(), text, ...(value === undefined ? {} : { value }) };
      const item: OutgoingItem = { ...named, at: Date.now(), state: 'queued' };
      enqueue(item);
      return item;
    },
    retry: (item) => {
      failed.delete(item);
      set(item, 'queued');
      enqueue(item);
    },
    flush,
    arrived: (clientId) => {
      const item = [...queue, ...failed].find((candidate) => candidate.clientId === clientId);
      if (item !== undefined) leave(item, 'sent');
    },
    giveUp: () => {
      for (const item of [...queue]) leave(item, 'failed');
    },
    unsent: () => [...failed, ...queue],
  };
}

/** Calls until it is decided. `gone`: it is no longer ours to send, as when its echo came first. */
async function deliver(
  parts: OutboxParts,
  item: OutgoingItem,
  isWanted: () => boolean,
): Promise<'sent' | 'failed' | 'no-line' | 'gone'> {
  for (let tries = 1; isWanted(); tries += 1) {
    const since = Date.now();
    const result = await parts.post(item);
    if (!isWanted()) return 'gone';
    switch (result.kind) {
      case 'done':
        return 'sent';
      case 'refused':
        return 'failed';
      case 'over':
        return 'no-line';
      case 'unreachable':
        if (parts.suspect(since)) return 'no-line';
        break;
      case 'busy':
        if (tries >= mostTries) return 'failed';
        await wait(Math.max(result.afterMs, Math.min(longestWaitMs, 500 * 2 ** tries)));
        break;
      default:
        return result satisfies never;
    }
  }
  return 'gone';
}

function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
