import { StoreUnavailable } from '../../core/errors.ts';
import { codeOf } from './files.ts';

/** Result codes that mean "not now": https://sqlite.org/rescode.html */
const notNow = new Map([
  [3, 'permission'],
  [5, 'busy'],
  [6, 'locked'],
  [7, 'memory'],
  [8, 'read-only'],
  [10, 'input-output'],
  [11, 'corrupt'],
  [13, 'full'],
  [14, 'cannot-open'],
  [15, 'protocol'],
  [26, 'not-a-database'],
]);

/** Why SQLite cannot work now, in a word; undefined for a fault of ours. */
export function troubleOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  // node:sqlite has no word of its own for a database that was closed.
  if (codeOf(error) === 'ERR_INVALID_STATE') return 'closed';
  if (!('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  return notNow.get(error.errcode & 0xff);
}

/** The fault as others may see it: trouble becomes StoreUnavailable. SQLite's messages name tables, never values. */
export function faultOf(error: unknown): Error {
  if (error instanceof StoreUnavailable) return error;
  const trouble = troubleOf(error);
  if (trouble !== undefined) return unavailable(trouble, error);
  return new Error('SQLite refused a statement', { cause: error });
}

/** Says in a word why nothing can be kept or read. */
export const unavailable = (trouble: string, cause?: unknown): StoreUnavailable =>
  new StoreUnavailable(`SQLite cannot keep or read data now (${trouble})`, { cause });

/** Runs statements; whatever they throw leaves as `faultOf` says. */
export function guarded<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw faultOf(error);
  }
}
