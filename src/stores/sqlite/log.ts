import type { ConversationId } from '../../core/ids.ts';
import { conversationId } from '../../core/ids.ts';
import type { LogPlace, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { hourOf } from './expiry.ts';
import { bytes, integer, text } from './rows.ts';

/** Writes a conversation's log, inside an operation. */
export interface LogWriter {
  /** Appends one entry. `expiresAt` counts only for a log that begins with it. */
  append(conversation: ConversationId, body: Uint8Array, expiresAt: number): LogPlace;
  /** The log, if there is one, lives as long as this. */
  keepUntil(conversation: ConversationId, expiresAt: number): void;
  drop(conversation: ConversationId): void;
}

/** The writing side of the log: serials from 1, timestamps that always grow. */
export function createLogWriter(engine: Engine): LogWriter {
  const find = engine.prepare('SELECT * FROM logs WHERE conversation = ?');
  const begin = engine.prepare(`INSERT INTO logs (conversation, length, last_timestamp, expires_at, last_hour)
    VALUES (?, 1, ?, ?, ?)`);
  const grow = engine.prepare('UPDATE logs SET length = ?, last_timestamp = ? WHERE conversation = ?');
  const insert = engine.prepare(`INSERT INTO log_entries (place, conversation, serial, timestamp, body)
    VALUES (?, ?, ?, ?, ?)`);
  const keep = engine.prepare('UPDATE logs SET expires_at = ? WHERE conversation = ? AND expires_at > ?');
  const moveHour = engine.prepare(
    'UPDATE logs SET last_hour = ?2 WHERE conversation = ?1 AND last_hour <> ?2',
  );
  const dropEntries = engine.prepare('DELETE FROM log_entries WHERE conversation = ?');
  const dropLog = engine.prepare('DELETE FROM logs WHERE conversation = ?');

  const drop = (conversation: ConversationId): void => {
    if (dropLog.run(conversation).changes !== 0) dropEntries.run(conversation);
  };
  const lengthen = (conversation: ConversationId, expiresAt: number): LogPlace => {
    const now = engine.clock.now();
    const row = find.get(conversation);
    if (row !== undefined && integer(row, 'expires_at') > now) {
      const serial = integer(row, 'length') + 1;
      const timestamp = Math.max(now, integer(row, 'last_timestamp') + 1);
      grow.run(serial, timestamp, conversation);
      return { serial, timestamp };
    }
    if (row !== undefined) drop(conversation);
    begin.run(conversation, now, expiresAt, hourOf(expiresAt));
    return { serial: 1, timestamp: now };
  };

  return {
    append: (conversation, body, expiresAt) => {
      const place = lengthen(conversation, expiresAt);
      insert.run(engine.places.next(), conversation, place.serial, place.timestamp, body);
      engine.news.logged(conversation);
      return place;
    },
    keepUntil: (conversation, expiresAt) => {
      const { changes } = keep.run(expiresAt, conversation, engine.clock.now());
      if (changes !== 0) moveHour.run(conversation, hourOf(expiresAt));
    },
    drop,
  };
}

/** The web chat's log and the news of it. */
export function createConversationLog(engine: Engine): Pick<Store, 'readLog' | 'onLogAppended'> {
  const findLength = engine.prepare('SELECT length FROM logs WHERE conversation = ? AND expires_at > ?');
  const findKey = engine.prepare('SELECT wrapped_key FROM states WHERE conversation = ? AND expires_at > ?');
  const findEntries = engine.prepare(`SELECT serial, timestamp, body FROM log_entries
    WHERE conversation = ? AND serial > ? ORDER BY serial LIMIT ?`);
  return {
    readLog: (conversation, after, limit) =>
      engine.read(() => {
        const now = engine.clock.now();
        const log = findLength.get(conversation, now);
        const state = findKey.get(conversation, now);
        const entries = log === undefined ? [] : findEntries.all(conversation, after, Math.max(0, limit));
        return {
          length: log === undefined ? 0 : integer(log, 'length'),
          entries: entries.map((row) => ({
            serial: integer(row, 'serial'),
            timestamp: integer(row, 'timestamp'),
            body: bytes(row, 'body'),
          })),
          ...(state === undefined ? {} : { wrappedKey: bytes(state, 'wrapped_key') }),
        };
      }),
    onLogAppended: createNews(engine),
  };
}

/** What this process appends is told at once; what others append is found by its place when they wrote. */
function createNews(engine: Engine): Store['onLogAppended'] {
  const { foreign, news, places } = engine;
  const findNew = engine.prepare('SELECT DISTINCT conversation FROM log_entries WHERE place > ?');
  const findLast = engine.prepare("SELECT value FROM settings WHERE name = 'place'");
  let seen = 0;
  const lastPlace = (): number => integer(findLast.get() ?? {}, 'value');
  foreign.onLook((isForeign) => {
    if (!news.hasLogListeners) return;
    if (isForeign) {
      const last = lastPlace();
      for (const row of findNew.all(seen)) news.logged(conversationId(text(row, 'conversation')));
      seen = last;
      news.publish();
    } else seen = Math.max(seen, places.last);
  });
  return (listener) => {
    if (!news.hasLogListeners) seen = lastPlace();
    const stopListening = news.onLogged(listener);
    const stopWatching = foreign.watch();
    return () => {
      stopListening();
      stopWatching();
    };
  };
}
