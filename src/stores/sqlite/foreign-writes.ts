import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Clock, Log } from '../../core/ports.ts';
import { troubleOf } from './faults.ts';
import { integer } from './rows.ts';

/** How often to look while somebody waits, milliseconds. */
const lookEveryMs = 100;

/** Notices that another process (a command beside the server) wrote: https://sqlite.org/pragma.html#pragma_data_version */
export class ForeignWrites {
  readonly #clock: Clock;
  readonly #log: Log | undefined;
  readonly #version: StatementSync;
  readonly #listeners = new Set<(isForeign: boolean) => void>();
  #known: number;
  #watchers = 0;
  #isStopped = false;
  #cancel: () => void = () => undefined;

  constructor(database: DatabaseSync, clock: Clock, log: Log | undefined) {
    this.#clock = clock;
    this.#log = log;
    this.#version = database.prepare('PRAGMA data_version');
    this.#known = this.#read();
  }

  /** Told of every look: whether somebody else wrote since the last one. */
  onLook(listener: (isForeign: boolean) => void): void {
    this.#listeners.add(listener);
  }

  look(): void {
    const version = this.#read();
    for (const listener of this.#listeners) listener(version !== this.#known);
    // Only now: when a listener could not read what is new, the next look finds it again.
    this.#known = version;
  }

  /** Looks again and again until the way back is called. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) this.#lookLater();
    let isWatching = true;
    return () => {
      if (!isWatching) return;
      isWatching = false;
      this.#watchers -= 1;
      if (this.#watchers === 0) this.#cancel();
    };
  }

  /** For good, before the database is closed. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  #lookLater(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#clock.after(lookEveryMs, () => {
      this.#lookLater();
      try {
        this.look();
      } catch (error) {
        this.#log?.warn({ event: 'sqlite-fault', error: troubleOf(error) ?? 'refused' });
      }
    });
  }

  #read(): number {
    const row = this.#version.get();
    if (row === undefined) throw new Error('SQLite did not tell its data version');
    return integer(row, 'data_version');
  }
}
