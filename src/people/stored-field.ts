import type { JsonValue } from '../core/values.ts';

/** 1: says nothing about a person. 2: about a person. 3: could bring a person into danger in the wrong hands. */
export type Sensitivity = 1 | 2 | 3;

/** Why we may keep something (the strictest of the laws of the countries served). */
export type Basis =
  /** The person asked for an answer, and it cannot be given without. */
  | 'asked-for'
  /** The person said yes to this. */
  | 'consent'
  /** Somebody may be in danger. */
  | 'danger'
  /** Without it the service would repeat, lose or mix up messages. */
  | 'working';

/** Who may read it: Puente itself, the caseworker of an open case, the person. */
export type Reader = 'program' | 'caseworker' | 'person';

/** How long something is kept; `docs/reference/fields.md` says it in full. */
export type Retention = 'conversation' | 'mailbox' | 'outbox' | 'case';

/** What the registry says about one stored field. */
export interface StoredField {
  readonly purpose: string;
  readonly sensitivity: Sensitivity;
  readonly basis: Basis;
  readonly retention: Retention;
  readonly readers: readonly Reader[];
}

/** What is kept of one kind: what holds for all its fields, and the fields by path. */
export interface StoredRecord {
  readonly what: string;
  readonly basis: Basis;
  readonly retention: Retention;
  readonly readers: readonly Reader[];
  /** A path is `place.now.city`, `aliases[]`, `params.*` for names made by a dialog, `values.**` for anything, bounded. */
  readonly fields: Readonly<Record<string, FieldRow>>;
}

/** A field as it is written in the registry: what differs from its record. */
export type FieldRow = Pick<StoredField, 'purpose' | 'sensitivity'> & Partial<StoredField>;

const row =
  (sensitivity: Sensitivity) =>
  (purpose: string, differs: Partial<StoredField> = {}): FieldRow => ({ purpose, sensitivity, ...differs });

/** A field that says nothing about a person. */
export const plain = row(1);
/** A field about a person. */
export const personal = row(2);
/** A field that could bring a person into danger. */
export const sensitive = row(3);

/** The same fields one level deeper. */
export function under<const Prefix extends string, Fields extends Readonly<Record<string, FieldRow>>>(
  prefix: Prefix,
  fields: Fields,
): { readonly [Path in keyof Fields & string as `${Prefix}.${Path}`]: FieldRow } {
  const deeper = Object.fromEntries(Object.entries(fields).map(([path, row]) => [`${prefix}.${path}`, row]));
  // fromEntries forgets the names that were just made.
  return deeper as { readonly [Path in keyof Fields & string as `${Prefix}.${Path}`]: FieldRow };
}

type Join<Name extends string, Rest> = Rest extends ''
  ? Name
  : Rest extends `[]${string}`
    ? `${Name}${Rest}`
    : Rest extends string
      ? `${Name}.${Rest}`
      : never;

/**
 * Every path of a type, in the registry's form. With `satisfies Record<PathsOf<Type>, FieldRow>` a registry that misses a
 * field, or has one too many, does not compile.
 */
export type PathsOf<Type> = [JsonValue] extends [Type]
  ? '**'
  : Type extends undefined
    ? never
    : Type extends string | number | boolean | null
      ? ''
      : Type extends readonly (infer Entry)[]
        ? Join<'[]', PathsOf<Entry>>
        : PathsBelow<Type, keyof Type>;

type PathsBelow<Type, Name extends keyof Type> = string extends Name
  ? JsonValue extends Type[Name]
    ? '**'
    : Join<'*', PathsOf<Type[Name]>>
  : Name extends string
    ? Join<Name, PathsOf<Type[Name]>>
    : never;
