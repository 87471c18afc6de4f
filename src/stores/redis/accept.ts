import { eventId } from '../../core/ids.ts';
import type { AcceptEntry, AcceptOutcome, Store } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { asBuffer } from './packing.ts';
import { integer, list, text } from './reply.ts';
import type { Argument } from './scripts.ts';

/** How long a log lives that no commit ever followed, milliseconds; a commit sets the conversation's own end. */
const orphanLogMs = 14 * 86_400_000;
const nothing = Buffer.alloc(0);

/** Accepting, once. */
export function createAccept(engine: Engine): Pick<Store, 'accept'> {
  return { accept: (entry) => accept(engine, entry) };
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
