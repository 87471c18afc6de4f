import type { ConversationId } from '../../src/core/ids.ts';
import { conversationId } from '../../src/core/ids.ts';
import type { ActivityReader, Inbox, ReceivedMessage } from '../../src/core/inbox.ts';
import type { SenderFacts } from '../../src/core/message.ts';
import type { Clock, Randomness } from '../../src/core/ports.ts';
import type { LogPlace } from '../../src/core/store.ts';
import type { JsonValue } from '../../src/core/values.ts';

/** An inbox and its reader in memory, for tests of web chat: exact about order, repeats and joins, and nothing else. */
export interface MemoryInbox extends Inbox, ActivityReader {
  readonly received: readonly ReceivedMessage[];
  readonly joined: readonly { readonly conversation: ConversationId; readonly sender: SenderFacts }[];
  /** Appends what the bot says. */
  append(conversation: ConversationId, activity: JsonValue): LogPlace;
  erase(conversation: ConversationId): void;
  /** The bot of a test: called after a join (without a message) and after each kept message. */
  onEvent(listener: (conversation: ConversationId, message?: ReceivedMessage) => void): void;
}

type Entry = LogPlace & { readonly activity: JsonValue };

/** An empty one. */
export function createMemoryInbox(parts: {
  readonly clock: Pick<Clock, 'now'>;
  readonly random: Pick<Randomness, 'id'>;
}): MemoryInbox {
  const logs = new Map<ConversationId, Entry[]>();
  const seen = new Set<string>();
  const received: ReceivedMessage[] = [];
  const joined: { conversation: ConversationId; sender: SenderFacts }[] = [];
  const watchers = new Set<(conversation: ConversationId) => void>();
  let bot: (conversation: ConversationId, message?: ReceivedMessage) => void = () => undefined;

  const append = (conversation: ConversationId, activity: JsonValue): LogPlace => {
    const log = logs.get(conversation) ?? [];
    logs.set(conversation, log);
    const timestamp = Math.max(parts.clock.now(), (log.at(-1)?.timestamp ?? 0) + 1);
    const place = { serial: log.length + 1, timestamp };
    log.push({ ...place, activity });
    for (const watcher of watchers) watcher(conversation);
    return place;
  };
  const isNew = (name: string): boolean => {
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  };

  return {
    received,
    joined,
    append,
    erase: (conversation) => {
      logs.delete(conversation);
    },
    onEvent: (listener) => {
      bot = listener;
    },
    receive: async (message) => {
      if (message.from.kind !== 'conversation') throw new TypeError('web chat names its conversation');
      const id = message.from.conversationId;
      await Promise.resolve();
      if (!isNew(`message:${message.message.messageId}`)) return { kind: 'repeated', conversationId: id };
      received.push(message);
      const log = message.activity === undefined ? undefined : append(id, message.activity);
      setImmediate(() => {
        bot(id, message);
      });
      return { kind: 'kept', conversationId: id, ...(log === undefined ? {} : { log }) };
    },
    join: async (conversation, _address, sender) => {
      await Promise.resolve();
      if (!isNew(`joined:${conversation}`)) return false;
      joined.push({ conversation, sender });
      setImmediate(() => {
        bot(conversation);
      });
      return true;
    },
    report: () => Promise.reject(new TypeError('web chat has no statuses')),
    changeIdentity: () => Promise.reject(new TypeError('web chat has no identities')),
    quarantine: () => Promise.resolve(),
    newConversationId: () => conversationId(parts.random.id(128)),
    read: async (conversation, after, limit) => {
      await Promise.resolve();
      const log = logs.get(conversation) ?? [];
      return { length: log.length, activities: log.slice(after, after + limit) };
    },
    onAppended: (listener) => {
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
  };
}
