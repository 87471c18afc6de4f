import type { Partition } from '../../core/ids.ts';
import type { AcceptEntry, AcceptOutcome, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import type { LogWriter } from './log.ts';
import { eventAt } from './places.ts';

/** How long a log lives that no commit ever followed, milliseconds; a commit sets the conversation's own end. */
const orphanLogMs = 14 * 86_400_000;

/** Accepting, once. */
export function createAccept(engine: Engine, log: LogWriter): Pick<Store, 'accept'> {
  const isNew = createSeen(engine);
  const insert = engine.prepare(`INSERT INTO mailbox (place, partition, conversation, at, urgent, body)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const hurry = engine.prepare('INSERT OR IGNORE INTO hurry (conversation, partition) VALUES (?, ?)');

  const accept = (partition: Partition, entry: AcceptEntry): AcceptOutcome => {
    const { conversationId: conversation, at, urgent, body, dedupe } = entry;
    if (dedupe !== undefined && !isNew(dedupe)) return { kind: 'duplicate' };
    const place = engine.places.next();
    insert.run(place, partition, conversation, at, Number(urgent), body);
    if (urgent) hurry.run(conversation, partition);
    engine.news.appended(partition, place);
    if (entry.log === undefined) return { kind: 'accepted', eventId: eventAt(place) };
    const logPlace = log.append(conversation, entry.log, engine.clock.now() + orphanLogMs);
    return { kind: 'accepted', eventId: eventAt(place), log: logPlace };
  };

  return {
    accept: (entry) => {
      const partition = engine.partitionOf(entry.conversationId);
      return engine.write(() => accept(partition, entry));
    },
  };
}

/** Looks for a message in all of its days and puts it down in the first. False when it was there. */
function createSeen(engine: Engine): (dedupe: NonNullable<AcceptEntry['dedupe']>) => boolean {
  const find = engine.prepare('SELECT 1 FROM seen WHERE day = ? AND hash = ?');
  const insert = engine.prepare('INSERT OR IGNORE INTO seen (day, hash) VALUES (?, ?)');
  return ({ hash, days }) => {
    const [first, ...others] = days;
    const bytes = Buffer.from(hash, 'base64url');
    if (others.some((day) => find.get(day, bytes) !== undefined)) return false;
    return insert.run(first, bytes).changes !== 0;
  };
}
