import type { CaseId, ConversationId } from '../../core/ids.ts';
import { caseId, conversationId } from '../../core/ids.ts';
import type { CommitRequest, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { bytes, integer, isEmpty, text } from './rows.ts';

/** Writes cases, inside an operation. */
export interface CaseWriter {
  put(conversation: ConversationId, one: CommitRequest['putCases'][number], wrappedKey: Uint8Array): void;
  close(conversation: ConversationId, id: CaseId): void;
  drop(conversation: ConversationId): void;
}

/** The writing side of cases. */
export function createCaseWriter(engine: Engine): CaseWriter {
  const put =
    engine.prepare(`INSERT OR REPLACE INTO cases (conversation, id, rank, opened_at, body, wrapped_key)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const close = engine.prepare('DELETE FROM cases WHERE conversation = ? AND id = ?');
  const drop = engine.prepare('DELETE FROM cases WHERE conversation = ?');
  return {
    put: (conversation, one, wrappedKey) => {
      put.run(conversation, one.caseId, one.rank, one.openedAt, one.body, wrappedKey);
    },
    close: (conversation, id) => {
      close.run(conversation, id);
    },
    drop: (conversation) => {
      drop.run(conversation);
    },
  };
}

/** Open cases; the state's key is newer than the case's copy after the master key was changed. */
export function createCases(engine: Engine): Pick<Store, 'listCases'> {
  const find = engine.prepare(`SELECT cases.*, states.wrapped_key AS current_key FROM cases
    LEFT JOIN states ON states.conversation = cases.conversation AND states.expires_at > ?
    ORDER BY rank, opened_at`);
  return {
    listCases: () =>
      engine.read(() =>
        find.all(engine.clock.now()).map((row) => {
          const rank = integer(row, 'rank');
          return {
            caseId: caseId(text(row, 'id')),
            conversationId: conversationId(text(row, 'conversation')),
            rank: rank === 1 || rank === 2 ? rank : 3,
            openedAt: integer(row, 'opened_at'),
            body: bytes(row, 'body'),
            wrappedKey: bytes(row, isEmpty(row, 'current_key') ? 'wrapped_key' : 'current_key'),
          };
        }),
      ),
  };
}
