import {
  makeToken,
  refreshToken,
  reopen,
  startConversation,
  type Credentials,
  type Result,
} from './calls.ts';
import { keepSession, type Session } from './session.ts';

/** The right to take part in one conversation, kept fresh. */
export interface Admission {
  session(): Session | undefined;
  /** The address of a stream: of a new conversation, or of the one there is, after what was read. */
  streamAddress(): Promise<Result<string>>;
  noteRead(watermark: string): void;
  /** After the device slept: refreshes when it is time. */
  wake(): void;
  close(): void;
}

/** A page that may not make tokens just now asks again after this time. */
const notNowMs = 15_000;
const refreshRetryMs = 30_000;

/** `onOver`: the right has run out and cannot be renewed. */
export function createAdmission(options: {
  readonly saved: Session | undefined;
  readonly language: string;
  readonly onOver: () => void;
}): Admission {
  let session = options.saved;
  let refreshAt = Infinity;
  let timer: number | undefined;
  let isClosed = false;

  const keep = (next: Session): void => {
    if (isClosed) return;
    session = next;
    keepSession(next);
  };
  const accept = ({ conversation, token, lifeMs }: Credentials): void => {
    keep({ conversation, token, watermark: session?.watermark ?? '' });
    refreshAt = Date.now() + lifeMs / 2;
    refreshAfter(lifeMs / 2);
  };
  const refreshAfter = (ms: number): void => {
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(() => void refresh(), ms);
  };
  const refresh = async (): Promise<void> => {
    if (session === undefined) return;
    const result = await refreshToken(session.token);
    if (isClosed) return;
    if (result.kind === 'done') accept(result.value);
    else if (result.kind === 'over') options.onOver();
    else refreshAfter(refreshRetryMs);
  };
  const begin = async (): Promise<Result<Credentials>> => {
    const made = await makeToken();
    if (made.kind === 'over') return { kind: 'busy', afterMs: notNowMs };
    return made.kind === 'done' ? await startConversation(made.value.token, options.language) : made;
  };

  return {
    session: () => session,
    streamAddress: async () => {
      const found = await (session === undefined
        ? begin()
        : reopen(session.conversation, session.token, session.watermark));
      if (found.kind !== 'done') return found;
      accept(found.value);
      return { kind: 'done', value: found.value.stream };
    },
    noteRead: (watermark) => {
      if (session !== undefined && watermark !== '') keep({ ...session, watermark });
    },
    wake: () => {
      if (Date.now() > refreshAt) void refresh();
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
