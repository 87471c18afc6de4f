import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { conversationId, type ConversationId } from '../../core/ids.ts';
import type { Clock } from '../../core/ports.ts';

/** Whom a token lets in: one conversation, a user id when one was bound, the pages it may be used from. */
export interface Session {
  readonly conversation: ConversationId;
  readonly user?: string;
  readonly userName?: string;
  readonly origins?: readonly string[];
}

export type TokenCheck =
  | { readonly kind: 'valid'; readonly session: Session; readonly expiresAt: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'invalid' };

type TokenKind = 'session' | 'stream';

/** A stream address must be used within a minute (direct-line.md 5). */
const streamSeconds = 60;
const issuer = 'puente';
const header = encode({ alg: 'HS256', typ: 'JWT' });
const claimsSchema = z.object({
  iss: z.literal(issuer),
  typ: z.enum(['session', 'stream']),
  conv: z.string().regex(/^[\w-]{16,64}$/u),
  exp: z.number().int(),
  user: z.string().max(200).optional(),
  name: z.string().max(100).optional(),
  origin: z.array(z.string().max(300)).max(20).optional(),
});

/** How tokens are made and checked; any process with the same secret can do both. */
export interface Tokens {
  readonly seconds: number;
  issue(session: Session): string;
  issueStream(session: Session): string;
  check(token: string, kind: TokenKind): TokenCheck;
  isSecret(candidate: string): boolean;
}

/**
 * Tokens are JSON web tokens (HS256) whose `user` claim Microsoft's clients read. The signing key is derived from the
 * Direct Line secret, so changing the secret ends every session.
 */
export function createTokens(secret: string, seconds: number, clock: Clock): Tokens {
  const key = createHmac('sha256', secret).update('puente direct line token 1').digest();
  const secretHash = sha256(secret);
  const sign = (session: Session, typ: TokenKind, lifetime: number): string => {
    const payload = encode({
      iss: issuer,
      bot: issuer,
      typ,
      conv: session.conversation,
      exp: Math.floor(clock.now() / 1000) + lifetime,
      user: session.user,
      name: session.userName,
      origin: session.origins,
    });
    return `${header}.${payload}.${signatureOf(key, payload)}`;
  };
  return {
    seconds,
    issue: (session) => sign(session, 'session', seconds),
    issueStream: (session) => sign(session, 'stream', streamSeconds),
    check: (token, kind) => check(key, token, kind, clock.now()),
    isSecret: (candidate) => timingSafeEqual(sha256(candidate), secretHash),
  };
}

function check(key: Buffer, token: string, kind: TokenKind, now: number): TokenCheck {
  const [head, payload, signature, ...rest] = token.split('.');
  if (head !== header || payload === undefined || signature === undefined || rest.length > 0)
    return { kind: 'invalid' };
  if (!timingSafeEqual(sha256(signature), sha256(signatureOf(key, payload)))) return { kind: 'invalid' };
  const claims = claimsSchema.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  if (!claims.success || claims.data.typ !== kind) return { kind: 'invalid' };
  const { conv, user, name, origin, exp } = claims.data;
  if (now >= exp * 1000) return { kind: 'expired' };
  return {
    kind: 'valid',
    expiresAt: exp * 1000,
    session: {
      conversation: conversationId(conv),
      ...(user === undefined ? {} : { user }),
      ...(name === undefined ? {} : { userName: name }),
      ...(origin === undefined ? {} : { origins: origin }),
    },
  };
}

function signatureOf(key: Buffer, payload: string): string {
  return createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sha256(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}
