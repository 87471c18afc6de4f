import { element } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import type { Act, PhoneMessage, SimulatorWords } from './api.ts';
import { bubble } from './bubble.ts';
import { openListSheet } from './list-sheet.ts';
import { createPhoneComposer } from './phone-composer.ts';
import { createPhoneScreen } from './phone-screen.ts';

/** One phone in its frame. */
export interface PhoneView {
  readonly root: HTMLElement;
  /** Another phone, or the same with all its messages anew. */
  show(phone: string, messages: readonly PhoneMessage[]): void;
  /** A message is new or got another tick. */
  put(message: PhoneMessage): void;
  /** The service does not answer, or does again. */
  gone(isGone: boolean): void;
  refresh(): void;
}

/** A frame of 360 by 640 pixels. `onAct` says whether the phone could do it. */
export function createPhoneView(parts: {
  readonly business: () => string;
  readonly words: () => SimulatorWords;
  readonly language: () => string;
  readonly onAct: (act: Act) => Promise<boolean>;
}): PhoneView {
  const { words } = parts;
  const name = element('span', { class: 'contact-name' });
  const number = element('span', { class: 'contact-number' });
  const avatar = element('span', { class: 'avatar', 'aria-hidden': 'true' }, 'P');
  const problem = element('p', { class: 'problem', role: 'status' });
  const composer = createPhoneComposer(words, (act) => void perform(act));
  const screen = createPhoneScreen((message) => bubble(message, words(), parts.language(), acts));
  const contact = element('p', { class: 'contact' }, avatar, name, number);
  const root = element('section', { class: 'phone', id: 'phone', role: 'tabpanel' });
  root.append(contact, screen.root, problem, composer.root);
  let phone = '';
  let isGone = false;
  let isUnsent = false;

  const tell = (): void => {
    const said = isGone ? words().unreachable : isUnsent ? words().notSent : '';
    if (problem.textContent !== said) problem.textContent = said;
  };
  const perform = async (act: Act): Promise<void> => {
    const isDone = await parts.onAct(act);
    isUnsent = !isDone;
    tell();
    if (isDone) composer.done(act);
  };
  const choose = (message: PhoneMessage, value: string): void =>
    void perform({ kind: 'choice', messageId: message.id, value });
  const openList = (message: PhoneMessage, opener: HTMLElement): void => {
    const onChoose = (value: string): void => choose(message, value);
    openListSheet({ phone: root, message, words: words(), onChoose, onClose: () => opener.focus() });
  };
  const acts = { choose, openList };
  const refresh = (): void => {
    const business = parts.business();
    name.textContent = words().business;
    number.textContent = business === '' ? '' : `+${business}`;
    root.setAttribute('aria-labelledby', `tab-${phone}`);
    screen.refresh(fill(words().log, { phone: `+${phone}` }), words().empty);
    composer.refresh();
    tell();
  };
  return {
    root,
    refresh,
    gone: (next) => {
      isGone = next;
      tell();
    },
    put: (message) => screen.put(message),
    show: (next, messages) => {
      phone = next;
      refresh();
      screen.show(messages);
    },
  };
}
