import { closeSync, openSync } from 'node:fs';

/**
 * Makes a file that only this user may read, unless it is there; what SQLite puts beside it gets the same rights. One that
 * is there is not even opened: closing it would drop the locks that this process holds on it
 * (https://sqlite.org/howtocorrupt.html, section 2.2).
 */
export function createPrivately(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** The code of an error of the operating system or of SQLite, for people who repair things. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
