import { element } from '../shared/dom.ts';
import type { Entry } from './entries.ts';

/** The ordered list inside the log. Our messages on their way stay below what the server has. */
export interface MessageList {
  readonly root: HTMLElement;
  add(entry: Entry): void;
  addPending(entry: Entry): void;
  /** The server has it: it takes its place above what is still on its way. */
  settle(entry: Entry): void;
  refresh(): void;
  clear(): void;
}

/** An empty one. */
export function createMessageList(): MessageList {
  const root = element('ol', { class: 'messages' });
  const pending = new Set<Entry>();
  let entries: Entry[] = [];
  const firstPending = (): Node | null => [...pending][0]?.root ?? null;

  return {
    root,
    add: (entry) => {
      entries.push(entry);
      root.insertBefore(entry.root, firstPending());
    },
    addPending: (entry) => {
      entries.push(entry);
      pending.add(entry);
      root.append(entry.root);
    },
    settle: (entry) => {
      pending.delete(entry);
      const next = firstPending();
      // Only when it overtook another: moving it would announce it again.
      if (next !== null && isAfter(entry.root, next)) root.insertBefore(entry.root, next);
    },
    refresh: () => {
      for (const entry of entries) entry.refresh();
    },
    clear: () => {
      entries = [];
      pending.clear();
      root.replaceChildren();
    },
  };
}

function isAfter(node: Node, other: Node): boolean {
  return (other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}
