import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventId, OutboxId } from '../../core/ids.ts';
import { eventId, outboxId } from '../../core/ids.ts';
import type { Clock } from '../../core/ports.ts';
import { integer } from './rows.ts';

/** Sequences within a millisecond; with it, places stay exact numbers until the year 2248. */
const sequences = 1_024;

/** The place of an event or entry; -1, where nothing ever stands, for an id that is none of ours. */
export function placeOf(id: EventId | OutboxId): number {
  const dash = id.indexOf('-');
  const sequence = Number(id.slice(dash + 1));
  const place = Number(id.slice(0, dash)) * sequences + sequence;
  return Number.isSafeInteger(place) && dash > 0 && sequence < sequences ? place : -1;
}

const written = (place: number): string => `${Math.floor(place / sequences)}-${place % sequences}`;

/** The id of an event at a place. */
export const eventAt = (place: number): EventId => eventId(written(place));

/** The id of an outbox entry at a place. */
export const outboxAt = (place: number): OutboxId => outboxId(written(place));

/**
 * Gives out places in ascending order over all processes and restarts, also when the clock goes back: the last one
 * is read when a transaction begins, which locks out others, and written before it ends.
 */
export class Places {
  readonly #clock: Clock;
  readonly #load: StatementSync;
  readonly #save: StatementSync;
  #saved = 0;
  #last = 0;

  constructor(database: DatabaseSync, clock: Clock) {
    this.#clock = clock;
    this.#load = database.prepare("SELECT value FROM settings WHERE name = 'place'");
    this.#save = database.prepare("UPDATE settings SET value = ? WHERE name = 'place'");
  }

  /** The last place this process knows to be given out. */
  get last(): number {
    return this.#last;
  }

  load(): void {
    const row = this.#load.get();
    if (row === undefined) throw new Error('the last place is not known');
    this.#saved = integer(row, 'value');
    this.#last = this.#saved;
  }

  next(): number {
    this.#last = Math.max(this.#last + 1, Math.floor(this.#clock.now()) * sequences);
    return this.#last;
  }

  save(): void {
    if (this.#last !== this.#saved) this.#save.run(this.#last);
    this.#saved = this.#last;
  }
}
