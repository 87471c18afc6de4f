import { compile, find, type Place } from './field-check.ts';
import { activityRecord, eventRecord, outboxRecord } from './passing-fields.ts';
import { caseRecord, stateRecord } from './state-fields.ts';
import type { StoredField, StoredRecord } from './stored-field.ts';

/** What is stored about people. */
export type StoredKind = 'state' | 'case' | 'event' | 'outbox' | 'activity';

/** The registry of every stored field (safety.md A1). What is not in it cannot be written. */
export const storedRecords = {
  state: stateRecord,
  case: caseRecord,
  event: eventRecord,
  outbox: outboxRecord,
  activity: activityRecord,
} as const satisfies Readonly<Record<StoredKind, StoredRecord>>;

/** Thrown for a write that the registry does not know. Says where, never what. */
export class UnknownField extends Error {
  override readonly name = 'UnknownField';
  readonly kind: StoredKind;
  readonly path: string;
  constructor(kind: StoredKind, path: string, fault: string) {
    super(`${kind}: ${path} ${fault}`);
    this.kind = kind;
    this.path = path;
  }
}

const places: Readonly<Record<StoredKind, Place>> = {
  state: compile(stateRecord.fields),
  case: compile(caseRecord.fields),
  event: compile(eventRecord.fields),
  outbox: compile(outboxRecord.fields),
  activity: compile(activityRecord.fields),
};

/** Throws UnknownField when the value holds a field that is not in the registry, or too much where anything may stand. */
export function checkFields(kind: StoredKind, value: object): void {
  const found = find(places[kind], value);
  if (found !== undefined) throw new UnknownField(kind, found.path, found.fault);
}

/** Everything the registry says about the fields of a kind, by path. */
export function fieldsOf(kind: StoredKind): Readonly<Record<string, StoredField>> {
  const { basis, retention, readers, fields }: StoredRecord = storedRecords[kind];
  return Object.fromEntries(
    Object.entries(fields).map(([path, row]) => [path, { basis, retention, readers, ...row }]),
  );
}
