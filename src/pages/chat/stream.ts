import { parseJson } from '../shared/json.ts';
import { readFrame, type Frame } from './activities.ts';

/** The socket that brings what is new. */
export interface Stream {
  /** Listens until the socket ends; gives how long it was open, in milliseconds. */
  listen(path: string): Promise<number>;
  /** Ends it now; a socket whose network is gone would otherwise take a minute to notice. */
  drop(): void;
}

const openWithinMs = 10_000;
/** The server sends something, be it empty, every 20 seconds. */
const silentForMs = 50_000;

/** One socket at a time. */
export function createStream(options: {
  readonly onOpen: () => void;
  readonly onFrame: (frame: Frame) => void;
}): Stream {
  let drop = (): void => undefined;

  const listen = (path: string): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(location.origin.replace(/^http/u, 'ws') + path);
      let openedAt: number | undefined;
      let timer = setTimeout(finish, openWithinMs);
      function finish(): void {
        clearTimeout(timer);
        socket.onopen = socket.onmessage = socket.onclose = null;
        socket.close();
        resolve(openedAt === undefined ? 0 : Date.now() - openedAt);
      }
      const heard = (): void => {
        clearTimeout(timer);
        timer = setTimeout(finish, silentForMs);
      };
      socket.onopen = () => {
        openedAt = Date.now();
        heard();
        options.onOpen();
      };
      socket.onmessage = ({ data }) => {
        heard();
        if (typeof data === 'string' && data !== '') options.onFrame(readFrame(parseJson(data)));
      };
      socket.onclose = finish;
      drop = finish;
    });

  return {
    listen,
    drop: () => {
      drop();
    },
  };
}
