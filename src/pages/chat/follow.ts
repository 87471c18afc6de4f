import { element, icon } from '../shared/dom.ts';
import { fill } from '../shared/words.ts';
import { setText } from './entries.ts';
import { icons } from './icons.ts';
import type { Speech } from './words.ts';

/** Keeps the newest in sight for who is at the end, and tells who is reading further up how much is new. */
export interface Follow {
  readonly root: HTMLButtonElement;
  /** Call before adding: whether the end is in sight. */
  isAtEnd(): boolean;
  /** To the end, but never past the beginning of what is new: a long answer is read from its first line. */
  toEnd(beginning?: Element): void;
  /** Something was added while the end was out of sight. */
  missed(count: number): void;
  refresh(): void;
  stop(): void;
}

const nearPixels = 120;
/** Height of the bar at the top, and a little air. */
const underBar = 56;

/** The page itself scrolls; nothing moves under the finger of who is reading. */
export function createFollow(speech: Speech, foot: HTMLElement): Follow {
  const word = element('span');
  const root = element('button', { type: 'button', class: 'new-below', hidden: '' }, icon(icons.down), word);
  let unseen = 0;
  let wasAtEnd = true;

  const page = document.documentElement;
  const isAtEnd = (): boolean => page.scrollTop + page.clientHeight >= page.scrollHeight - nearPixels;
  const refresh = (): void => {
    root.hidden = unseen === 0;
    setText(word, fill(speech.words().newBelow, { count: unseen }));
  };
  const toEnd = (beginning?: Element): void => {
    const start = beginning === undefined ? Infinity : beginning.getBoundingClientRect().top + page.scrollTop;
    scrollTo({ top: Math.min(page.scrollHeight, start - underBar), behavior: 'instant' });
  };
  const onScroll = (): void => {
    wasAtEnd = isAtEnd();
    if (!wasAtEnd || unseen === 0) return;
    unseen = 0;
    refresh();
  };
  // The keyboard of a phone takes half of the page, and the field grows with what is written.
  const onResize = (): void => {
    if (wasAtEnd) toEnd();
  };
  const sizes = new ResizeObserver(onResize);
  sizes.observe(foot);
  root.addEventListener('click', () => toEnd());
  addEventListener('scroll', onScroll, { passive: true });
  addEventListener('resize', onResize);
  return {
    root,
    isAtEnd,
    toEnd,
    missed: (count) => {
      unseen += count;
      refresh();
    },
    refresh,
    stop: () => {
      removeEventListener('scroll', onScroll);
      removeEventListener('resize', onResize);
      sizes.disconnect();
    },
  };
}
