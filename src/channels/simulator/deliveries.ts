import type { Clock } from '../../core/ports.ts';
import type { Phones } from './phones.ts';
import type { WebhookSender } from './webhook-sender.ts';

/** Delivers a webhook of a phone and keeps each try for the page. True once it was answered 200. */
export type Deliver = (phone: string, kind: 'webhook' | 'status', payload: object) => Promise<boolean>;

/** The first try of each webhook waits for the first try of the one before on the same phone, so that order stays. */
export function createDeliveries(sender: WebhookSender, phones: Phones, clock: Clock): Deliver {
  const firstTries = new Map<string, Promise<void>>();
  return async (phone, kind, payload) => {
    const before = firstTries.get(phone);
    const { promise: tried, resolve }: PromiseWithResolvers<void> = Promise.withResolvers();
    firstTries.set(phone, tried);
    await before;
    const isKept = await sender.deliver(payload, ({ signature, status, ms }) => {
      phones.addLine(phone, { at: clock.now(), kind, answer: status, ms, signature, body: payload });
      resolve();
    });
    resolve();
    if (firstTries.get(phone) === tried) firstTries.delete(phone);
    return isKept;
  };
}
