import type { AliasHash, ConversationId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';

const maximumEntries = 20_000;
/** What another process forgot is told; this is how long it may stay when the news was lost, milliseconds. */
const lifetime = 10 * 60 * 1000;

/** Remembers which conversation an alias leads to, so that most messages need no look-up. Bounded; oldest out first. */
export function createAliasCache(clock: Clock): {
  /** The conversation, when all of these aliases are known to lead to it. */
  find(hashes: readonly AliasHash[]): ConversationId | undefined;
  /** Changes whenever something is dropped: what was looked up before may be out of date. */
  readonly age: number;
  /** Keeps what was looked up at that age, unless something was dropped since. */
  keep(hashes: readonly AliasHash[], conversation: ConversationId, age: number): void;
  drop(hashes: readonly AliasHash[] | 'all'): void;
} {
  const known = new Map<AliasHash, { readonly conversation: ConversationId; readonly until: number }>();
  let age = 0;
  return {
    get age() {
      return age;
    },
    find: (hashes) => {
      const [first, ...others] = hashes.map((hash) => known.get(hash));
      if (first === undefined || first.until < clock.now()) return undefined;
      return others.every((other) => other?.conversation === first.conversation)
        ? first.conversation
        : undefined;
    },
    keep: (hashes, conversation, lookedUpAt) => {
      if (lookedUpAt !== age) return;
      for (const hash of hashes) {
        known.delete(hash);
        known.set(hash, { conversation, until: clock.now() + lifetime });
      }
      for (const oldest of known.keys()) {
        if (known.size <= maximumEntries) break;
        known.delete(oldest);
      }
    },
    drop: (hashes) => {
      age += 1;
      if (hashes === 'all') known.clear();
      else for (const hash of hashes) known.delete(hash);
    },
  };
}
