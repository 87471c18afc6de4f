import { element, icon } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import { setText } from './entries.ts';
import { icons } from './icons.ts';
import type { Speech } from './words.ts';

/** Where the person writes. */
export interface Composer {
  readonly root: HTMLFormElement;
  /** What is written and not sent. */
  draft(): string;
  write(text: string): void;
  focus(): void;
  refresh(): void;
}

const longest = 2_000;
/** From here on the page says how much is left. */
const hintWithin = 200;

const fieldAttributes = {
  id: 'write',
  rows: '1',
  autocomplete: 'off',
  enterkeyhint: 'send',
  'aria-describedby': 'write-hint',
  dir: 'auto',
};

/** A field that grows and keeps what is too long, and a button. Enter sends, Shift and Enter makes a new line. */
export function createComposer(speech: Speech, onSend: (text: string) => void): Composer {
  const label = element('label', { class: 'heard', for: 'write' });
  const field = element('textarea', fieldAttributes);
  const hint = element('p', { id: 'write-hint', class: 'hint', role: 'status' });
  const word = element('span');
  const button = element('button', { type: 'submit', class: 'send' }, icon(icons.send), word);
  const root = element('form', { class: 'composer' }, label, field, button, hint);

  const hintNow = (): string => {
    const left = longest - field.value.trim().length;
    if (left < 0) return fill(speech.words().tooLong, { count: -left });
    return left <= hintWithin ? fill(speech.words().left, { count: left }) : '';
  };
  const changed = (): void => {
    setText(hint, hintNow());
    field.setAttribute('aria-invalid', String(field.value.trim().length > longest));
    field.style.blockSize = 'auto';
    field.style.blockSize = `${String(field.scrollHeight + 2)}px`;
  };
  const send = (): void => {
    const text = field.value.trim();
    if (text === '' || text.length > longest) return field.focus();
    field.value = '';
    changed();
    onSend(text);
  };
  field.addEventListener('input', changed);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  });
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    send();
  });

  return {
    root,
    draft: () => field.value,
    write: (text) => {
      field.value = text;
      changed();
    },
    focus: () => {
      field.focus();
    },
    refresh: () => {
      const words = speech.words();
      setText(label, words.write);
      setText(word, words.send);
      field.placeholder = words.writeHere;
      setText(hint, hintNow());
    },
  };
}
