import { element } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import type { Activity } from './activities.ts';
import type { ConnectionState } from './connection.ts';
import { setText } from './entries.ts';
import type { ChatWords, Speech } from './words.ts';

/** Who answers, as far as the page knows. */
type Partner =
  | { readonly kind: 'program' }
  /** The team was told; until a person writes, the program goes on answering. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'person'; readonly name: string };

/** One line above the field: what the connection does, and who answers. */
export interface StatusLine {
  readonly root: HTMLElement;
  connection(state: ConnectionState): void;
  /** A message of the log may change who answers. */
  heard(activity: Activity): void;
  unsent(has: boolean): void;
  refresh(): void;
}

/** A connection that comes back at once is not worth a word. */
const sayAfterMs = 400;

/** The line is a live region: a change is said once. */
export function createStatusLine(speech: Speech): StatusLine {
  const root = element('p', { class: 'status', role: 'status' });
  let state: ConnectionState = 'online';
  let partner: Partner = { kind: 'program' };
  let hasUnsent = false;
  let timer: number | undefined;

  const refresh = (): void => {
    const said = sentence(speech.words(), state, partner, hasUnsent);
    setText(root, said);
    root.hidden = said === '';
    root.dataset['state'] = state;
  };
  return {
    root,
    connection: (next) => {
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          state = next;
          refresh();
        },
        next === 'online' ? 0 : sayAfterMs,
      );
    },
    heard: (activity) => {
      partner = partnerAfter(partner, activity);
      refresh();
    },
    unsent: (has) => {
      hasUnsent = has;
      refresh();
    },
    refresh,
  };
}

function partnerAfter(partner: Partner, { from, name, isWaiting }: Activity): Partner {
  if (from === 'colleague') return { kind: 'person', name };
  if (from === 'program' && isWaiting) return { kind: 'waiting' };
  return from === 'program' && partner.kind === 'person' ? { kind: 'program' } : partner;
}

function sentence(words: ChatWords, state: ConnectionState, partner: Partner, hasUnsent: boolean): string {
  if (state === 'offline') return words.offline;
  if (state === 'connecting') return words.connecting;
  if (hasUnsent) return words.state.failed;
  switch (partner.kind) {
    case 'program':
      return '';
    case 'waiting':
      return words.waiting;
    case 'person':
      return fill(words.withPerson, { name: partner.name });
    default:
      return partner satisfies never;
  }
}
