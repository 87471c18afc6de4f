import type { ActivityReader } from '../core/inbox.ts';
import type { DeliveryParts } from './parts.ts';
import { openActivity } from './sealing.ts';

/** Reads web chat logs, opened, in any process. Entries whose key was destroyed are left out. */
export function createActivityReader(parts: Pick<DeliveryParts, 'store' | 'vault'>): ActivityReader {
  const { store, vault } = parts;
  return {
    read: async (conversation, after, limit) => {
      const { length, entries, wrappedKey } = await store.readLog(conversation, after, limit);
      const key = wrappedKey === undefined ? undefined : vault.unwrapPersonKey(conversation, wrappedKey);
      const activities = [];
      for (const { serial, timestamp, body } of entries) {
        const activity = await openActivity(vault, conversation, body, key);
        if (activity !== undefined) activities.push({ serial, timestamp, activity });
      }
      return { length, activities };
    },
    onAppended: (listener) => store.onLogAppended(listener),
  };
}
