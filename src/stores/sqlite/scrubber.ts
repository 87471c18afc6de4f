import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Log } from '../../core/ports.ts';
import { troubleOf } from './faults.ts';
import { integer } from './rows.ts';

/** Erasures within this time share one clearing, milliseconds. */
const gatherMs = 1_000;
const againMs = 5_000;

/**
 * Clears the write-ahead log after something was erased: the file overwrites what is deleted (secure_delete), but pages
 * from before lie in the log until it is emptied.
 */
export class Scrubber {
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #checkpoint: StatementSync;
  #cancel: (() => void) | undefined;
  #isStopped = false;

  constructor(database: DatabaseSync, clock: Clock, log: Log | undefined) {
    this.#clock = clock;
    this.#log = log;
    this.#checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  /** Soon, once. */
  ask(): void {
    if (this.#cancel === undefined && !this.#isStopped) this.#later(gatherMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#cancel?.();
  }

  #later(ms: number): void {
    this.#cancel = this.#clock.after(ms, () => {
      this.#cancel = undefined;
      if (!this.#clear()) this.#later(againMs);
    });
  }

  /** False when another process is reading or writing. */
  #clear(): boolean {
    try {
      const row = this.#checkpoint.get();
      return row !== undefined && integer(row, 'busy') === 0;
    } catch (error) {
      this.#log?.warn({ event: 'sqlite-fault', error: troubleOf(error) ?? 'refused' });
      return false;
    }
  }
}
