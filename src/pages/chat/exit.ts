import { forgetAll } from './session.ts';

const neededPresses = 3;
const withinMs = 2_000;

/** Three times Esc, or three times Shift with no other key between (as when writing capital letters). */
export function watchKeys(onThree: () => void): void {
  let key = '';
  let presses: number[] = [];
  addEventListener(
    'keydown',
    (event) => {
      const isExitKey = event.key === 'Escape' || event.key === 'Shift';
      if (event.repeat) return;
      if (!isExitKey || event.key !== key) presses = [];
      key = event.key;
      if (!isExitKey) return;
      presses = [...presses.filter((at) => event.timeStamp - at < withinMs), event.timeStamp];
      if (presses.length >= neededPresses) onThree();
    },
    { capture: true },
  );
}

/** Leaves at once: nothing on the page, nothing in the tab, and another page in its place in the history. */
export function leave(exitUrl: string, close: () => void): void {
  document.body.replaceChildren();
  forgetAll();
  close();
  // The site around us has to go as well; it knows what to do (embed.ts).
  if (window.parent !== window) window.parent.postMessage({ kind: 'puente-exit', exitUrl }, '*');
  else location.replace(exitUrl);
}

/** Leaving in an ordinary way leaves nothing to come back to either. */
export function wipeWhenHidden(close: () => void): void {
  addEventListener('pagehide', () => {
    close();
    document.body.replaceChildren();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload();
  });
}
