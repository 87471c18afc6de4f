import type { DirectLineServer } from '../support/direct-line-server.ts';

/** The page on the list of every test server. */
export const page = 'https://chat.example.org';

/** What a call was answered. Bodies are JSON of many shapes; each test checks the members it reads. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
  readonly raw?: string | FormData | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

/** A visitor's conversation with its token. */
export interface Visit {
  readonly id: string;
  readonly token: string;
}

/** Calls to one server. */
export interface Client {
  readonly call: (method: string, path: string, options?: CallOptions) => Promise<Reply>;
  /** A token for a new conversation that is not started yet. */
  readonly visitor: () => Promise<Visit>;
  /** A conversation that is started. */
  readonly started: () => Promise<Visit & { readonly stream: string }>;
}

/** Calls a server as a page on its list does. */
export function clientOf(server: DirectLineServer): Client {
  const call = (method: string, path: string, options: CallOptions = {}): Promise<Reply> =>
    callAt(`${server.url}/v3/directline${path}`, method, options);
  const visitor = async (): Promise<Visit> => {
    const { body } = await call('POST', '/tokens/generate', { headers: { origin: page } });
    return { id: String(body['conversationId']), token: String(body['token']) };
  };
  const started = async (): Promise<Visit & { readonly stream: string }> => {
    const { id, token } = await visitor();
    const { body } = await call('POST', '/conversations', { token, body: { user: {} } });
    return { id, token, stream: String(body['streamUrl']) };
  };
  return { call, visitor, started };
}

async function callAt(
  url: string,
  method: string,
  { token, body, raw, headers }: CallOptions,
): Promise<Reply> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(url, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
  });
  return { status: response.status, headers: response.headers, body: recordIn(await response.text()) };
}

/** A message of a client. */
export const say = (text: string, more: object = {}): object => ({
  type: 'message',
  from: { id: 'me' },
  text,
  ...more,
});

/** What a token of the service says, unchecked. */
export function claimsOf(token: unknown): Record<string, unknown> {
  return recordIn(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString());
}

/** Code of a refusal. */
export function codeOf({ body }: Reply): unknown {
  return (body['error'] as { readonly code?: unknown } | undefined)?.code; // the form of Direct Line's refusals
}

function recordIn(text: string): Record<string, unknown> {
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>); // the service answers with objects
}
