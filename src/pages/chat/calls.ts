import { parseJson, record, text } from '../shared/json.ts';
import { readFrame, type Frame } from './activities.ts';

/** How a call ended. `unreachable`: no answer. `busy`: the service cannot now. `over`: the conversation is no longer ours. */
export type Result<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'busy'; readonly afterMs: number }
  | { readonly kind: 'refused' }
  | { readonly kind: 'over' };

/** A conversation and the right to take part in it. */
export interface Credentials {
  readonly conversation: string;
  readonly token: string;
  readonly lifeMs: number;
  /** Path and query of the stream; empty when the call gives none. */
  readonly stream: string;
}

/** What a person sends. The server knows the same `clientId` again: sending twice has one effect. */
export interface Outgoing {
  readonly clientId: string;
  readonly text: string;
  readonly value?: string;
}

const base = '/v3/directline';
const answerWithinMs = 15_000;

/** A token for a new visitor. */
export async function makeToken(): Promise<Result<Credentials>> {
  return mapped(await call('POST', '/tokens/generate', '', {}), readCredentials);
}

/** The same right for longer. */
export async function refreshToken(token: string): Promise<Result<Credentials>> {
  return mapped(await call('POST', '/tokens/refresh', token), readCredentials);
}

/** Starts the conversation of a token; the program greets in the page's language. */
export async function startConversation(token: string, language: string): Promise<Result<Credentials>> {
  return mapped(await call('POST', '/conversations', token, { user: {}, locale: language }), readCredentials);
}

/** A new stream that begins after the watermark. */
export async function reopen(
  conversation: string,
  token: string,
  watermark: string,
): Promise<Result<Credentials>> {
  return mapped(
    await call('GET', `/conversations/${conversation}?watermark=${watermark}`, token),
    readCredentials,
  );
}

/** What came after the watermark. */
export async function readActivities(
  conversation: string,
  token: string,
  watermark: string,
): Promise<Result<Frame>> {
  const path = `/conversations/${conversation}/activities?watermark=${watermark}`;
  return mapped(await call('GET', path, token), readFrame);
}

/** Sends one message. */
export function postMessage(
  conversation: string,
  token: string,
  language: string,
  { clientId, text: words, value }: Outgoing,
): Promise<Result<unknown>> {
  return call('POST', `/conversations/${conversation}/activities`, token, {
    type: 'message',
    text: words,
    ...(value === undefined ? {} : { value }),
    locale: language,
    from: { id: 'visitor' },
    channelData: { clientActivityID: clientId },
  });
}

function readCredentials(json: unknown): Credentials {
  const body = record(json);
  const stream = text(body['streamUrl']).replace(/^wss?:\/\/[^/]+/u, '');
  return {
    conversation: text(body['conversationId']),
    token: text(body['token']),
    lifeMs: (Number(body['expires_in']) || 1800) * 1000,
    stream,
  };
}

async function call(method: string, path: string, token: string, body?: object): Promise<Result<unknown>> {
  try {
    const response = await fetch(base + path, {
      method,
      headers: {
        ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      cache: 'no-store',
      credentials: 'omit',
      signal: AbortSignal.timeout(answerWithinMs),
    });
    return resultOf(response, await response.text());
  } catch {
    return { kind: 'unreachable' };
  }
}

function resultOf(response: Response, body: string): Result<unknown> {
  const { status } = response;
  if (response.ok) return { kind: 'done', value: parseJson(body) };
  if (status === 403 || status === 404 || status === 401) return { kind: 'over' };
  if (status !== 429 && status < 500) return { kind: 'refused' };
  const seconds = Number(response.headers.get('retry-after')) || 1;
  return { kind: 'busy', afterMs: Math.min(seconds, 60) * 1000 };
}

function mapped<Value>(result: Result<unknown>, read: (json: unknown) => Value): Result<Value> {
  return result.kind === 'done' ? { kind: 'done', value: read(result.value) } : result;
}
