import type { ActivityReader, Inbox } from '../../core/inbox.ts';
import type { Clock, Randomness } from '../../core/ports.ts';
import type { JsonValue } from '../../core/values.ts';
import type { Caller } from './access.ts';
import { refusal, tooMany, type Answer } from './answers.ts';
import type { Limits } from './limits.ts';
import { readActivity, readStart, type ActivityRead } from './payloads.ts';
import { readPage, serialOf } from './read.ts';
import { receiveActivity, senderFacts, webChatAddress } from './receive.ts';
import type { Session, Tokens } from './tokens.ts';

/** What the calls need. */
export interface CallParts {
  readonly inbox: Inbox;
  readonly reader: ActivityReader;
  readonly tokens: Tokens;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly checkStore?: () => Promise<void>;
}

/** Where a call came from, and the address sockets are reached at, such as `wss://host/v3/directline`. */
export interface CallOrigin {
  readonly address: string;
  readonly streamBase: string;
}

/** A token for a visitor of a page: a user id of our own making, bound to that page. */
export async function generateForVisitor(parts: CallParts, from: CallOrigin, page: string): Promise<Answer> {
  const wait = parts.limits.newToken(from.address);
  if (wait !== undefined) return tooMany(wait);
  await parts.checkStore?.();
  const session = {
    conversation: parts.inbox.newConversationId(),
    user: `dl_${parts.random.id(128)}`,
    origins: [page],
  };
  return { status: 200, body: credentials(parts, session) };
}

/** A token made by our own server with the secret, for the user and pages it names. */
export async function generateWithSecret(parts: CallParts, body: unknown): Promise<Answer> {
  await parts.checkStore?.();
  const session = newSession(parts, body);
  if (session === undefined) return refusal(400, 'BadArgument', 'user.id must begin with dl_.');
  return { status: 200, body: credentials(parts, session) };
}

/** The same conversation and user with a new time of expiry. */
export function refresh(parts: CallParts, caller: Caller): Answer {
  if (caller.kind === 'secret') return refusal(403, 'BadArgument', 'A secret is not refreshed.');
  return { status: 200, body: credentials(parts, caller.session) };
}

/** Starts a conversation, once: the bot is told that somebody joined, and may greet. */
export async function start(
  parts: CallParts,
  from: CallOrigin,
  caller: Caller,
  body: unknown,
): Promise<Answer> {
  const session = caller.kind === 'client' ? caller.session : startedBySecret(parts, body);
  const facts = senderFacts(readStart(body).locale);
  const isNew = await parts.inbox.join(session.conversation, webChatAddress(session), facts);
  return {
    status: isNew ? 201 : 200,
    body: { ...credentials(parts, session), streamUrl: streamUrl(parts, from, session, 0) },
  };
}

/** A new stream address that replays what came after the watermark. */
export function reconnect(parts: CallParts, from: CallOrigin, session: Session, watermark: unknown): Answer {
  const wait = parts.limits.read(session.conversation);
  if (wait !== undefined) return tooMany(wait);
  const url = streamUrl(parts, from, session, serialOf(watermark));
  return { status: 200, body: { ...credentials(parts, session), streamUrl: url } };
}

/** Activities of both sides after the watermark. */
export async function listActivities(
  parts: CallParts,
  session: Session,
  watermark: unknown,
): Promise<Answer> {
  const wait = parts.limits.read(session.conversation);
  if (wait !== undefined) return tooMany(wait);
  const { activities, upTo } = await readPage(parts.reader, session.conversation, serialOf(watermark));
  return { status: 200, body: { activities, watermark: String(upTo) } };
}

/** One activity from a client. */
export function post(parts: CallParts, session: Session, body: unknown): Promise<Answer> {
  return receiveRead(parts, session, readActivity(body));
}

/** Takes what was read of a post or an upload, within the limits of the conversation. */
export async function receiveRead(parts: CallParts, session: Session, read: ActivityRead): Promise<Answer> {
  if (read.kind === 'wrong') return refusal(400, 'BadArgument', read.fault);
  const wait = parts.limits.post(session.conversation);
  if (wait !== undefined) return tooMany(wait);
  return await receiveActivity(parts, session, read.activity);
}

function newSession(parts: CallParts, body: unknown): Session | undefined {
  const { userId, userName, trustedOrigins } = readStart(body);
  if (userId !== undefined && !userId.startsWith('dl_')) return undefined;
  return {
    conversation: parts.inbox.newConversationId(),
    ...(userId === undefined ? {} : { user: userId }),
    ...(userName === undefined ? {} : { userName }),
    ...(trustedOrigins === undefined ? {} : { origins: trustedOrigins }),
  };
}

/** A start with the secret binds the user only when it could have been bound by a token. */
function startedBySecret(parts: CallParts, body: unknown): Session {
  return newSession(parts, body) ?? { conversation: parts.inbox.newConversationId() };
}

function credentials(parts: CallParts, session: Session): Record<string, JsonValue> {
  return {
    conversationId: session.conversation,
    token: parts.tokens.issue(session),
    expires_in: parts.tokens.seconds,
  };
}

function streamUrl(parts: CallParts, from: CallOrigin, session: Session, after: number): string {
  const query = `watermark=${String(after)}&t=${parts.tokens.issueStream(session)}`;
  return `${from.streamBase}/conversations/${session.conversation}/stream?${query}`;
}
