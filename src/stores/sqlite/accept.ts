import type { AliasHash, ConversationId, Partition } from '../../core/ids.ts';
import { conversationId } from '../../core/ids.ts';
import type { AcceptEntry, AcceptOutcome, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import type { LogWriter } from './log.ts';
import { eventAt } from './places.ts';
import { text } from './rows.ts';

/** How long a log lives that no commit ever followed, milliseconds; a commit sets the conversation's own end. */
const orphanLogMs = 14 * 86_400_000;

/** Accepting and the names people are known by. */
export function createAccept(
  engine: Engine,
  log: LogWriter,
): Pick<Store, 'accept' | 'resolveAliases' | 'forgetAliases'> {
  const isNew = createSeen(engine);
  const insert = engine.prepare(`INSERT INTO mailbox (place, partition, conversation, at, urgent, body)
    VALUES (?, ?, ?, ?, ?, ?)`);
  const hurry = engine.prepare('INSERT OR IGNORE INTO hurry (conversation, partition) VALUES (?, ?)');
  const forget = engine.prepare('DELETE FROM aliases WHERE hash = ?');

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
    resolveAliases: createResolving(engine),
    forgetAliases: (aliases) =>
      engine.write(() => {
        for (const alias of aliases) forget.run(alias);
      }),
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

/** Reads first: most people are known by all their names. */
function createResolving(engine: Engine): Store['resolveAliases'] {
  const find = engine.prepare('SELECT conversation FROM aliases WHERE hash = ?');
  const claim = engine.prepare('INSERT INTO aliases (hash, conversation) VALUES (?, ?)');
  const ownerOf = (alias: AliasHash): ConversationId | undefined => {
    const row = find.get(alias);
    return row === undefined ? undefined : conversationId(text(row, 'conversation'));
  };
  return async (aliases, candidate) => {
    const known = await engine.read(() => aliases.map(ownerOf));
    const [first] = known;
    if (first !== undefined && !known.includes(undefined)) return first;
    return engine.write(() => {
      const owners = aliases.map(ownerOf);
      const owner = owners.find((one) => one !== undefined) ?? candidate;
      for (const alias of new Set(aliases.filter((_, index) => owners[index] === undefined))) {
        claim.run(alias, owner);
      }
      return owner;
    });
  };
}
