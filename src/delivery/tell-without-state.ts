import type { ConversationEvent } from '../core/event.ts';
import { outboxId } from '../core/ids.ts';
import type { StoredEvent } from '../core/store.ts';
import type { DeliveryParts } from './parts.ts';
import { nameOf, type HeldPartition } from './turn-runner.ts';

type QuarantinedEvent = Extract<ConversationEvent, { kind: 'quarantined' }>;

/** No entry has it: the provider's status finds nothing to settle. */
const inNoOutbox = outboxId('0-0');

/**
 * The last way to a person whose state cannot be opened, or whose turns all fail: what a blank conversation would say,
 * sent at once. Nothing is written, so that whatever is stored stays as it is for the operator. At least once; never
 * throws. A channel that keeps a log has no such way: its log is written with the state.
 */
export async function tellWithoutState(
  parts: DeliveryParts,
  { partition }: HeldPartition,
  { conversationId }: StoredEvent,
  event: QuarantinedEvent,
): Promise<void> {
  const { address } = event;
  const outlet = address === undefined ? undefined : parts.outlets.get(address.channel);
  if (address === undefined || outlet?.kind !== 'sends') {
    parts.log.error({ event: 'told-nobody', partition });
    return;
  }
  try {
    const state = parts.blank(conversationId);
    const { messages } = await parts.engine.run({ state, event }, parts.decide);
    const tag = { partition, outboxId: inNoOutbox, conversationId };
    for (const message of messages) {
      const { kind } = await outlet.send(address, message, tag);
      parts.observer.sent(address.channel, kind, parts.clock.now() - event.at);
      parts.log.error({ event: 'told-without-state', partition, channel: address.channel, outcome: kind });
    }
  } catch (cause) {
    parts.log.error({ event: 'told-nobody', partition, error: nameOf(cause) });
  }
}
