import { element, icon } from '../shared/dom.ts';
import type { Act, SimulatorWords } from './api.ts';
import { icons } from './icons.ts';

/** Where the person writes on the phone, and sends what is not text. */
export interface PhoneComposer {
  readonly root: HTMLFormElement;
  /** What was written is cleared once it is sent. */
  done(act: Act): void;
  refresh(): void;
}

const others = ['voice', 'photo', 'location'] as const;

/** A field, a button, and three things besides text. */
export function createPhoneComposer(words: () => SimulatorWords, onAct: (act: Act) => void): PhoneComposer {
  const label = element('label', { class: 'heard', for: 'message' });
  const field = element('input', { id: 'message', type: 'text', autocomplete: 'off', maxlength: '10000' });
  const word = element('span', { class: 'heard' });
  const submit = element('button', { type: 'submit', class: 'send' }, icon(icons.send), word);
  const more = others.map((kind) => {
    const said = element('span');
    const button = element('button', { type: 'button' }, icon(icons[kind]), said);
    button.addEventListener('click', () => onAct({ kind }));
    return { kind, button, said };
  });
  const extras = element('div', { class: 'extras', role: 'group' }, ...more.map(({ button }) => button));
  const root = element('form', { class: 'composer' }, extras, label, field, submit);
  root.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text !== '') onAct({ kind: 'text', text });
  });
  return {
    root,
    done: (act) => {
      if (act.kind === 'text' && field.value.trim() === act.text) field.value = '';
    },
    refresh: () => {
      const said = words();
      label.textContent = said.write;
      word.textContent = said.send;
      field.placeholder = said.write;
      extras.setAttribute('aria-label', said.attach);
      for (const { kind, said: target } of more) target.textContent = said[kind];
    },
  };
}
