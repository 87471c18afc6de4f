import type { AliasHash, ConversationId } from '../core/ids.ts';
import type { Clock } from '../core/ports.ts';

const maximumEntries = 20_000;
/** Erasing in another process is noticed after this, milliseconds. */
const lifetime = 10 * 60 * 1000;

/** Remembers which conversation an alias leads to, so that most messages need no look-up. Bounded; oldest out first. */
export function createAliasCache(clock: Clock): {
  /** The conversation, when all of these aliases are known to lead to it. */
  find(hashes: readonly AliasHash[]): ConversationId | undefined;
  keep(hashes: readonly AliasHash[], conversation: ConversationId): void;
  drop(hashes: readonly AliasHash[]): void;
} {
  const known = new Map<AliasHash, { readonly conversation: ConversationId; readonly until: number }>();
  return {
    find: (hashes) => {
      const [first, ...others] = hashes.map((hash) => known.get(hash));
      if (first === undefined || first.until < clock.now()) return undefined;
      return others.every((other) => other?.conversation === first.conversation)
        ? first.conversation
        : undefined;
    },
    keep: (hashes, conversation) => {
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
      for (const hash of hashes) known.delete(hash);
    },
  };
}
