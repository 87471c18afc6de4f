import { element } from '../shared/dom.ts';
import { createComposer, type Composer } from './composer.ts';
import { createConnection, type ConnectionState } from './connection.ts';
import { createFollow } from './follow.ts';
import { createIntake } from './intake.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import type { Session } from './session.ts';
import { createStatusLine } from './status-line.ts';
import { createTranscript } from './transcript.ts';
import type { Speech } from './words.ts';

/** A conversation on the page. */
export interface Conversation {
  readonly root: HTMLElement;
  send(text: string, value?: string): void;
  focus(): void;
  refresh(): void;
  /** Ends the connection; gives what was written and not sent. */
  close(): string;
}

interface ConversationOptions {
  readonly speech: Speech;
  readonly saved: Session | undefined;
  readonly draft: string;
  readonly onOver: () => void;
}

/** Joins the line, the outbox and what is seen. `onOver`: it was closed by the service. */
export function createConversation(options: ConversationOptions): Conversation {
  const { speech, saved } = options;
  const status = createStatusLine(speech);
  const foot = element('div', { class: 'foot' });
  const follow = createFollow(speech, foot);
  const composer = createComposer(speech, (text) => send(text));
  const outbox = createOutbox({
    post: (item) => connection.post(item, speech.language()),
    isOnline: () => connection.state() === 'online',
    suspect: (since) => connection.suspect(since),
    onChange: (item) => {
      transcript.changed(item);
      status.unsent(outbox.unsent().some(({ state }) => state === 'failed'));
    },
  });
  const transcript = createTranscript({
    speech,
    isOffline: () => connection.state() === 'offline',
    onChoice: ({ title, value }) => send(title, value),
    onRetry: (item) => outbox.retry(item),
  });
  const onFrame = createIntake({ transcript, outbox, status, follow });
  const connection = createConnection({ saved, language: speech.language(), onFrame, onState });
  const root = element('div', { class: 'conversation' }, transcript.root, foot);

  function send(text: string, value?: string): void {
    transcript.addOwn(outbox.add(text, value));
    follow.toEnd();
  }
  function onState(state: ConnectionState): void {
    if (state === 'over') {
      outbox.giveUp();
      root.classList.add('is-over');
      options.onOver();
      return;
    }
    status.connection(state);
    for (const item of outbox.unsent()) transcript.changed(item);
    if (state === 'online') outbox.flush();
  }

  foot.append(follow.root, status.root, composer.root);
  status.connection('connecting');
  composer.write(options.draft);
  if (saved !== undefined) transcript.note((words) => words.resumed);
  return {
    root,
    send,
    focus: () => composer.focus(),
    refresh: () => {
      for (const part of [transcript, status, follow, composer]) part.refresh();
    },
    close: () => {
      connection.close();
      follow.stop();
      return unsentText(outbox, composer);
    },
  };
}

function unsentText(outbox: Outbox, composer: Composer): string {
  return [...outbox.unsent().map(({ text }) => text), composer.draft()].filter(Boolean).join('\n');
}
