import { Pool } from 'undici';
import type { LanguageTag } from '../../core/ids.ts';
import type { ChannelAddress, OutboundMessage } from '../../core/message.ts';
import type { ChannelOutlet, Clock, Log, SendOutcome, SendTag } from '../../core/ports.ts';
import { composeMessage } from './compose.ts';
import { isPhone, isUserId, whatsapp } from './identity.ts';
import { graphError } from './payloads.ts';
import { failureOf } from './send-errors.ts';
import { writeSendTag } from './send-tag.ts';

/** What sending needs. `accessToken` and the recipient never reach the log. `timeoutMs`: the whole call, 10 s unless told. */
export interface WhatsAppOutletOptions {
  readonly baseUrl: string;
  readonly version: string;
  readonly phoneNumberId: string;
  readonly accessToken: string;
  /** The word on the button that opens a list of choices, at most 20 characters. */
  readonly listButton: (language: LanguageTag) => string;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs?: number;
  /** Messages a second from our number, 80 unless Meta granted more (whatsapp-cloud-api.md 5.4). */
  readonly perSecond?: number;
}

/** The outlet, and how to let its connections go. */
export type WhatsAppOutlet = Extract<ChannelOutlet, { kind: 'sends' }> & { close(): Promise<void> };

/** One number may write to one person once in 6 s, after a burst of 45 (whatsapp-cloud-api.md 5.4). */
const pace = { intervalMs: 6_000, burst: 45 } as const;
const mostConnections = 64;
const longestAnswer = 64 * 1024;

/** Sends through Meta's Graph API over kept-alive connections. Redirects are not followed: the token stays with its host. */
export function createWhatsAppOutlet(options: WhatsAppOutletOptions): WhatsAppOutlet {
  const url = new URL(options.baseUrl);
  const timeoutMs = options.timeoutMs ?? 10_000;
  const pool = new Pool(url.origin, {
    connections: mostConnections,
    connect: { timeout: Math.ceil(timeoutMs / 2) },
    headersTimeout: timeoutMs * 2,
    bodyTimeout: timeoutMs * 2,
    maxResponseSize: longestAnswer,
  });
  const path = `${url.pathname.replace(/\/$/u, '')}/${options.version}/${options.phoneNumberId}/messages`;
  const headers = { authorization: `Bearer ${options.accessToken}`, 'content-type': 'application/json' };
  const post = (body: string): Promise<SendOutcome> =>
    withTimeout(options, timeoutMs, async (signal) => {
      const response = await pool.request({ method: 'POST', path, headers, body, signal });
      return outcomeOf(response.statusCode, response.headers['retry-after'], response.body, options.log);
    });
  return {
    kind: 'sends',
    channel: whatsapp,
    hasWindow: true,
    reportsStatuses: true,
    pace,
    accountPerSecond: options.perSecond ?? 80,
    async send(address, message, tag) {
      const body = bodyOf(address, message, tag, options.listButton(message.language));
      if (body !== undefined) return post(body);
      options.log.error({ event: 'send-unfit', channel: 'whatsapp', error: 'send-rejected' });
      return { kind: 'failed', error: 'send-rejected' };
    },
    close: () => pool.close(),
  };
}

/** Undefined when the message breaks one of Meta's limits or the recipient has no known form. */
function bodyOf(
  { recipient }: ChannelAddress,
  message: OutboundMessage,
  tag: SendTag,
  listButton: string,
): string | undefined {
  const form = composeMessage(message, listButton);
  // A user id in `to` would be accepted with 200 and lost (whatsapp-cloud-api.md 2.5).
  const to = isPhone(recipient) ? { to: `+${recipient}` } : isUserId(recipient) ? { recipient } : undefined;
  if (form === undefined || to === undefined) return undefined;
  return JSON.stringify({
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...to,
    ...form,
    biz_opaque_callback_data: writeSendTag(tag),
  });
}

async function withTimeout(
  { clock, log }: WhatsAppOutletOptions,
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const abort = new AbortController();
  const cancel = clock.after(timeoutMs, () => abort.abort());
  try {
    return await call(abort.signal);
  } catch (cause) {
    const outcome = interrupted(cause, abort.signal.aborted);
    log.warn({ event: 'send-interrupted', channel: 'whatsapp', outcome: outcome.kind, error: outcome.error });
    return outcome;
  } finally {
    cancel();
  }
}

/** Causes that say no byte of the message left this machine. */
const beforeSending = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function interrupted(cause: unknown, timedOut: boolean): Exclude<SendOutcome, { kind: 'accepted' }> {
  const code = codeOf(cause);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return { kind: 'failed', error: 'send-timeout' };
  if (
    beforeSending.has(code) ||
    /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/u.test(code)
  ) {
    return { kind: 'failed', error: 'send-network' };
  }
  return { kind: 'in-doubt', error: timedOut ? 'send-timeout' : 'send-network' };
}

/** The code of a system or connection error, by its shape alone. */
function codeOf(cause: unknown): string {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return '';
  return typeof cause.code === 'string' ? cause.code : '';
}

interface AnswerBody {
  dump(): Promise<void>;
  text(): Promise<string>;
}

/** A 200 means accepted, whatever its body says: what became of the message comes by status. */
async function outcomeOf(
  status: number,
  retryAfter: string | string[] | undefined,
  body: AnswerBody,
  log: Log,
): Promise<SendOutcome> {
  if (status >= 200 && status <= 299) {
    await body.dump().catch(() => undefined);
    return { kind: 'accepted' };
  }
  const code = graphError.safeParse(jsonOf(await body.text().catch(() => ''))).data?.error.code;
  const { error, afterMs } = failureOf(code, status);
  log.warn({ event: 'send-failed', channel: 'whatsapp', error, status, kind: `graph-${code ?? 'none'}` });
  const wait = Math.max(afterMs ?? 0, askedWait(retryAfter));
  return { kind: 'failed', error, ...(wait === 0 ? {} : { afterMs: wait }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in seconds, at most an hour; dates are not read. */
function askedWait(retryAfter: string | string[] | undefined): number {
  const seconds = typeof retryAfter === 'string' && /^\d{1,6}$/u.test(retryAfter) ? Number(retryAfter) : 0;
  return Math.min(seconds, 3600) * 1000;
}
