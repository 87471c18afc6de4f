import type { ConversationEvent } from '../core/event.ts';
import { channelName, conversationId, type AliasHash, type ConversationId } from '../core/ids.ts';
import type { Inbox, ReceivedMessage, ReceiveOutcome, StatusReport } from '../core/inbox.ts';
import { wordsOf } from '../core/message.ts';
import type { AcceptEntry } from '../core/store.ts';
import { createAliasCache } from './alias-cache.ts';
import type { DeliveryParts } from './parts.ts';
import { sealEvent, sealIncomingActivity } from './sealing.ts';

const dayLength = 24 * 60 * 60 * 1000;
/** How long message ids are remembered (architecture.md 4): longer than Meta repeats a webhook. */
const rememberedDays = 9;
const internal = channelName('internal');

type InboxParts = Pick<
  DeliveryParts,
  'store' | 'vault' | 'clock' | 'random' | 'log' | 'observer' | 'checkFields'
> & {
  /** The danger detector, at most 5 ms; a throw counts as urgent. */
  readonly isUrgent: (text: string) => boolean;
};

/** The way in for channels, from any process. */
export function createInbox(parts: InboxParts): Inbox & {
  readonly post: (id: ConversationId, event: ConversationEvent, once?: string) => Promise<boolean>;
} {
  const aliases = createAliasCache(parts.clock);
  parts.store.onAliasesForgotten((forgotten) => {
    aliases.drop(forgotten);
  });

  const resolve = async (hashes: readonly AliasHash[]): Promise<ConversationId> => {
    const known = aliases.find(hashes);
    if (known !== undefined) return known;
    const { age } = aliases;
    const found = await parts.store.resolveAliases(hashes, conversationId(parts.random.id(128)));
    aliases.keep(hashes, found, age);
    return found;
  };

  /** Puts an event of our own into a mailbox; `once` names it, so that a repeat changes nothing. */
  const post = async (id: ConversationId, event: ConversationEvent, once?: string): Promise<boolean> => {
    const body = await sealEvent(parts, id, event);
    const outcome = await parts.store.accept({
      conversationId: id,
      body,
      at: event.at,
      urgent: event.kind === 'quarantined' && event.urgent === true,
      ...(once === undefined
        ? {}
        : { dedupe: { hash: parts.vault.dedupeOf(internal, id, once), days: recentDays(event.at) } }),
    });
    return outcome.kind === 'accepted';
  };

  return {
    receive: (received) => receive(parts, received, resolve),
    join: (id, address, sender) =>
      post(id, { kind: 'joined', at: parts.clock.now(), address, sender }, 'joined'),
    report: (report) => settleReport(parts, report, post),
    changeIdentity: async ({ channel, account, previous, next, address }) => {
      const hashesOf = (ids: readonly string[]) => ids.map((id) => parts.vault.aliasOf(channel, account, id));
      const hashes = hashesOf([...previous, ...next]);
      const id = await parts.store.resolveAliases(hashes, conversationId(parts.random.id(128)));
      await post(id, { kind: 'address-changed', at: parts.clock.now(), address });
      // An old number is given to somebody else one day, who must not find this conversation.
      const given = hashesOf(previous.filter((old) => !next.includes(old)));
      await parts.store.forgetAliases(given, id);
    },
    quarantine: async (reason, body) => {
      const at = parts.clock.now();
      const sealed = await parts.vault.sealForDay('quarantine', body, at);
      await parts.store.quarantine({ source: 'webhook', at, reason, body: sealed });
      parts.observer.quarantined();
    },
    newConversationId: () => conversationId(parts.random.id(128)),
    post,
  };
}

async function receive(
  parts: InboxParts,
  received: ReceivedMessage,
  resolve: (hashes: readonly AliasHash[]) => Promise<ConversationId>,
): Promise<ReceiveOutcome> {
  const { address, sender, message, from } = received;
  const at = parts.clock.now();
  const hashes =
    from.kind === 'person'
      ? from.ids.map((id) => parts.vault.aliasOf(address.channel, address.account, id))
      : [];
  const id = from.kind === 'person' ? await resolve(hashes) : from.conversationId;
  const urgent = isUrgent(parts, wordsOf(message.content));
  const event = { kind: 'message', at, address, sender, message, aliases: hashes, urgent } as const;
  const body = await sealEvent(parts, id, event);
  const hash = parts.vault.dedupeOf(address.channel, address.account, message.messageId);
  const entry: AcceptEntry = {
    conversationId: id,
    body,
    at,
    urgent,
    dedupe: {
      hash,
      days: received.repeatsBy === 'sent-time' ? [sentDay(message.sentAt, at)] : recentDays(at),
    },
    ...(received.activity === undefined
      ? {}
      : { log: await sealIncomingActivity(parts.vault, id, received.activity, at) }),
  };
  const outcome = await parts.store.accept(entry);
  if (outcome.kind === 'duplicate') {
    parts.observer.accepted(address.channel, 'repeated');
    return { kind: 'repeated', conversationId: id };
  }
  parts.observer.accepted(address.channel, 'kept');
  return {
    kind: 'kept',
    conversationId: id,
    ...(outcome.log === undefined ? {} : { log: outcome.log }),
  };
}

function isUrgent(parts: InboxParts, text: string): boolean {
  try {
    return parts.isUrgent(text);
  } catch {
    parts.log.error({ event: 'urgency-check-failed' });
    return true;
  }
}

/** A delivered status settles a send in doubt; a failed one goes to the conversation, where a person hears of it. */
async function settleReport(
  parts: InboxParts,
  report: StatusReport,
  post: (id: ConversationId, event: ConversationEvent, once?: string) => Promise<boolean>,
): Promise<void> {
  const at = parts.clock.now();
  await parts.store.confirmSend(report.partition, report.outboxId, at);
  if (report.status !== 'failed') return;
  const error = report.error ?? 'send-unknown';
  const event = { kind: 'delivery-failed', at, outboxId: report.outboxId, error } as const;
  await post(report.conversationId, event, `failed:${report.outboxId}`);
}

const dayOf = (at: number): number => Math.floor(at / dayLength);

/** The day of the message's own time, so that a late repeat meets its first delivery; a strange time counts as today. */
function sentDay(sentAt: number, acceptedAt: number): number {
  const day = dayOf(sentAt);
  const today = dayOf(acceptedAt);
  return day > today + 1 || day < today - rememberedDays + 1 ? today : day;
}

const recentDays = (at: number): readonly [number, number] => [dayOf(at), dayOf(at) - 1];
