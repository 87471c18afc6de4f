/** How fast something may happen: a burst of `capacity`, filled up again by `perSecond`. */
export interface Rate {
  readonly capacity: number;
  readonly perSecond: number;
}

/** A token bucket as it was at a moment, milliseconds since 1970. Absent means full. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export type TokenTaken =
  | { readonly kind: 'taken'; readonly bucket: Bucket }
  /** Nothing was used up; trying again makes sense after `afterMs`. */
  | { readonly kind: 'refused'; readonly afterMs: number };

/** Takes one token, or says how long to wait. A clock that went back fills nothing and takes nothing away. */
export function takeToken(bucket: Bucket | undefined, now: number, rate: Rate): TokenTaken {
  const tokens = tokensAt(bucket, now, rate);
  if (tokens >= 1) return { kind: 'taken', bucket: { tokens: tokens - 1, at: now } };
  return { kind: 'refused', afterMs: Math.ceil(((1 - tokens) * 1000) / rate.perSecond) };
}

/** Whether a bucket filled up again: it need not be remembered. */
export function isFull(bucket: Bucket, now: number, rate: Rate): boolean {
  return tokensAt(bucket, now, rate) >= rate.capacity;
}

function tokensAt(bucket: Bucket | undefined, now: number, rate: Rate): number {
  if (bucket === undefined) return rate.capacity;
  const filled = (Math.max(0, now - bucket.at) * rate.perSecond) / 1000;
  return Math.min(rate.capacity, bucket.tokens + filled);
}
