import { DatabaseSync } from 'node:sqlite';
import { troubleOf } from './faults.ts';
import { createPrivately } from './files.ts';

/**
 * A lock of the operating system on a file of its own, held by the process that runs the turns until it ends, however it
 * ends. Whoever holds it knows that the leases of holders before are dead, and need not wait until they run out.
 */
export class OwnerLock {
  /** Names this holder among all there ever were. */
  readonly holder: string;
  readonly #file: string;
  #database: DatabaseSync | undefined;
  #isHeld = false;

  constructor(file: string, holder: string) {
    this.#file = file;
    this.holder = holder;
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** Takes it, unless another process has it. */
  take(): void {
    if (this.#isHeld) return;
    try {
      this.#database ??= this.#open();
      this.#database.exec('BEGIN EXCLUSIVE');
      this.#isHeld = true;
    } catch (error) {
      if (troubleOf(error) !== 'busy') throw error;
    }
  }

  /** Gives it back. */
  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#isHeld = false;
  }

  #open(): DatabaseSync {
    createPrivately(this.#file);
    const database = new DatabaseSync(this.#file, { timeout: 0 });
    // Nothing is ever written into it.
    database.exec('PRAGMA journal_mode = MEMORY');
    return database;
  }
}
