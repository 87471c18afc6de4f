import { panelStyle } from './style.ts';

/** Words by language, from the same files as everything else. */
const languages = import.meta.glob<{ readonly open: string; readonly close: string }>(
  '../../../locales/*/page.json',
  { eager: true, import: 'embed' },
);

/** Puts a button on another site that opens the chat page in a frame. Its language: `data-language`, else the site's. */
function embed(script: HTMLScriptElement): void {
  const origin = new URL(script.src).origin;
  const language = (script.dataset['language'] ?? document.documentElement.lang).slice(0, 2);
  const named = languages[`../../../locales/${language}/page.json`];
  const words = named ?? languages['../../../locales/es/page.json'];
  if (words === undefined) return;

  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(panelStyle);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  const frame = document.createElement('iframe');
  button.type = 'button';
  frame.title = words.open;
  frame.hidden = true;
  root.append(button, frame);

  const show = (isOpen: boolean): void => {
    // Loaded when it is first opened: a visitor who never asks costs nothing.
    if (isOpen && !frame.src) frame.src = `${origin}/${named === undefined ? '' : `?lang=${language}`}`;
    frame.hidden = !isOpen;
    button.textContent = isOpen ? words.close : words.open;
    button.setAttribute('aria-expanded', String(isOpen));
  };
  button.addEventListener('click', () => {
    show(frame.hidden !== false);
    if (frame.hidden === false) frame.focus();
  });
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || frame.hidden !== false) return;
    show(false);
    button.focus();
  });
  // Whoever leaves in a hurry leaves the site around the frame too.
  addEventListener('message', ({ source, origin: from, data }: MessageEvent<unknown>) => {
    if (source !== frame.contentWindow || from !== origin) return;
    if (typeof data !== 'object' || data === null || Reflect.get(data, 'kind') !== 'puente-exit') return;
    const address: unknown = Reflect.get(data, 'exitUrl');
    host.remove();
    if (typeof address === 'string' && address.startsWith('https://')) location.replace(address);
  });
  show(false);
  document.body.append(host);
}

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  // In the head of a page there is no body yet.
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', () => embed(script));
  else embed(script);
}
