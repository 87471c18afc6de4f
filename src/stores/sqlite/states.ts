import type { ConversationId } from '../../core/ids.ts';
import type { CommitRequest } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { hourOf } from './expiry.ts';
import { integer } from './rows.ts';

/** What stands for a conversation before a commit; version 0 when nothing does. */
export interface SavedState {
  readonly version: number;
  readonly row?: { readonly id: number; readonly lastHour: number };
}

/** The states of conversations, inside an operation. */
export function createStates(engine: Engine): {
  find(conversation: ConversationId): SavedState;
  write(
    saved: SavedState,
    conversation: ConversationId,
    request: Pick<CommitRequest, 'state' | 'expiresAt'>,
  ): void;
} {
  const find = engine.prepare('SELECT id, version, expires_at, last_hour FROM states WHERE conversation = ?');
  const insert =
    engine.prepare(`INSERT INTO states (conversation, version, wrapped_key, body, expires_at, last_hour)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const update = engine.prepare(
    'UPDATE states SET version = ?, wrapped_key = ?, body = ?, expires_at = ? WHERE id = ?',
  );
  const moveHour = engine.prepare('UPDATE states SET last_hour = ? WHERE id = ?');
  return {
    find: (conversation) => {
      const row = find.get(conversation);
      if (row === undefined) return { version: 0 };
      return {
        // A state whose time is over counts as none; its row is written over.
        version: integer(row, 'expires_at') > engine.clock.now() ? integer(row, 'version') : 0,
        row: { id: integer(row, 'id'), lastHour: integer(row, 'last_hour') },
      };
    },
    write: ({ row }, conversation, { state, expiresAt }) => {
      const { version, wrappedKey, body } = state;
      const hour = hourOf(expiresAt);
      if (row === undefined) {
        insert.run(conversation, version, wrappedKey, body, expiresAt, hour);
        return;
      }
      update.run(version, wrappedKey, body, expiresAt, row.id);
      if (row.lastHour !== hour) moveHour.run(hour, row.id);
    },
  };
}
