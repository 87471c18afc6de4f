import type { ConversationId, Partition } from '../../core/ids.ts';
import type { CaseWriter } from './cases.ts';
import type { Engine } from './engine.ts';
import type { LogWriter } from './log.ts';
import type { TimerWriter } from './timers.ts';

/**
 * Drops all there is of a conversation but its state and what came later, inside an operation. The outbox is searched by partition: it is
 * short, and an index of it by conversation would cost every message.
 */
export function createErasing(
  engine: Engine,
  writers: { readonly log: LogWriter; readonly timers: TimerWriter; readonly cases: CaseWriter },
): (partition: Partition, conversation: ConversationId, upTo: number) => void {
  const dropEvents = engine.prepare('DELETE FROM mailbox WHERE conversation = ? AND place <= ?');
  const dropOutbox = engine.prepare('DELETE FROM outbox WHERE partition = ? AND conversation = ?');
  return (partition, conversation, upTo) => {
    dropEvents.run(conversation, upTo);
    dropOutbox.run(partition, conversation);
    writers.log.drop(conversation);
    writers.timers.drop(conversation);
    writers.cases.drop(conversation);
  };
}
