import type { ConversationId } from '../../core/ids.ts';
import { isFull, takeToken, type Bucket, type Rate } from '../../core/limiter.ts';
import type { Clock } from '../../core/ports.ts';

/** Limits of contract.md 3. */
const postRates: readonly [string, Rate][] = [
  ['burst', { capacity: 20, perSecond: 2 }],
  ['minute', { capacity: 60, perSecond: 1 }],
];
const readRate: Rate = { capacity: 20, perSecond: 5 };
const tokenRate: Rate = { capacity: 60, perSecond: 10 / 60 };
/** direct-line.md 9: ten uploads an hour. */
const uploadRate: Rate = { capacity: 10, perSecond: 10 / 3600 };
const socketsPerAddress = 200;
/** Buckets remembered before full ones are forgotten, and at most. */
const sweepAt = 10_000;
const mostBuckets = 50_000;

/** 64 KB: the largest JSON activity and the largest frame from a client. */
export const largestActivity = 64 * 1024;
/** 4 MB: the largest upload. */
export const largestUpload = 4 * 1024 * 1024;
export const socketsPerConversation = 4;

/** Undefined when it may happen, else how long to wait in milliseconds. */
export type Wait = number | undefined;

export type Limits = ReturnType<typeof createLimits>;

/** Counts by conversation and by address, in this process only. */
export function createLimits(clock: Clock, exemptLoopback: boolean) {
  const buckets = new Map<string, { readonly bucket: Bucket; readonly rate: Rate }>();
  const sockets = new Map<string, number>();

  const take = (key: string, rate: Rate): Wait => {
    const now = clock.now();
    const taken = takeToken(buckets.get(key)?.bucket, now, rate);
    if (taken.kind === 'refused') return taken.afterMs;
    buckets.delete(key);
    buckets.set(key, { bucket: taken.bucket, rate });
    if (buckets.size > sweepAt) forgetFull(buckets, now);
    return undefined;
  };
  const isExempt = (address: string): boolean => exemptLoopback && isLoopback(address);

  return {
    post: (conversation: ConversationId): Wait => {
      for (const [name, rate] of postRates) {
        const wait = take(`post-${name}:${conversation}`, rate);
        if (wait !== undefined) return wait;
      }
      return undefined;
    },
    read: (conversation: ConversationId): Wait => take(`read:${conversation}`, readRate),
    upload: (conversation: ConversationId): Wait => take(`upload:${conversation}`, uploadRate),
    newToken: (address: string): Wait =>
      isExempt(address) ? undefined : take(`token:${neighbourhood(address)}`, tokenRate),
    /** Takes a place for a socket; gives the way to leave it, or undefined when the address has too many. */
    enterSocket: (address: string): (() => void) | undefined => {
      if (isExempt(address)) return () => undefined;
      const key = neighbourhood(address);
      const open = sockets.get(key) ?? 0;
      if (open >= socketsPerAddress) return undefined;
      sockets.set(key, open + 1);
      return () => {
        const left = (sockets.get(key) ?? 1) - 1;
        if (left <= 0) sockets.delete(key);
        else sockets.set(key, left);
      };
    },
  };
}

function forgetFull(
  buckets: Map<string, { readonly bucket: Bucket; readonly rate: Rate }>,
  now: number,
): void {
  for (const [key, { bucket, rate }] of buckets) if (isFull(bucket, now, rate)) buckets.delete(key);
  for (const key of buckets.keys()) {
    if (buckets.size <= mostBuckets) return;
    buckets.delete(key);
  }
}

/** Whether a peer address is this machine. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./u.test(address);
}

/** One subscriber: a whole IPv4 address, the first 64 bits of an IPv6 one. */
function neighbourhood(address: string): string {
  const plain = address.replace(/^::ffff:/u, '');
  return plain.includes(':') ? plain.split(':').slice(0, 4).join(':') : plain;
}
