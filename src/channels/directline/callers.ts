import type { Request } from 'express';
import { identify, sessionFor, type Access, type Caller } from './access.ts';
import type { Answer } from './answers.ts';
import type { CallOrigin } from './calls.ts';
import type { Session, Tokens } from './tokens.ts';

/** What finding out who calls needs. `publicUrl` is the address clients reach us at, when it is not the request's own. */
export interface CallerParts {
  readonly tokens: Tokens;
  readonly publicUrl?: string;
}

/** Goes on with whoever calls, or gives the refusal. */
export async function withCaller(
  parts: CallerParts,
  request: Request,
  then: (caller: Caller) => Answer | Promise<Answer>,
): Promise<Answer> {
  return await granted(identify(parts.tokens, request.get('authorization'), request.get('origin')), then);
}

/** Goes on with the session for the conversation in the address, or gives the refusal. */
export async function withSession(
  parts: CallerParts,
  request: Request,
  then: (session: Session) => Answer | Promise<Answer>,
): Promise<Answer> {
  const conversation = request.params['id'];
  return await withCaller(parts, request, (caller) =>
    granted(sessionFor(caller, typeof conversation === 'string' ? conversation : ''), then),
  );
}

async function granted<Granted>(
  access: Access<Granted>,
  then: (granted: Granted) => Answer | Promise<Answer>,
): Promise<Answer> {
  return access.kind === 'refused' ? access.answer : await then(access.granted);
}

/** Where a call came from, and the address its streams have. */
export function originOf(parts: CallerParts, request: Request): CallOrigin {
  const base = parts.publicUrl ?? `${request.protocol}://${request.get('host') ?? ''}`;
  const streamBase = base.replace(/^http/u, 'ws').replace(/\/$/u, '') + request.baseUrl;
  return { address: request.ip ?? request.socket.remoteAddress ?? '', streamBase };
}
