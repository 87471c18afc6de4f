import { createHmac } from 'node:crypto';
import { Agent, fetch } from 'undici';
import type { Clock, Log, Randomness } from '../../core/ports.ts';
import { createWaits } from './waits.ts';

/** How one delivery of a webhook ended: the answer's HTTP status, 0 when there was none. */
export interface Delivery {
  readonly body: string;
  readonly signature: string;
  readonly status: number;
  readonly ms: number;
}

/** What sending webhooks needs. `webhookUrl` is asked each time: the port is known only after listening. */
export interface WebhookSenderOptions {
  readonly appSecret: string;
  readonly verifyToken: string;
  readonly webhookUrl: () => string;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly log: Log;
  /** Milliseconds before the second try; each further wait is doubled. */
  readonly firstWaitMs?: number;
}

const mostTries = 8;
const answerWithinMs = 10_000;

/** Posts webhooks like Meta: escaped, signed, and again with growing waits until the answer is 200. */
export function createWebhookSender(options: WebhookSenderOptions) {
  const agent = new Agent({ headersTimeout: answerWithinMs, connect: { timeout: answerWithinMs } });
  const waits = createWaits(options.clock);

  return {
    /** Delivers a payload; tells each try. True once it was answered 200. */
    async deliver(payload: unknown, onTry: (delivery: Delivery) => void): Promise<boolean> {
      const body = escaped(payload);
      for (let tried = 0; tried < mostTries; tried += 1) {
        if (tried > 0) await waits.pause(waitBefore(tried, options));
        if (waits.areOver()) break;
        const delivery = await post(body, options, agent);
        onTry(delivery);
        if (delivery.status === 200) return true;
      }
      options.log.warn({ event: 'simulator-webhook-lost', channel: 'simulator' });
      return false;
    },
    /** Meta's verification of the webhook: whether it echoes the challenge. */
    async subscribe(): Promise<boolean> {
      const challenge = options.random.id(64);
      const url = new URL(options.webhookUrl());
      url.searchParams.set('hub.mode', 'subscribe');
      url.searchParams.set('hub.verify_token', options.verifyToken);
      url.searchParams.set('hub.challenge', challenge);
      return fetch(url, { dispatcher: agent }).then(
        async (response) => (await response.text()) === challenge && response.status === 200,
        () => false,
      );
    },
    async close(): Promise<void> {
      waits.end();
      await agent.destroy();
    },
  };
}
export type WebhookSender = ReturnType<typeof createWebhookSender>;

/** One try: signed and posted, with what came of it. */
async function post(body: string, options: WebhookSenderOptions, agent: Agent): Promise<Delivery> {
  const start = options.clock.monotonic();
  const signature = `sha256=${createHmac('sha256', options.appSecret).update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signature };
  const status = await fetch(options.webhookUrl(), {
    method: 'POST',
    headers,
    body,
    dispatcher: agent,
  }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => 0,
  );
  return { body, signature, status, ms: Math.round(options.clock.monotonic() - start) };
}

/** Doubled with each try, and spread by a fifth either way. */
function waitBefore(tried: number, { firstWaitMs = 1_000, random }: WebhookSenderOptions): number {
  return firstWaitMs * 2 ** (tried - 1) * (0.8 + 0.4 * random.fraction());
}

/** JSON with everything beyond ASCII as `\uXXXX`, the form Meta signs (whatsapp-cloud-api.md 1.2). */
function escaped(payload: unknown): string {
  return JSON.stringify(payload).replaceAll(/[^\u0020-\u007e]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
