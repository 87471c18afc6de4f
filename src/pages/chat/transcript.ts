import { element } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import type { Activity, Choice } from './activities.ts';
import { activityEntry, noteEntry, ownEntry, type Entry, type ReceivedEntry } from './entries.ts';
import { createMessageList } from './message-list.ts';
import type { OutgoingItem } from './outbox.ts';
import type { ChatWords, Speech } from './words.ts';

/** The log of the conversation on the page. */
export interface Transcript {
  readonly root: HTMLElement;
  /** Shows a message of the server's log. False when it is on the page already. */
  show(activity: Activity): boolean;
  /** The newest message that somebody else wrote. */
  newest(): Element | undefined;
  addOwn(item: OutgoingItem): void;
  /** One of our messages got further. */
  changed(item: OutgoingItem): void;
  note(say: (words: ChatWords) => string): void;
  /** Says everything again in the language of now. */
  refresh(): void;
  clear(): void;
}

/** An ordered list in a live region. Only the newest choices can be tapped, and only until something is answered. */
export function createTranscript(options: {
  readonly speech: Speech;
  readonly isOffline: () => boolean;
  readonly onChoice: (choice: Choice) => void;
  readonly onRetry: (item: OutgoingItem) => void;
}): Transcript {
  const { speech } = options;
  const messages = createMessageList();
  const root = liveRegion(messages.root);
  const own = new Map<string, Entry>();
  let open: ReceivedEntry | undefined;

  const note = (say: (words: ChatWords) => string): void => {
    messages.add(noteEntry(speech, say));
  };
  const closeChoices = (value?: string): void => {
    open?.choices?.close(value);
    open = undefined;
  };
  const joins = createJoins();

  return {
    root,
    note,
    newest: () => [...messages.root.querySelectorAll('.message:not(.own)')].at(-1),
    show: (activity) => {
      const mine = own.get(activity.clientId);
      if (mine !== undefined) {
        messages.settle(mine);
        return false;
      }
      if (activity.from === 'visitor') closeChoices(activity.value);
      if (joins(activity)) note((words) => fill(words.joined, { name: activity.name }));
      const entry = activityEntry(activity, speech, options.onChoice);
      messages.add(entry);
      if (entry.choices !== undefined) {
        closeChoices();
        open = entry;
      }
      return true;
    },
    addOwn: (item) => {
      closeChoices(item.value);
      const entry = ownEntry(item, speech, options.isOffline, options.onRetry);
      own.set(item.clientId, entry);
      messages.addPending(entry);
    },
    changed: (item) => own.get(item.clientId)?.refresh(),
    refresh: () => {
      root.setAttribute('aria-label', speech.words().log);
      messages.refresh();
    },
    clear: () => {
      closeChoices();
      own.clear();
      messages.clear();
    },
  };
}

const liveRegion = (list: HTMLElement): HTMLElement =>
  element('div', { class: 'log', role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions' }, list);

/** Says of each message whether with it a person comes in who was not there. */
function createJoins(): (activity: Activity) => boolean {
  let colleague = '';
  return ({ from, name }) => {
    if (from === 'visitor') return false;
    const before = colleague;
    colleague = from === 'colleague' ? name : '';
    return colleague !== '' && colleague !== before;
  };
}
