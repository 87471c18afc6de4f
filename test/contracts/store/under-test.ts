import type { Store } from '../../../src/core/store.ts';

/** A store to try, and another process's view of the same data. Its quarantine has room for a megabyte. */
export interface StoreUnderTest {
  readonly store: Store;
  readonly second: Store;
  /** Lets this much time go by for leases, beats and expiry, at once. */
  readonly pass: (ms: number) => Promise<void>;
  /** Closes both and removes what they kept. */
  readonly close: () => Promise<void>;
}

/** Gives the store of the running test. */
export type GetStore = () => StoreUnderTest;
