import { element } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import type { Activity, Choice } from './activities.ts';
import { createChoiceRows, type ChoiceRows } from './choices.ts';
import type { OutgoingItem } from './outbox.ts';
import type { Speech } from './words.ts';

/** One item of the log. `refresh` writes its words again, in place: nothing is announced twice. */
export interface Entry {
  readonly root: HTMLLIElement;
  refresh(): void;
}

/** A message of the program or of a colleague, with what can be tapped. */
export interface ReceivedEntry extends Entry {
  readonly choices: ChoiceRows | undefined;
}

/** A message of ours: how far it got, and a way to try again. */
export function ownEntry(
  item: OutgoingItem,
  speech: Speech,
  isOffline: () => boolean,
  onRetry: (item: OutgoingItem) => void,
): Entry {
  const head = createHead(item.at, speech, () => speech.words().you);
  const state = element('span', { class: 'state' });
  const again = element('button', { type: 'button', class: 'again' });
  again.addEventListener('click', () => {
    onRetry(item);
  });
  const bubble = element('div', { class: 'bubble' }, bodyOf(item.text, speech.language()));
  head.root.append(' · ', state);
  const root = element('li', { class: 'message own' }, head.root, bubble, again);
  const refresh = (): void => {
    const words = speech.words();
    head.refresh();
    const shown = item.state === 'queued' && !isOffline() ? 'sending' : item.state;
    setText(state, words.state[shown]);
    setText(again, words.tryAgain);
    again.hidden = item.state !== 'failed';
    root.dataset['state'] = shown;
  };
  refresh();
  return { root, refresh };
}

/** A message from the log: of the program, of a colleague, or of ours from another page. */
export function activityEntry(
  activity: Activity,
  speech: Speech,
  onChoice: (choice: Choice) => void,
): ReceivedEntry {
  const head = createHead(activity.at, speech, () => whoSpeaks(activity, speech));
  const choices =
    activity.choices.length === 0 ? undefined : createChoiceRows(activity.choices, speech, onChoice);
  const bubble = element('div', { class: 'bubble' }, bodyOf(activity.text, activity.language));
  const kind = activity.from === 'visitor' ? 'own' : activity.from;
  const root = element('li', { class: `message ${kind}` }, head.root, bubble);
  if (choices !== undefined) root.append(choices.root);
  const refresh = (): void => {
    head.refresh();
    choices?.refresh();
  };
  refresh();
  return { root, choices, refresh };
}

/** A line that nobody said. */
export function noteEntry(speech: Speech, say: (words: ReturnType<Speech['words']>) => string): Entry {
  const root = element('li', { class: 'note' });
  const refresh = (): void => {
    setText(root, say(speech.words()));
  };
  refresh();
  return { root, refresh };
}

/** Writes a text only when it changes, so that a screen reader is not told the same again. */
export function setText(target: HTMLElement, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

function whoSpeaks({ from, name }: Activity, speech: Speech): string {
  if (from === 'visitor') return speech.words().you;
  return fill(speech.words()[from], { name });
}

/** Who and when, before the text: for eyes and for screen readers. */
function createHead(at: number, speech: Speech, who: () => string) {
  const speaker = element('span', { class: 'speaker' });
  const time = element('time', { datetime: new Date(at).toISOString() });
  const root = element('p', { class: 'head' }, speaker, ' ', time);
  const refresh = (): void => {
    setText(speaker, who());
    setText(time, timeOf(at, speech.language()));
  };
  return { root, refresh };
}

function bodyOf(text: string, language: string): HTMLElement {
  return element('p', { class: 'text', dir: 'auto', ...(language === '' ? {} : { lang: language }) }, text);
}

/** "14:05" today, "lun 24 nov, 14:05" on another day, in the time of this device. */
function timeOf(at: number, language: string): string {
  const moment = new Date(at);
  const isToday = moment.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' }),
  }).format(moment);
}
