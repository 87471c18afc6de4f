import { element, icon } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import type { SimulatorWords, WireLine } from './api.ts';
import { icons } from './icons.ts';

/** The sheet with what went over the wire. */
export interface WireView {
  readonly root: HTMLElement;
  show(lines: readonly WireLine[]): void;
  put(line: WireLine): void;
  refresh(): void;
}

const mostLines = 200;

/** The newest first; each line opens to its JSON. */
export function createWireView(words: () => SimulatorWords): WireView {
  const heading = element('h2', { id: 'wire-heading' });
  const empty = element('p', { class: 'empty' });
  const items = element('ol', { class: 'lines', 'aria-labelledby': 'wire-heading' });
  const root = element('section', { class: 'wire' }, heading, empty, items);
  let lines: WireLine[] = [];

  const refresh = (): void => {
    heading.textContent = words().wire;
    empty.textContent = words().wireEmpty;
    empty.hidden = lines.length > 0;
    items.replaceChildren(...lines.map((line) => wireItem(line, words())).reverse());
  };
  return {
    root,
    refresh,
    show: (all) => {
      lines = [...all];
      refresh();
    },
    put: (line) => {
      if (lines.some(({ serial }) => serial === line.serial)) return;
      lines.push(line);
      empty.hidden = true;
      items.prepend(wireItem(line, words()));
      if (lines.length <= mostLines) return;
      lines.shift();
      items.lastElementChild?.remove();
    },
  };
}

function wireItem(line: WireLine, words: SimulatorWords): HTMLLIElement {
  const isGood = line.answer >= 200 && line.answer < 300;
  const answer = line.answer === 0 ? words.noAnswer : fill(words.answer, { status: line.answer });
  const summary = element(
    'summary',
    {},
    element(
      'span',
      { class: 'what' },
      icon(line.kind === 'send' ? icons.fromService : icons.toService),
      whatHappened(line, words),
    ),
    element(
      'span',
      { class: 'facts' },
      element('time', { datetime: new Date(line.at).toISOString() }, clockTime(line.at)),
      element('span', { class: isGood ? 'answer is-good' : 'answer is-bad' }, answer),
      element('span', {}, fill(words.took, { ms: line.ms })),
      ...(line.signature === '' ? [] : [element('span', {}, words.signed)]),
    ),
  );
  const details = element('details', {}, summary);
  details.addEventListener('toggle', () => openOnce(details, line, words));
  return element('li', { 'data-kind': line.kind }, details);
}

function whatHappened({ kind, reported }: WireLine, words: SimulatorWords): string {
  return reported === undefined ? words.kind[kind] : `${words.kind[kind]}: ${words.tick[reported]}`;
}

/** A long log of JSON would make the page slow: written when it is looked at. */
function openOnce(details: HTMLDetailsElement, line: WireLine, words: SimulatorWords): void {
  if (!details.open || details.querySelector('pre') !== null) return;
  if (line.signature !== '')
    details.append(element('p', { class: 'signature' }, `${words.signature}: ${line.signature}`));
  details.append(element('pre', { tabindex: '0' }, JSON.stringify(line.body, null, 2)));
}

function clockTime(at: number): string {
  const moment = new Date(at);
  const two = (part: number): string => String(part).padStart(2, '0');
  const seconds = `${two(moment.getSeconds())}.${String(moment.getMilliseconds()).padStart(3, '0')}`;
  return `${two(moment.getHours())}:${two(moment.getMinutes())}:${seconds}`;
}
