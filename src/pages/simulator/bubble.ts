import { element, icon } from '../shared/dom.ts';
import type { PhoneMessage, SimulatorWords } from './api.ts';
import { icons, tickIcons } from './icons.ts';

/** What a bubble lets the person do. */
export interface BubbleActs {
  readonly choose: (message: PhoneMessage, value: string) => void;
  readonly openList: (message: PhoneMessage, opener: HTMLElement) => void;
}

/** One message of the phone: text, what can be tapped, the time and the tick. */
export function bubble(
  message: PhoneMessage,
  words: SimulatorWords,
  language: string,
  acts: BubbleActs,
): HTMLLIElement {
  const head = message.isOwn ? words.person : words.business;
  return element(
    'li',
    { class: message.isOwn ? 'message own' : 'message', 'data-id': message.id },
    element(
      'div',
      { class: 'bubble' },
      element('span', { class: 'heard' }, `${head}: `),
      content(message, words),
      foot(message, words, language),
    ),
    ...buttons(message, acts),
  );
}

function content({ kind, text }: PhoneMessage, words: SimulatorWords): HTMLElement {
  if (kind === 'text') return element('p', { class: 'text', dir: 'auto' }, text);
  return element('p', { class: 'text media' }, icon(icons[kind]), words[kind]);
}

function foot({ at, tick }: PhoneMessage, words: SimulatorWords, language: string): HTMLElement {
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return element(
    'p',
    { class: `tick is-${tick}` },
    element('time', { datetime: new Date(at).toISOString() }, time.format(at)),
    ' ',
    icon(tickIcons[tick]),
    element('span', {}, words.tick[tick]),
  );
}

function buttons(message: PhoneMessage, acts: BubbleActs): readonly HTMLButtonElement[] {
  if (message.listButton !== '') {
    const opener = element(
      'button',
      { type: 'button', class: 'reply' },
      icon(icons.list),
      message.listButton,
    );
    opener.addEventListener('click', () => acts.openList(message, opener));
    return [opener];
  }
  return message.choices.map(({ value, title }) => {
    const button = element('button', { type: 'button', class: 'reply' }, title);
    button.addEventListener('click', () => acts.choose(message, value));
    return button;
  });
}
