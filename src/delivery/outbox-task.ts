import { aliasHash, requestId, type AliasHash, type ConversationId } from '../core/ids.ts';
import { assertNever } from '../core/message.ts';
import type { JsonValue } from '../core/values.ts';
import type { DeliveryParts, OutboxEntry } from './parts.ts';
import type { Post } from './process-event.ts';
import type { SendStep } from './send-message.ts';
import type { StateCache } from './state-cache.ts';
import { nameOf, type Outgoing } from './turn-runner.ts';

/** Carries out an outbox entry that is no message. Doing it twice changes nothing. */
export async function runTask(
  parts: DeliveryParts,
  cache: StateCache,
  post: Post,
  outgoing: Outgoing,
  entry: Exclude<OutboxEntry, { kind: 'message' }>,
): Promise<SendStep> {
  switch (entry.kind) {
    case 'forget-aliases': {
      // Whoever wrote on meanwhile is known by these names again.
      const { aliases: inUse } = (await cache.get(outgoing.conversationId)).state;
      const unused = entry.aliases.filter((alias) => !inUse.includes(alias));
      await parts.store.forgetAliases(unused.map(aliasHash), outgoing.conversationId);
      return { kind: 'settled', outcome: 'done' };
    }
    case 'claim-aliases':
      await claim(parts, entry.aliases.map(aliasHash), outgoing.conversationId);
      return { kind: 'settled', outcome: 'done' };
    case 'request':
      return askOutside(parts, post, outgoing, entry);
    default:
      return assertNever(entry);
  }
}

/** Names that lead elsewhere by now stay there; then whoever still sends messages here has to ask for them again. */
async function claim(
  { store, log }: DeliveryParts,
  aliases: readonly AliasHash[],
  conversation: ConversationId,
): Promise<void> {
  if ((await store.resolveAliases(aliases, conversation)) === conversation) return;
  log.warn({ event: 'conversation-left-behind' });
  await store.forgetAliases(aliases, conversation);
}

/** No answer needs no event: the deadline's timer goes on without it. */
async function askOutside(
  parts: DeliveryParts,
  post: Post,
  outgoing: Outgoing,
  entry: Extract<OutboxEntry, { kind: 'request' }>,
): Promise<SendStep> {
  const left = entry.deadline - parts.clock.now();
  const ask = parts.remote[entry.name];
  if (left <= 0 || ask === undefined) return { kind: 'settled', outcome: left <= 0 ? 'late' : 'nobody' };
  const outcome = await withLimit(parts, left, (signal) => ask(entry.input, signal)).catch(
    (cause: unknown) => {
      parts.log.warn({ event: 'look-up-failed', kind: entry.name, error: nameOf(cause) });
      return undefined;
    },
  );
  if (outcome === undefined) return { kind: 'settled', outcome: 'no-answer' };
  const at = parts.clock.now();
  const event = { kind: 'look-up-answer', at, requestId: requestId(entry.requestId), outcome } as const;
  await post(outgoing.conversationId, event, `answer:${entry.requestId}`);
  return { kind: 'settled', outcome: 'answered' };
}

function withLimit(
  parts: DeliveryParts,
  ms: number,
  ask: (signal: AbortSignal) => Promise<JsonValue>,
): Promise<JsonValue | undefined> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const cancel = parts.clock.after(ms, () => {
      controller.abort();
      resolve(undefined);
    });
    const asked = async (): Promise<JsonValue> => ask(controller.signal);
    asked().then(resolve, reject).finally(cancel);
  });
}
