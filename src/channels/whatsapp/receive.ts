import express from 'express';
import type { Request, Response, Router } from 'express';
import { StoreUnavailable } from '../../core/errors.ts';
import type { Inbox } from '../../core/inbox.ts';
import type { Clock, Log, Vault } from '../../core/ports.ts';
import type { Update } from './classify.ts';
import { readRawBody } from './raw-body.ts';
import { isSameSecret, isSigned } from './signature.ts';
import { readWebhookBody } from './webhook-body.ts';

/** What the webhook needs. `accounts`: the phone number ids we serve; absent: all. */
export interface WhatsAppRouterOptions {
  readonly inbox: Inbox;
  readonly verifyToken: string;
  readonly appSecrets: readonly string[];
  readonly accounts?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly vault: Pick<Vault, 'logIdOf'>;
}

/** Meta's maximum; more is refused (safety.md H2). */
const bodyLimit = 3 * 1024 * 1024;
const readWithinMs = 5_000;
const retryAfterSeconds = 5;

/** Titles of refusals, for whoever runs the other side; fixed, so that nothing of a request comes back in them. */
const refusals = {
  400: 'The request is incomplete',
  401: 'The signature is missing or wrong',
  403: 'The verification token is wrong',
  408: 'The body took too long',
  413: 'The body is larger than 3 MB',
  415: 'Compressed bodies are not taken',
  500: 'The body could not be processed',
  503: 'Messages cannot be kept now',
} as const;

/** The WhatsApp webhook: GET answers Meta's verification, POST takes messages. 200 only after all of a body is kept. */
export function createWhatsAppRouter(options: WhatsAppRouterOptions): Router {
  const accounts = options.accounts === undefined ? undefined : new Set(options.accounts);
  const refuse = createRefusal(options);
  const router = express.Router();
  router.get('/', (request, response) => {
    const status = verify(request, options.verifyToken);
    if (status !== 200) {
      refuse(response, status);
      return;
    }
    response.type('text/plain').set('x-content-type-options', 'nosniff').send(request.query['hub.challenge']);
  });
  router.post('/', async (request, response) => {
    const body = await acceptableBody(request, options);
    if (typeof body === 'number') {
      refuse(response, body);
      return;
    }
    try {
      await keep(readWebhookBody(body, accounts), body, options);
    } catch (cause) {
      refuse(response, cause instanceof StoreUnavailable ? 503 : 500);
      return;
    }
    response.status(200).end();
  });
  return router;
}

/** https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests */
function verify(request: Request, verifyToken: string): 200 | 400 | 403 {
  const {
    'hub.mode': mode,
    'hub.verify_token': token,
    'hub.challenge': challenge,
  } = request.query as Record<string, unknown>; // a query is a record of unknown values
  if (mode !== 'subscribe' || typeof token !== 'string' || !isSameSecret(token, verifyToken)) return 403;
  return typeof challenge === 'string' && /^[A-Za-z0-9_-]{1,256}$/u.test(challenge) ? 200 : 400;
}

/** The signed bytes, or the status to refuse with. */
async function acceptableBody(
  request: Request,
  options: WhatsAppRouterOptions,
): Promise<Buffer | 400 | 401 | 408 | 413 | 415> {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return 415;
  const read = await readRawBody(request, bodyLimit, readWithinMs, options.clock);
  if (read.kind === 'too-large') return 413;
  if (read.kind === 'too-slow') return 408;
  if (read.kind === 'cut-off') return 400;
  return isSigned(read.body, request.get('x-hub-signature-256'), options.appSecrets) ? read.body : 401;
}

/** Hands every update in. Those of one person wait for each other, so that their order stays. */
async function keep(updates: readonly Update[], body: Buffer, options: WhatsAppRouterOptions): Promise<void> {
  const unreadable = updates.find((update) => update.kind === 'unreadable');
  if (unreadable !== undefined) {
    options.log.error({ event: 'webhook-quarantined', channel: 'whatsapp', kind: unreadable.reason });
    await options.inbox.quarantine(unreadable.reason, body);
  }
  if (updates.length === 1 && updates[0] !== undefined) return keepOne(updates[0], options);
  const chains = new Map<string, Promise<void>>();
  for (const update of updates) {
    const before = chains.get(chainOf(update)) ?? Promise.resolve();
    chains.set(
      chainOf(update),
      before.then(() => keepOne(update, options)),
    );
  }
  await Promise.all(chains.values());
}

function chainOf(update: Update): string {
  if (update.kind === 'message') {
    return update.received.from.kind === 'person' ? `person:${update.received.from.ids[0]}` : 'others';
  }
  return update.kind === 'status' ? `status:${update.report.conversationId}` : 'others';
}

async function keepOne(update: Update, { inbox, log }: WhatsAppRouterOptions): Promise<void> {
  switch (update.kind) {
    case 'message':
      await inbox.receive(update.received);
      return;
    case 'status':
      await inbox.report(update.report);
      return;
    case 'identity':
      await inbox.changeIdentity(update.change);
      return;
    case 'ignored':
      log.info({ event: 'webhook-ignored', channel: 'whatsapp', kind: update.reason });
      return;
    case 'unreadable':
      return;
    default:
      update satisfies never;
  }
}

/** Answers with `application/problem+json` and an id that the log line has too. */
function createRefusal({ clock, log, vault }: WhatsAppRouterOptions) {
  let refused = 0;
  return (response: Response, status: keyof typeof refusals): void => {
    refused += 1;
    const now = clock.now();
    const reference = vault.logIdOf(`refusal:${now}:${clock.monotonic()}:${refused}`, now);
    log.warn({ event: 'webhook-refused', channel: 'whatsapp', status, reference });
    if (status === 503) response.set('retry-after', String(retryAfterSeconds));
    if (status === 408 || status === 413 || status === 415) response.set('connection', 'close');
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title: refusals[status], status, instance: reference }));
  };
}
