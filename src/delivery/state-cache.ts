import type { ConversationState } from '../core/conversation.ts';
import type { ConversationId } from '../core/ids.ts';
import type { PersonKey } from '../core/ports.ts';
import type { DeliveryParts } from './parts.ts';
import { openState } from './sealing.ts';

/** A conversation in the owner's memory. */
export interface Loaded {
  readonly state: ConversationState;
  readonly key: PersonKey;
  readonly wrappedKey: Uint8Array;
}

/** The owner's memory of conversations. Only the owner of a partition may trust it: nobody else commits there. */
export interface StateCache {
  get(id: ConversationId): Promise<Loaded>;
  /** What is in memory, without asking the store. */
  peek(id: ConversationId): Loaded | undefined;
  keep(loaded: Loaded): void;
  drop(id: ConversationId): void;
  clear(): void;
}

const maximumEntries = 2_000;

/** Bounded; the least recently used goes first, so that idle conversations cost no memory. */
export function createStateCache(parts: Pick<DeliveryParts, 'store' | 'vault' | 'blank'>): StateCache {
  const known = new Map<ConversationId, Loaded>();
  const keep = (loaded: Loaded): void => {
    known.delete(loaded.state.conversationId);
    known.set(loaded.state.conversationId, loaded);
    for (const oldest of known.keys()) {
      if (known.size <= maximumEntries) break;
      known.delete(oldest);
    }
  };
  return {
    get: async (id) => {
      const held = known.get(id);
      if (held !== undefined) return held;
      const loaded = await load(parts, id);
      // A turn may have come first while the store was read: what it left is newer.
      const newer = known.get(id);
      if (newer !== undefined) return newer;
      keep(loaded);
      return loaded;
    },
    peek: (id) => known.get(id),
    keep,
    drop: (id) => {
      known.delete(id);
    },
    clear: () => {
      known.clear();
    },
  };
}

async function load(
  parts: Pick<DeliveryParts, 'store' | 'vault' | 'blank'>,
  id: ConversationId,
): Promise<Loaded> {
  const stored = await parts.store.loadState(id);
  if (stored === undefined) {
    const { key, wrapped } = parts.vault.createPersonKey(id);
    return { state: parts.blank(id), key, wrappedKey: wrapped };
  }
  const key = parts.vault.unwrapPersonKey(id, stored.wrappedKey);
  const place = { conversationId: id, version: stored.version };
  // Written with the next commit: whoever writes to us leaves an old master key behind.
  const wrappedKey = parts.vault.rewrapPersonKey(id, stored.wrappedKey);
  return { state: openState(parts.vault, key, place, stored.body), key, wrappedKey };
}
