import type { CaseId, ConversationId } from '../../core/ids.ts';
import { outboxId } from '../../core/ids.ts';
import type { CommitOutcome, CommitRequest, Store } from '../../core/store.ts';
import { caseMember, caseScore } from './cases.ts';
import type { Engine } from './engine.ts';
import { findWhatToErase } from './erase.ts';
import type { Erasure } from './erase.ts';
import { asBuffer, packCase, packState } from './packing.ts';
import { integer, list, text } from './reply.ts';
import type { Argument } from './scripts.ts';

const nothingToErase: Erasure = { outbox: [], timers: [], cases: [] };

/** Writes turns: one script each. */
export function createCommit(engine: Engine): Pick<Store, 'commit'> {
  return {
    commit: async (request) => {
      // Found before: only this conversation's own turns, one at a time, add to what is to be erased.
      const erasure = request.erase ? await findWhatToErase(engine, request) : nothingToErase;
      const reply = await engine.run(
        'commit',
        keysFor(engine, request, erasure),
        argumentsFor(engine, request, erasure),
      );
      await engine.replicated();
      return readOutcome(reply);
    },
  };
}

function keysFor(engine: Engine, request: CommitRequest, erasure: Erasure): readonly string[] {
  const keys = engine.keys(request.partition);
  const conversation = request.conversationId;
  return [
    keys.lease,
    keys.inbox,
    keys.state(conversation),
    keys.outbox,
    keys.waits(conversation),
    keys.attempts,
    keys.timers,
    keys.cases,
    keys.log(conversation),
    keys.marks,
    ...request.putCases.map(({ caseId }) => keys.case(caseId)),
    ...request.closeCases.map((id) => keys.case(id)),
    ...erasure.cases.map((id) => keys.case(id)),
  ];
}

const counted = (items: readonly Argument[]): readonly Argument[] => [items.length, ...items];

const members = (cases: readonly CaseId[], conversation: ConversationId): readonly string[] =>
  cases.map((id) => caseMember(id, conversation));

function argumentsFor(engine: Engine, request: CommitRequest, erasure: Erasure): readonly Argument[] {
  const { state, conversationId: conversation } = request;
  // A length of time, not a moment: the server's clock may differ from ours.
  const lifetimeMs = Math.max(1, Math.ceil(request.expiresAt - engine.clock.now()));
  return [
    request.lease,
    conversation,
    request.eventId,
    request.expectedVersion,
    packState(state),
    lifetimeMs,
    request.erase ? '1' : '0',
    ...counted(request.outbox.map(asBuffer)),
    ...counted(request.log.map(asBuffer)),
    ...counted(request.setTimers.flatMap(({ name, dueAt }) => [name, dueAt])),
    ...counted(request.clearTimers),
    ...counted(
      request.putCases.flatMap((entry) => [
        caseMember(entry.caseId, conversation),
        caseScore(entry.rank, entry.openedAt),
        packCase(state.wrappedKey, entry.body),
      ]),
    ),
    ...counted(members(request.closeCases, conversation)),
    ...counted(erasure.outbox),
    ...counted(erasure.timers),
    ...counted(members(erasure.cases, conversation)),
  ];
}

function readOutcome(reply: unknown): CommitOutcome {
  if (Array.isArray(reply)) {
    const [ids, places] = list(reply);
    return {
      kind: 'committed',
      outbox: list(ids).map((id) => outboxId(text(id))),
      log: list(places).map((place) => {
        const [serial, timestamp] = list(place);
        return { serial: integer(serial), timestamp: integer(timestamp) };
      }),
    };
  }
  const kind = text(reply);
  switch (kind) {
    case 'lease-lost':
    case 'already-done':
    case 'conflict':
      return { kind };
    default:
      throw new Error('the commit script gave an unknown outcome');
  }
}
