import type { IncomingMessage } from 'node:http';
import type { Express } from 'express';

type Trust = (address: string, hop: number) => boolean;
const mostHops = 20;

/** The caller's address as Express sees it, for requests that never reach Express (a change to WebSocket). */
export function addressBehind(app: Express): (request: IncomingMessage) => string {
  const trusts = app.get('trust proxy fn') as Trust; // Express compiles `trust proxy` into this function
  return (request) => {
    const header = request.headers['x-forwarded-for'];
    const forwarded = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').reverse();
    let address = request.socket.remoteAddress ?? '';
    for (const [hop, before] of forwarded.slice(0, mostHops).entries()) {
      if (before.trim() === '' || !trusts(address, hop)) return address;
      address = before.trim();
    }
    return address;
  };
}
