/** One row as SQLite gave it. */
export type Row = Readonly<Record<string, unknown>>;

/** Hand checks of columns: cheap on the hot path; a wrong type is a fault of ours or of the file. */
const unexpected = (column: string): Error => new Error(`the column ${column} holds something unexpected`);

/** A whole number. */
export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw unexpected(column);
  return value;
}

/** Text. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unexpected(column);
  return value;
}

/** Bytes. */
export function bytes(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw unexpected(column);
  return value;
}

/** Whether a column holds nothing. */
export const isEmpty = (row: Row, column: string): boolean => row[column] === null;
