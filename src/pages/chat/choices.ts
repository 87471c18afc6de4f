import { element, heard, icon } from '../shared/dom.ts';
import type { Choice } from './activities.ts';
import { icons } from './icons.ts';
import type { Speech } from './words.ts';

/** The rows of one message. They stay after use, marked, and can then no longer be tapped. */
export interface ChoiceRows {
  readonly root: HTMLElement;
  /** No longer to be tapped; `value` is what was chosen, when one of these was. */
  close(value?: string): void;
  refresh(): void;
}

/** Full-width rows with their numbers. */
export function createChoiceRows(
  choices: readonly Choice[],
  speech: Speech,
  onChoice: (choice: Choice) => void,
): ChoiceRows {
  let isOpen = true;
  const rows = choices.map((choice, index) => {
    const used = element('span', { class: 'used' });
    const button = element(
      'button',
      { type: 'button', class: 'choice' },
      element('span', { class: 'number' }, String(index + 1)),
      element(
        'span',
        { class: 'title' },
        choice.title,
        ...(choice.description === '' ? [] : [element('small', {}, choice.description)]),
      ),
      used,
    );
    button.addEventListener('click', () => {
      if (isOpen) onChoice(choice);
    });
    return { choice, button, used };
  });
  const root = element('ul', { class: 'choices' }, ...rows.map(({ button }) => element('li', {}, button)));
  let chosen: string | undefined;

  const refresh = (): void => {
    root.setAttribute('aria-label', speech.words().choices);
    for (const { choice, button, used } of rows) {
      const isUsed = choice.value === chosen;
      // Not `disabled`: the focus would be lost, and a screen reader would skip what was offered.
      button.setAttribute('aria-disabled', String(!isOpen));
      button.classList.toggle('is-used', isUsed);
      used.replaceChildren(...(isUsed ? [icon(icons.check), heard(speech.words().used)] : []));
    }
  };
  refresh();
  return {
    root,
    close: (value) => {
      isOpen = false;
      if (value !== undefined && choices.some((choice) => choice.value === value)) chosen = value;
      refresh();
    },
    refresh,
  };
}
