import type { ConversationId } from '../../core/ids.ts';
import { conversationId, eventId } from '../../core/ids.ts';
import type { AcceptEntry, AcceptOutcome, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { sharedKeys } from './keys.ts';
import { asBuffer } from './packing.ts';
import { integer, list, text } from './reply.ts';
import type { Argument } from './scripts.ts';

/** How long a log lives that no commit ever followed, milliseconds; a commit sets the conversation's own end. */
const orphanLogMs = 14 * 86_400_000;
const nothing = Buffer.alloc(0);

/** Accepting and the names people are known by. */
export function createAccept(engine: Engine): Pick<Store, 'accept' | 'resolveAliases' | 'forgetAliases'> {
  return {
    accept: (entry) => accept(engine, entry),
    resolveAliases: (aliases, candidate) => resolveAliases(engine, aliases.map(sharedKeys.alias), candidate),
    forgetAliases: async (aliases) => {
      const { commands } = engine.connections;
      await guarded(() => Promise.all(aliases.map((alias) => commands.unlink(sharedKeys.alias(alias)))));
      await engine.replicated();
    },
  };
}

async function accept(engine: Engine, entry: AcceptEntry): Promise<AcceptOutcome> {
  const conversation = entry.conversationId;
  const keys = engine.keys(engine.partitionOf(conversation));
  const days = entry.dedupe?.days ?? [];
  const args: Argument[] = [
    conversation,
    entry.at,
    entry.urgent ? '1' : '0',
    asBuffer(entry.body),
    entry.dedupe === undefined ? '' : Buffer.from(entry.dedupe.hash, 'base64url'),
    days[0] ?? '',
    entry.log === undefined ? '0' : '1',
    entry.log === undefined ? nothing : asBuffer(entry.log),
    orphanLogMs,
  ];
  const reply = await engine.run(
    'accept',
    [
      keys.inbox,
      keys.waits(conversation),
      keys.hurry,
      keys.log(conversation),
      keys.days,
      ...days.map((day) => keys.seen(day)),
    ],
    args,
  );
  // A duplicate waits for the replica too: its first delivery may have failed just there.
  await engine.replicated();
  if (reply === null) return { kind: 'duplicate' };
  const [id, serial, timestamp] = list(reply);
  return {
    kind: 'accepted',
    eventId: eventId(text(id)),
    ...(serial === undefined ? {} : { log: { serial: integer(serial), timestamp: integer(timestamp) } }),
  };
}

/**
 * Each alias lives in its own slot, so this is one command a key. Claims go in sorted order: two processes that meet
 * the same person at once contend for the same first key, and the loser takes the winner's conversation.
 */
async function resolveAliases(
  engine: Engine,
  aliases: readonly string[],
  candidate: ConversationId,
): Promise<ConversationId> {
  const { commands } = engine.connections;
  const known = await guarded(() => Promise.all(aliases.map((alias) => commands.get(alias))));
  let owner = known.find((value) => value !== null);
  const unknown = aliases.filter((_, index) => known[index] === null).toSorted();
  for (const alias of unknown) {
    const taken = await guarded(() => commands.set(alias, owner ?? candidate, 'NX', 'GET'));
    owner ??= taken ?? candidate;
  }
  if (unknown.length > 0) await engine.replicated();
  return conversationId(owner ?? candidate);
}
