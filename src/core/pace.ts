/** How often something may happen: one per `intervalMs` in the long run, `burst` of them at once. */
export interface Pace {
  readonly intervalMs: number;
  readonly burst: number;
}

/**
 * When the next one may go, and the mark to keep for the one after it (generic cell rate algorithm). Times in
 * milliseconds; `mark` is what the last call gave, 0 at first.
 */
export function nextAt(
  pace: Pace,
  mark: number,
  now: number,
): { readonly at: number; readonly mark: number } {
  const earliest = mark - pace.intervalMs * (pace.burst - 1);
  const at = Math.max(now, earliest);
  return { at, mark: Math.max(mark, at) + pace.intervalMs };
}
