/** A wait that can be cut short. */
export interface Pause {
  wait(ms: number): Promise<void>;
  wake(): void;
}

/** One waiter at a time. */
export function createPause(): Pause {
  let wake = (): void => undefined;
  return {
    wait: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
    wake: () => {
      wake();
    },
  };
}
