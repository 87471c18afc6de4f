import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Log } from '../../core/ports.ts';
import { faultOf, troubleOf } from './faults.ts';

/** Operations in one transaction at most: more would keep the event loop for too long. */
const mostTogether = 128;
/** How long to wait for another process that writes, milliseconds. */
const busyLimitMs = 5_000;
const busyPauseMs = 5;
const reportEveryMs = 1_000;

/** One operation that waits to be written. */
interface Waiting {
  /** Its statements; run again when the first transaction could not be kept. */
  readonly run: () => void;
  /** After the transaction is on the disk. */
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

interface Parts {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly log: Log | undefined;
  /** First and last in every transaction. */
  readonly places: { load(): void; save(): void };
  /** After each transaction that was kept. */
  readonly onCommitted: () => void;
}

/**
 * Writes in groups: all that came in one round of the event loop shares one transaction and one fsync. Between two
 * transactions the event loop always has its turn.
 */
export class GroupCommit {
  readonly #parts: Parts;
  readonly #statements: Readonly<
    Record<'begin' | 'commit' | 'rollback' | 'mark' | 'release' | 'back', StatementSync>
  >;
  #queue: Waiting[] = [];
  #isScheduled = false;
  #busySince: number | undefined;
  #reportedAt = -Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { database } = parts;
    this.#statements = {
      begin: database.prepare('BEGIN IMMEDIATE'),
      commit: database.prepare('COMMIT'),
      rollback: database.prepare('ROLLBACK'),
      mark: database.prepare('SAVEPOINT operation'),
      release: database.prepare('RELEASE operation'),
      back: database.prepare('ROLLBACK TO operation'),
    };
  }

  /** Runs the work in a transaction; resolves when that is on the disk. The work may run twice: the first is undone. */
  write<Value>(work: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      let value: { readonly of: Value } | undefined;
      this.#queue.push({
        run: () => {
          value = { of: work() };
        },
        resolve: () => {
          if (value === undefined) reject(new Error('an operation was kept that never ran'));
          else resolve(value.of);
        },
        reject,
      });
      this.#schedule();
    });
  }

  /** Writes all that waits, without giving way any more. */
  finish(): void {
    while (this.#queue.length > 0) this.#writeSome(busyLimitMs);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (this.#queue.length === 0) return;
      if (this.#writeSome(0)) {
        if (this.#queue.length > 0) this.#schedule();
      } else {
        this.#isScheduled = true;
        this.#parts.clock.after(busyPauseMs, () => {
          this.#isScheduled = false;
          this.#schedule();
        });
      }
    });
  }

  /** False when another process writes: try again. */
  #writeSome(waitedMs: number): boolean {
    const begun = this.#begin(waitedMs);
    if (begun === 'busy') return false;
    const batch = this.#queue.splice(0, mostTogether);
    const kept = begun instanceof Error ? begun : this.#keep(batch);
    if (kept instanceof Error) {
      for (const { reject } of batch) reject(kept);
    } else {
      for (const { resolve } of kept) resolve();
      this.#parts.onCommitted();
    }
    return true;
  }

  #begin(waitedMs: number): 'begun' | 'busy' | Error {
    try {
      this.#statements.begin.run();
      this.#busySince = undefined;
      return 'begun';
    } catch (error) {
      const now = this.#parts.clock.monotonic();
      this.#busySince ??= now - waitedMs;
      if (troubleOf(error) === 'busy' && now - this.#busySince < busyLimitMs) return 'busy';
      return this.#reported(error);
    }
  }

  /** All together, or one by one when one of them fails, so that it fails alone. Gives those that are on the disk. */
  #keep(batch: readonly Waiting[]): readonly Waiting[] | Error {
    const { places } = this.#parts;
    try {
      places.load();
      const kept = this.#runTogether(batch) ? batch : this.#runApart(batch);
      places.save();
      this.#statements.commit.run();
      return kept;
    } catch (error) {
      this.#undo();
      return this.#reported(error);
    }
  }

  #runTogether(batch: readonly Waiting[]): boolean {
    try {
      for (const { run } of batch) run();
      return true;
    } catch {
      this.#undo();
      this.#statements.begin.run();
      this.#parts.places.load();
      return false;
    }
  }

  #runApart(batch: readonly Waiting[]): readonly Waiting[] {
    const kept: Waiting[] = [];
    for (const waiting of batch) {
      this.#statements.mark.run();
      try {
        waiting.run();
        kept.push(waiting);
      } catch (error) {
        // A full disk may have ended the whole transaction: https://sqlite.org/lang_transaction.html
        if (!this.#parts.database.isTransaction) throw error;
        this.#statements.back.run();
        waiting.reject(this.#reported(error));
      }
      this.#statements.release.run();
    }
    return kept;
  }

  #undo(): void {
    if (this.#parts.database.isTransaction) this.#statements.rollback.run();
  }

  #reported(error: unknown): Error {
    const { clock, log } = this.#parts;
    // Thousands of lines would not help a full disk.
    if (clock.monotonic() - this.#reportedAt > reportEveryMs) {
      this.#reportedAt = clock.monotonic();
      log?.error({ event: 'sqlite-fault', error: troubleOf(error) ?? 'refused' });
    }
    return faultOf(error);
  }
}
