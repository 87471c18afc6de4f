import type { Clock, Log } from '../core/ports.ts';
import { nameOf } from './turn-runner.ts';

const retryPause = 300;

/** Acts that go on until they are stopped; a fault in one is logged and the next round comes after a pause. */
export class Loops {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #loops: Promise<void>[] = [];
  readonly #sleepers = new Set<() => void>();
  #isRunning = true;

  constructor(clock: Clock, log: Log) {
    this.#clock = clock;
    this.#log = log;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** Acts, waits, acts again; with 0 the act itself waits. */
  every(ms: number, act: () => Promise<void>): void {
    this.#loops.push(this.#repeat(ms, act));
  }

  /** Waits, at most until the loops are stopped. */
  sleep(ms: number): Promise<void> {
    if (!this.#isRunning) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        cancel();
        this.#sleepers.delete(wake);
        resolve();
      };
      const cancel = this.#clock.after(ms, wake);
      this.#sleepers.add(wake);
    });
  }

  stop(): void {
    this.#isRunning = false;
    for (const wake of [...this.#sleepers]) wake();
  }

  async ended(): Promise<void> {
    await Promise.all(this.#loops);
  }

  async #repeat(ms: number, act: () => Promise<void>): Promise<void> {
    while (this.#isRunning) {
      try {
        await act();
        if (ms > 0) await this.sleep(ms);
      } catch (cause) {
        this.#log.warn({ event: 'loop-failed', error: nameOf(cause) });
        await this.sleep(retryPause);
      }
    }
  }
}
