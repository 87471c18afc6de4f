/** What can be kept in state, in an answer or in a look-up's result. */
export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Answers and facts of a dialog by name. */
export type Values = Readonly<Record<string, JsonValue>>;

/** One sentence or paragraph to be rendered: a key of `locales/` and what fills its placeholders. */
export interface SayPart {
  /** `namespace:key`, e.g. `training:askTrade`. The namespace is the dialog's id or `common`. */
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A choice before rendering: its title is a locale key, or words of the directory as they are. */
export interface SayChoice {
  readonly value: string;
  readonly title: SayPart | { readonly text: string };
  readonly description?: { readonly text: string };
}

/** The value as a record of values; undefined for anything else. */
export function asRecord(value: JsonValue | undefined): Values | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return value as Values; // neither null, nor primitive, nor array: what is left of JsonValue is a record
}

/** The value as text; undefined for anything else. */
export function asText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The items of a list; none for anything else. */
export function asList(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) return [];
  return value as readonly JsonValue[]; // Array.isArray forgets what a JsonValue array holds
}
