import '../tokens.css';
import './chat.css';
import { byId } from '../shared/dom.ts';
import { fill, readFacts } from '../shared/words.ts';
import { createConversation, type Conversation } from './conversation.ts';
import { setText } from './entries.ts';
import { leave, watchKeys, wipeWhenHidden } from './exit.ts';
import { createPanel, type Panel } from './panel.ts';
import { forgetAll, keepLanguage, readLanguage, readSession, type Session } from './session.ts';
import type { ChatWords, Speech } from './words.ts';

const facts = readFacts<ChatWords>();
const place = byId('chat');
let language = facts.language;
let conversation: Conversation | undefined;
let panel: Panel | undefined;

const speech: Speech = {
  language: () => language,
  words: () => {
    const words = facts.languages[language];
    if (words === undefined) throw new Error('a language without words');
    return words;
  },
};

function talk(saved: Session | undefined, draft: string): void {
  panel = undefined;
  conversation = createConversation({ speech, saved, draft, onOver: sayItIsOver });
  place.replaceChildren(conversation.root);
  refresh();
  // A phone would open its keyboard over the first words.
  if (matchMedia('(hover: hover) and (pointer: fine)').matches) conversation.focus();
}

function ask(asked: Panel): void {
  panel = asked;
  place.append(asked.root);
  refresh();
}

/** Before the conversation of this tab is on the page again, the person who sits here now says so. */
function askToGoOn(saved: Session): void {
  ask(
    createPanel(
      speech,
      ['continueQuestion', 'continueHint'],
      [
        { word: 'goOn', act: () => talk(saved, '') },
        { word: 'startAgain', act: () => startAgain() },
      ],
    ),
  );
}

function sayItIsOver(): void {
  const closed = createPanel(speech, ['over'], [{ word: 'startAgain', act: () => startAgain() }]);
  ask(closed);
  // The field that may have had it is gone.
  closed.focus();
}

function startAgain(): void {
  const draft = close();
  forgetAll();
  keepLanguage(language);
  talk(undefined, draft);
}

function close(): string {
  const draft = conversation?.close() ?? '';
  conversation = undefined;
  return draft;
}

function refresh(): void {
  const words = speech.words();
  document.documentElement.lang = language;
  document.documentElement.dir = words.direction;
  document.title = words.title;
  for (const target of document.querySelectorAll<HTMLElement>('[data-word]')) {
    const said: unknown = Reflect.get(words, target.dataset['word'] ?? '');
    if (typeof said === 'string')
      setText(target, fill(said, { organisation: facts.organisation, contact: facts.contact }));
  }
  for (const link of document.querySelectorAll<HTMLElement>('[data-language]'))
    link.hidden = link.dataset['language'] === language;
  conversation?.refresh();
  panel?.refresh();
}

/** The page and the program speak the same language: the program is asked as a person would ask it. */
function switchTo(next: string): void {
  if (next === language || facts.languages[next] === undefined) return;
  language = next;
  keepLanguage(next);
  refresh();
  conversation?.send(speech.words().languageName, `language:${next}`);
}

for (const link of document.querySelectorAll<HTMLElement>('[data-language]'))
  link.addEventListener('click', (event) => {
    event.preventDefault();
    switchTo(link.dataset['language'] ?? '');
  });
const go = (): void => leave(facts.exitUrl, close);
byId('exit').addEventListener('click', (event) => {
  event.preventDefault();
  go();
});
watchKeys(go);
wipeWhenHidden(close);

const kept = readLanguage();
if (facts.languages[kept] !== undefined) language = kept;
const saved = readSession();
if (saved === undefined) talk(undefined, '');
else askToGoOn(saved);
refresh();
