import { element } from '../shared/dom.ts';
import { setText } from './entries.ts';
import type { ChatWords, Speech } from './words.ts';

/** A question with buttons in place of the conversation. */
export interface Panel {
  readonly root: HTMLElement;
  /** Puts the focus on the main act. */
  focus(): void;
  refresh(): void;
}

type WordName = 'continueQuestion' | 'continueHint' | 'over' | 'goOn' | 'startAgain';

/** Says something and offers acts; the first is the main one. */
export function createPanel(
  speech: Speech,
  says: readonly WordName[],
  acts: readonly { readonly word: WordName; readonly act: () => void }[],
): Panel {
  const sentences = says.map((word) => ({ word, target: element('p') }));
  const buttons = acts.map(({ word, act }, index) => {
    const target = element('button', { type: 'button', class: index === 0 ? 'act is-main' : 'act' });
    target.addEventListener('click', act);
    return { word, target };
  });
  const all = [...sentences, ...buttons];
  return {
    root: element('section', { class: 'panel', role: 'status' }, ...all.map(({ target }) => target)),
    focus: () => buttons[0]?.target.focus(),
    refresh: () => {
      const words: ChatWords = speech.words();
      for (const { word, target } of all) setText(target, words[word]);
    },
  };
}
