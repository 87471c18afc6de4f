import { element, heard, icon } from '../shared/dom.ts';
import type { PhoneMessage, SimulatorWords } from './api.ts';
import { icons } from './icons.ts';

/** The rows of a list, opened over the lower part of the phone. Esc and the cross close it. */
export function openListSheet(parts: {
  readonly phone: HTMLElement;
  readonly message: PhoneMessage;
  readonly words: SimulatorWords;
  readonly onChoose: (value: string) => void;
  readonly onClose: () => void;
}): void {
  const { phone, message, words, onChoose, onClose } = parts;
  const close = element(
    'button',
    { type: 'button', class: 'close' },
    icon(icons.close),
    heard(words.listClose),
  );
  const rows = message.choices.map(({ value, title, description }) => {
    const row = element(
      'button',
      { type: 'button', class: 'row' },
      title,
      ...(description === '' ? [] : [element('small', {}, description)]),
    );
    row.addEventListener('click', () => {
      leave();
      onChoose(value);
    });
    return row;
  });
  const sheet = element(
    'div',
    { class: 'list-sheet', role: 'dialog', 'aria-label': message.listButton },
    element('p', { class: 'list-head' }, element('span', {}, message.listButton), close),
    ...rows,
  );
  function leave(): void {
    sheet.remove();
    onClose();
  }
  close.addEventListener('click', leave);
  sheet.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') leave();
  });
  phone.querySelector('.list-sheet')?.remove();
  phone.append(sheet);
  rows[0]?.focus();
}
