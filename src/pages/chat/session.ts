import { parseJson, record, text } from '../shared/json.ts';

/** What a tab remembers to go on after a reload: who it is and how far it has read. No word of what was said. */
export interface Session {
  readonly conversation: string;
  readonly token: string;
  readonly watermark: string;
}

const sessionName = 'chat';
const languageName = 'language';

/** The session of this tab; undefined when there is none or the browser keeps nothing. */
export function readSession(): Session | undefined {
  const kept = record(parseJson(read(sessionName)));
  const session = {
    conversation: text(kept['conversation']),
    token: text(kept['token']),
    watermark: text(kept['watermark']),
  };
  return session.conversation === '' || session.token === '' ? undefined : session;
}

/** Remembers the session until the tab is closed. */
export function keepSession(session: Session): void {
  write(sessionName, JSON.stringify(session));
}

/** The language chosen in this tab, or an empty text. */
export function readLanguage(): string {
  return read(languageName);
}

/** Remembers the language until the tab is closed. */
export function keepLanguage(language: string): void {
  write(languageName, language);
}

/** Leaves nothing behind. */
export function forgetAll(): void {
  try {
    sessionStorage.clear();
  } catch {
    // A browser that refuses storage has kept nothing.
  }
}

function read(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? '';
  } catch {
    return '';
  }
}

function write(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Without storage the conversation works until the page is closed.
  }
}
