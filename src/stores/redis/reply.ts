/** Hand checks of Redis answers: cheap on the hot path; a wrong shape is a fault of ours or of the server. */
const unexpected = (wanted: string): Error => new Error(`Redis answered something else than ${wanted}`);

/** Bytes. */
export function bytes(reply: unknown): Buffer {
  if (!Buffer.isBuffer(reply)) throw unexpected('bytes');
  return reply;
}

/** Bytes, or undefined for nil or nothing in them. */
export const bytesOrNone = (reply: unknown): Buffer | undefined =>
  Buffer.isBuffer(reply) && reply.length > 0 ? reply : undefined;

/** Bytes read as text. */
export function text(reply: unknown): string {
  if (typeof reply === 'string') return reply;
  return bytes(reply).toString();
}

/** A whole number, given as one or written in digits. */
export function integer(reply: unknown): number {
  const value = typeof reply === 'number' ? reply : Number(text(reply));
  if (!Number.isSafeInteger(value)) throw unexpected('a whole number');
  return value;
}

/** A list; nil is an empty one. */
export function list(reply: unknown): readonly unknown[] {
  if (reply === null || reply === undefined) return [];
  if (!Array.isArray(reply)) throw unexpected('a list');
  return reply;
}

/** A stream entry `[id, [name, value, ...]]`. */
export function streamEntry(reply: unknown): {
  readonly id: string;
  readonly fields: ReadonlyMap<string, Buffer>;
} {
  const [id, pairs] = list(reply);
  const flat = list(pairs);
  const fields = new Map<string, Buffer>();
  for (let index = 0; index + 1 < flat.length; index += 2) {
    fields.set(text(flat[index]), bytes(flat[index + 1]));
  }
  return { id: text(id), fields };
}
