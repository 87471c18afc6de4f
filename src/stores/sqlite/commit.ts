import type { Partition } from '../../core/ids.ts';
import type { CommitOutcome, CommitRequest, Store } from '../../core/store.ts';
import type { CaseWriter } from './cases.ts';
import type { Engine } from './engine.ts';
import { createErasing } from './erase.ts';
import type { IsOwner } from './leases.ts';
import type { LogWriter } from './log.ts';
import type { OutboxWriter } from './outbox.ts';
import { placeOf } from './places.ts';
import { createStates } from './states.ts';
import type { TimerWriter } from './timers.ts';

/** The other parts a commit writes with. */
export interface CommitWriters {
  readonly isOwner: IsOwner;
  readonly log: LogWriter;
  readonly outbox: OutboxWriter;
  readonly timers: TimerWriter;
  readonly cases: CaseWriter;
}

/** Writes turns: one operation each. */
export function createCommit(engine: Engine, writers: CommitWriters): Pick<Store, 'commit'> {
  const states = createStates(engine);
  const isWaiting = engine.prepare('SELECT 1 FROM mailbox WHERE place = ? AND partition = ?');
  const takeEvent = engine.prepare('DELETE FROM mailbox WHERE place = ? AND partition = ?');
  const erase = createErasing(engine, writers);

  const commit = (request: CommitRequest): CommitOutcome => {
    const { partition, conversationId: conversation, eventId } = request;
    if (!writers.isOwner(partition, request.lease)) return { kind: 'lease-lost' };
    const place = placeOf(eventId);
    const saved = states.find(conversation);
    if (saved.version !== request.expectedVersion) {
      // An event that was applied before has moved the version too: say which of the two it is.
      return { kind: isWaiting.get(place, partition) === undefined ? 'already-done' : 'conflict' };
    }
    if (takeEvent.run(place, partition).changes === 0) return { kind: 'already-done' };
    if (request.erase) erase(partition, conversation, place);
    states.write(saved, conversation, request);
    return { kind: 'committed', ...apply(writers, partition, request) };
  };

  return {
    commit: async (request) => {
      const outcome = await engine.write(() => commit(request));
      if (request.erase) engine.scrubber.ask();
      return outcome;
    },
  };
}

function apply(
  { log, outbox, timers, cases }: CommitWriters,
  partition: Partition,
  request: CommitRequest,
): Omit<CommitOutcome & { readonly kind: 'committed' }, 'kind'> {
  const { conversationId: conversation, expiresAt } = request;
  const ids = request.outbox.map((body) => outbox.add(partition, conversation, body));
  for (const { name, dueAt } of request.setTimers) timers.set(partition, conversation, name, dueAt);
  for (const name of request.clearTimers) timers.clear(conversation, name);
  for (const one of request.putCases) cases.put(conversation, one, request.state.wrappedKey);
  for (const id of request.closeCases) cases.close(conversation, id);
  log.keepUntil(conversation, expiresAt);
  const places = request.log.map((body) => log.append(conversation, body, expiresAt));
  return { outbox: ids, log: places };
}
