import type { Clock } from '../../core/ports.ts';
import type { Deliver } from './deliveries.ts';
import type { Phones } from './phones.ts';
import { statusWebhook } from './webhook-payloads.ts';

const deliveredAfterMs = 150;
const readAfterMs = 300;
const mostTags = 5_000;

/** What becomes of messages to phones: sent at once, delivered soon, read while a page looks at the phone. */
export function createStatuses(options: {
  readonly phones: Phones;
  readonly deliver: Deliver;
  readonly phoneNumberId: string;
  readonly clock: Clock;
  readonly areReported: () => boolean;
}) {
  const { phones, clock, phoneNumberId } = options;
  const open = new Map<string, number>();
  const tags = new Map<string, string>();
  const timers = new Set<() => void>();

  const later = (ms: number, callback: () => void): void => {
    const cancel = clock.after(ms, () => {
      timers.delete(cancel);
      callback();
    });
    timers.add(cancel);
  };
  const report = (phone: string, id: string, status: 'sent' | 'delivered' | 'read'): void => {
    if (!phones.tick(phone, id, status) || !options.areReported()) return;
    const payload = statusWebhook(phoneNumberId, { id, phone, status, at: clock.now(), tag: tags.get(id) });
    void options.deliver(phone, 'status', payload);
  };
  const readSoon = (phone: string, id: string): void =>
    later(readAfterMs, () => {
      if (open.has(phone)) report(phone, id, 'read');
    });

  return {
    /** A message to a phone was taken; its tag comes back in every status. */
    begin(phone: string, id: string, tag: string | undefined): void {
      if (tag !== undefined) tags.set(id, tag);
      const [oldest] = tags.keys();
      if (tags.size > mostTags && oldest !== undefined) tags.delete(oldest);
      report(phone, id, 'sent');
      later(deliveredAfterMs, () => {
        report(phone, id, 'delivered');
        if (open.has(phone)) readSoon(phone, id);
      });
    },
    /** A page looks at a phone from now on, until the returned function is called: what came is read. */
    look(phone: string): () => void {
      open.set(phone, (open.get(phone) ?? 0) + 1);
      for (const message of phones.messages(phone)) {
        if (message.from === 'business' && message.tick === 'delivered') readSoon(phone, message.id);
      }
      return () => {
        const left = (open.get(phone) ?? 1) - 1;
        if (left > 0) open.set(phone, left);
        else open.delete(phone);
      };
    },
    close(): void {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}
