import '../tokens.css';
import './simulator.css';
import { byId, element, icon } from '../shared/dom.ts';
import { readFacts } from '../shared/words.ts';
import { act, readOverview, readScreen, switchFaults, watchPhone, type SimulatorWords } from './api.ts';
import { createFaultView } from './fault-view.ts';
import { icons } from './icons.ts';
import { createPhoneView } from './phone-view.ts';
import { createTabs } from './tabs.ts';
import { createWireView } from './wire-view.ts';

/** Numbers nobody has, of the countries served and of a country people come back from. */
const numbers = ['50255550101', '50475550102', '50355550103', '5215555550104', '50555550105', '13055550106'];

const facts = readFacts<SimulatorWords>();
let language = facts.language;
let business = '';
let shown = '';
let stopWatching = (): void => undefined;

const words = (): SimulatorWords => {
  const known = facts.languages[language];
  if (known === undefined) throw new Error('a language without words');
  return known;
};
const phoneView = createPhoneView({
  words,
  business: () => business,
  language: () => language,
  onAct: (what) => act(shown, what),
});
const wireView = createWireView(words);
const faultView = createFaultView(words, switchFaults);
const phones = createTabs(() => 'phone', showPhone);
const known = new Set<string>();
const addWord = element('span');
const addButton = element('button', { type: 'button', class: 'add' }, icon(icons.plus), addWord);

const phoneSide = element(
  'div',
  { class: 'side', id: 'view-phone' },
  element('div', { class: 'phones' }, phones.root, addButton),
  phoneView.root,
);
const wireSide = element('div', { class: 'side', id: 'view-wire' }, faultView.root, wireView.root);
const place = byId('simulator');
// On a narrow page one side at a time; on a wide one both, and these tabs are not shown.
const views = createTabs(
  (key) => `view-${key}`,
  (key) => {
    place.dataset['view'] = key;
  },
);

function addPhone(phone: string): void {
  if (known.has(phone)) return;
  known.add(phone);
  phones.add(phone, () => `+${phone}`);
  addButton.hidden = numbers.every((number) => known.has(number));
}

function showPhone(phone: string): void {
  stopWatching();
  shown = phone;
  phoneView.show(phone, []);
  wireView.show([]);
  // What comes while the screen is loading is newer than the screen.
  let isLoading = true;
  const early: (() => void)[] = [];
  const whenLoaded = (put: () => void): void => {
    if (isLoading) early.push(put);
    else put();
  };
  const load = async (): Promise<void> => {
    isLoading = true;
    const screen = await readScreen(phone);
    if (shown !== phone) return;
    phoneView.show(phone, screen.messages);
    wireView.show(screen.lines);
    phoneView.gone(false);
    isLoading = false;
    for (const put of early.splice(0)) put();
  };
  stopWatching = watchPhone(phone, {
    open: () => void load().catch(sayItIsGone),
    lost: sayItIsGone,
    message: (message) => whenLoaded(() => phoneView.put(message)),
    line: (line) => whenLoaded(() => wireView.put(line)),
  });
}

function sayItIsGone(): void {
  phoneView.gone(true);
}

function refresh(): void {
  document.documentElement.lang = language;
  document.documentElement.dir = words().direction;
  document.title = words().title;
  for (const target of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const said: unknown = Reflect.get(words(), target.dataset['word'] ?? '');
    if (typeof said === 'string') target.textContent = said;
  }
  for (const link of document.querySelectorAll<HTMLElement>('[data-language]'))
    link.hidden = link.dataset['language'] === language;
  addWord.textContent = words().addPhone;
  phones.refresh(words().phones);
  views.refresh(words().heading);
  for (const view of [phoneView, wireView, faultView]) view.refresh();
}

async function begin(): Promise<void> {
  views.add('phone', () => words().viewPhone);
  views.add('wire', () => words().viewWire);
  views.select('phone');
  place.replaceChildren(views.root, phoneSide, wireSide);
  refresh();
  const overview = await readOverview();
  ({ business } = overview);
  faultView.show(overview.faults);
  for (const phone of [...overview.phones, ...numbers.slice(0, 2)]) addPhone(phone);
  phones.select(overview.phones[0] ?? numbers[0] ?? '');
  refresh();
}

addButton.addEventListener('click', () => {
  const next = numbers.find((number) => !known.has(number));
  if (next === undefined) return;
  addPhone(next);
  phones.select(next);
});
for (const link of document.querySelectorAll<HTMLElement>('[data-language]'))
  link.addEventListener('click', (event) => {
    event.preventDefault();
    language = link.dataset['language'] ?? language;
    refresh();
  });
void begin().catch(sayItIsGone);
