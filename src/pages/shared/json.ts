/** What came from outside as a record; anything else has no members. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  // A plain look at members by name; each is unknown until it is read.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A text, or an empty one. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A list, or an empty one. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** JSON as it came; undefined when it is none. */
export function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
