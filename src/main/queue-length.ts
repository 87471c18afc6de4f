import type { Clock } from '../core/ports.ts';
import type { Store } from '../core/store.ts';

const interval = 15_000;
/** Cases of rank 3 wait for nobody: an interest noted for the team. */
const lowestWaiting = 2;

/** How many people wait for a person, looked up now and then: an honest sentence need not be exact to the second. */
export function watchQueue(
  store: Store,
  clock: Clock,
): { readonly waiting: () => number; readonly stop: () => void } {
  let waiting = 0;
  let isStopped = false;
  let cancel: () => void = () => undefined;
  const look = (): void => {
    store
      .listCases()
      .then((cases) => {
        waiting = cases.filter(({ rank }) => rank <= lowestWaiting).length;
      })
      // The store's own trouble shows in readiness; the number from before stays.
      .catch(() => undefined)
      .finally(() => {
        if (!isStopped) cancel = clock.after(interval, look);
      });
  };
  look();
  return {
    waiting: () => waiting,
    stop: () => {
      isStopped = true;
      cancel();
    },
  };
}
