import { conversationId, type ConversationId } from '../../core/ids.ts';
import { refusal, type Answer } from './answers.ts';
import type { Session, Tokens } from './tokens.ts';

/** Who calls: our own server with the secret, or a client with a token for one conversation. */
export type Caller = { readonly kind: 'secret' } | { readonly kind: 'client'; readonly session: Session };

export type Access<Granted> =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'refused'; readonly answer: Answer };

const notForYou = refusal(403, 'BadArgument', 'Token not valid for this conversation.');
const unknownConversation = refusal(404, 'ConversationNotFound', 'There is no such conversation.');

/** Reads the Authorization header. `origin` is the page's, when a browser calls. */
export function identify(
  tokens: Tokens,
  authorization: string | undefined,
  origin: string | undefined,
): Access<Caller> {
  const bearer = /^Bearer (\S{1,4000})$/iu.exec(authorization ?? '')?.[1];
  if (bearer === undefined)
    return refused(refusal(401, 'MissingToken', 'Authorization: Bearer with a secret or a token is needed.'));
  if (tokens.isSecret(bearer)) return { kind: 'granted', granted: { kind: 'secret' } };
  const checked = tokens.check(bearer, 'session');
  if (checked.kind === 'expired') return refused(refusal(403, 'TokenExpired', 'Token has expired.'));
  if (checked.kind === 'invalid') return refused(refusal(403, 'BadArgument', 'Token not valid.'));
  const { session } = checked;
  if (origin !== undefined && session.origins !== undefined && !session.origins.includes(origin))
    return refused(refusal(403, 'Forbidden', 'This token belongs to another page.'));
  return { kind: 'granted', granted: { kind: 'client', session } };
}

/** The session for a call on one conversation: a token must name it, the secret opens any that can exist. */
export function sessionFor(caller: Caller, conversation: string): Access<Session> {
  if (caller.kind === 'client')
    return caller.session.conversation === conversation
      ? { kind: 'granted', granted: caller.session }
      : refused(notForYou);
  return canExist(conversation)
    ? { kind: 'granted', granted: { conversation: conversationId(conversation) } }
    : refused(unknownConversation);
}

/** Whether something has the form of our conversation ids. */
function canExist(id: string): id is ConversationId {
  return /^[\w-]{22}$/u.test(id);
}

function refused(answer: Answer): { readonly kind: 'refused'; readonly answer: Answer } {
  return { kind: 'refused', answer };
}
