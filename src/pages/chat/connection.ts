import type { Frame } from './activities.ts';
import { createAdmission } from './admission.ts';
import { postMessage, readActivities, type Outgoing, type Result } from './calls.ts';
import { createPause } from './pause.ts';
import type { Session } from './session.ts';
import { createStream } from './stream.ts';

/** `over`: the conversation was closed and cannot be gone on with. */
export type ConnectionState = 'connecting' | 'online' | 'offline' | 'over';

/** The page's line to the service. */
export interface Connection {
  state(): ConnectionState;
  post(message: Outgoing, language: string): Promise<Result<unknown>>;
  /** A call that began at `since` got no answer. True when the line is taken for lost; false when it came up meanwhile. */
  suspect(since: number): boolean;
  close(): void;
}

interface ConnectionOptions {
  readonly saved: Session | undefined;
  readonly language: string;
  readonly onFrame: (frame: Frame) => void;
  readonly onState: (state: ConnectionState) => void;
}

const firstWaitMs = 500;
const longestWaitMs = 15_000;
/** A socket that lived this long was a good one. */
const goodMs = 10_000;
/** A socket that ended sooner is one that did not come through. */
const livedMs = 2_000;
/** After this many of those the page asks by calls, and tries a socket now and then. */
const deafAfter = 2;
const pollEveryMs = 2_500;
const pollsInARow = 12;

/** Starts or goes on with a conversation and stays with it until it is over or closed. */
export function createConnection(options: ConnectionOptions): Connection {
  const pause = createPause();
  const admission = createAdmission({ ...options, onOver: end });
  const stream = createStream({ onOpen: () => setState('online'), onFrame: take });
  let state: ConnectionState = 'connecting';
  let onlineSince = 0;
  let isClosed = false;

  function setState(next: ConnectionState): void {
    if (isClosed || state === next) return;
    // What is lost already stays lost until it works again.
    if (next === 'connecting' && state === 'offline') return;
    if (next === 'online') onlineSince = Date.now();
    state = next;
    options.onState(next);
  }
  function take(frame: Frame): void {
    if (isClosed) return;
    options.onFrame(frame);
    admission.noteRead(frame.watermark);
  }
  function end(): void {
    setState('over');
    stop();
  }
  function stop(): void {
    isClosed = true;
    admission.close();
    stream.drop();
    pause.wake();
    stopWatching();
  }
  const stopWatching = watchDevice({
    onGone: () => {
      setState('offline');
      stream.drop();
    },
    onBack: () => {
      admission.wake();
      if (state !== 'online') pause.wake();
    },
  });
  void stay({ admission, stream, pause, setState, take, end, isClosed: () => isClosed });

  return {
    state: () => state,
    post: async (message, language) => {
      const session = admission.session();
      if (session === undefined) return { kind: 'unreachable' };
      const result = await postMessage(session.conversation, session.token, language, message);
      if (result.kind === 'over') end();
      return result;
    },
    suspect: (since) => {
      if (state === 'online' && onlineSince > since) return false;
      setState('offline');
      stream.drop();
      pause.wake();
      return true;
    },
    close: stop,
  };
}

interface Line {
  readonly admission: ReturnType<typeof createAdmission>;
  readonly stream: ReturnType<typeof createStream>;
  readonly pause: ReturnType<typeof createPause>;
  readonly setState: (state: ConnectionState) => void;
  readonly take: (frame: Frame) => void;
  readonly end: () => void;
  readonly isClosed: () => boolean;
}

/** One socket after another, with growing waits; where sockets do not come through, calls. */
async function stay(line: Line): Promise<void> {
  let failures = 0;
  let deaf = 0;
  while (!line.isClosed()) {
    const found = await line.admission.streamAddress();
    if (line.isClosed()) return;
    if (found.kind === 'over') line.end();
    else if (found.kind === 'done') {
      const openMs = await line.stream.listen(found.value);
      if (line.isClosed()) return;
      deaf = openMs < livedMs ? deaf + 1 : 0;
      failures = openMs >= goodMs ? 0 : failures + 1;
      line.setState('connecting');
    } else {
      failures += 1;
      line.setState('offline');
    }
    if (line.isClosed()) return;
    if (deaf >= deafAfter) await poll(line);
    else await line.pause.wait(waitAfter(failures, found));
  }
}

async function poll(line: Line): Promise<void> {
  for (let polls = 0; polls < pollsInARow && !line.isClosed(); polls += 1) {
    const session = line.admission.session();
    if (session === undefined) return;
    const result = await readActivities(session.conversation, session.token, session.watermark);
    if (line.isClosed()) return;
    if (result.kind !== 'done') {
      if (result.kind === 'over') line.end();
      else line.setState('offline');
      return;
    }
    line.take(result.value);
    line.setState('online');
    await line.pause.wait(result.value.activities.length > 0 ? firstWaitMs : pollEveryMs);
  }
}

/** Growing waits with chance, so that many pages do not come back in the same moment. */
function waitAfter(failures: number, found: Result<string>): number {
  const grown = Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 5));
  const wait = grown * (0.5 + Math.random() / 2);
  return found.kind === 'busy' ? Math.max(wait, found.afterMs) : wait;
}

/** Tells when the network goes, and when it or the person comes back; gives the way to stop. */
function watchDevice({ onGone, onBack }: { readonly onGone: () => void; readonly onBack: () => void }) {
  const onSeen = (): void => {
    if (document.visibilityState === 'visible') onBack();
  };
  addEventListener('offline', onGone);
  addEventListener('online', onBack);
  document.addEventListener('visibilitychange', onSeen);
  return (): void => {
    removeEventListener('offline', onGone);
    removeEventListener('online', onBack);
    document.removeEventListener('visibilitychange', onSeen);
  };
}
