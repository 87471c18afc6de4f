import { element } from '../shared/dom.ts';
import type { PhoneMessage } from './api.ts';

/** The messages on a phone's screen. */
export interface PhoneScreenView {
  readonly root: HTMLElement;
  show(messages: readonly PhoneMessage[]): void;
  /** A message is new or got another tick. */
  put(message: PhoneMessage): void;
  refresh(label: string, empty: string): void;
}

/** The newest in sight. `draw` makes a message's bubble. */
export function createPhoneScreen(draw: (message: PhoneMessage) => HTMLLIElement): PhoneScreenView {
  const hint = element('p', { class: 'empty' });
  const items = element('ol', { class: 'messages' });
  const root = element('div', { class: 'screen', role: 'log', tabindex: '0' }, hint, items);
  let messages: PhoneMessage[] = [];

  const redraw = (): void => {
    hint.hidden = messages.length > 0;
    items.replaceChildren(...messages.map(draw));
  };
  const toEnd = (): void => {
    root.scrollTop = root.scrollHeight;
  };
  return {
    root,
    show: (all) => {
      messages = [...all];
      redraw();
      toEnd();
    },
    put: (message) => {
      const index = messages.findIndex(({ id }) => id === message.id);
      hint.hidden = true;
      if (index < 0) {
        messages.push(message);
        items.append(draw(message));
        toEnd();
        return;
      }
      messages[index] = message;
      // Only the tick moves: a button that has the focus keeps it.
      const tick = draw(message).querySelector('.tick');
      if (tick !== null) items.children[index]?.querySelector('.tick')?.replaceWith(tick);
    },
    refresh: (label, empty) => {
      root.setAttribute('aria-label', label);
      hint.textContent = empty;
      redraw();
    },
  };
}
