import { describe, expect, test } from '@jest/globals';
import { directLineOutlet } from '../../src/channels/directline/send.ts';
import { conversationId } from '../../src/core/ids.ts';
import type { OutboxEntry } from '../../src/delivery/parts.ts';
import {
  checkFields,
  fieldsOf,
  storedRecords,
  UnknownField,
  type StoredKind,
} from '../../src/people/fields.ts';
import type { FieldRow, PathsOf } from '../../src/people/stored-field.ts';
import { cases, events, fullMessage, outboxEntries, states } from '../support/stored-examples.ts';

// The outbox's type lives in delivery, where src/people may not look: a registry that misses a field does not compile here.
storedRecords.outbox.fields satisfies Record<PathsOf<OutboxEntry>, FieldRow>;

if (directLineOutlet.kind !== 'logs') throw new TypeError('web chat keeps a log');
const activity = directLineOutlet.toLogEntry(fullMessage, conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'));

const examples: Readonly<Record<StoredKind, readonly object[]>> = {
  state: states,
  case: cases,
  event: Object.values(events).flat(),
  outbox: Object.values(outboxEntries),
  activity: [
    { activity },
    { activity: { ...(activity as object), suggestedActions: { to: ['nobody'], actions: [] } } },
    { activity: { type: 'canary', at: 1 } },
    { posted: { type: 'message', text: 'hola', channelData: { clientActivityID: '1' } } },
  ],
};
const kinds = Object.keys(examples) as StoredKind[];

/** Paths of every single value in something, with `[]` for the entries of a list. */
function pathsIn(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [path];
  if (Array.isArray(value)) return value.flatMap((entry) => pathsIn(entry, `${path}[]`));
  return Object.entries(value).flatMap(([name, member]) =>
    pathsIn(member, path === '' ? name : `${path}.${name}`),
  );
}

function covers(field: string, path: string): boolean {
  const parts = field.split(/(\*\*|\*)/u).map((part) => {
    if (part === '**') return '.+';
    return part === '*' ? '[^.]+' : part.replace(/[.[\]]/gu, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`, 'u').test(path);
}

describe.each(kinds)('the registry of %s', (kind) => {
  const fields = Object.keys(fieldsOf(kind));
  const paths = [...new Set(examples[kind].flatMap((example) => pathsIn(example)))];

  test('takes a full example', () => {
    for (const example of examples[kind]) checkFields(kind, example);
  });

  test('has every field of a full example, and no field that none has', () => {
    expect(paths.filter((path) => !fields.some((field) => covers(field, path)))).toEqual([]);
    expect(fields.filter((field) => !paths.some((path) => covers(field, path)))).toEqual([]);
  });

  test('says of every field what it is for, why it may be kept, how long and who reads it', () => {
    for (const field of Object.values(fieldsOf(kind))) {
      expect(field.purpose).toMatch(/^[A-Z].*\.$/u);
      expect([1, 2, 3]).toContain(field.sensitivity);
      expect(['asked-for', 'consent', 'danger', 'working']).toContain(field.basis);
      expect(['conversation', 'mailbox', 'outbox', 'case']).toContain(field.retention);
      expect(field.readers.length).toBeGreaterThan(0);
    }
  });

  test('refuses one field more at every place of a full example', () => {
    const changed = examples[kind].flatMap((example) => withOneMore(example));
    expect(changed.filter((value) => !isRefused(kind, value))).toEqual([]);
  });
});

function isRefused(kind: StoredKind, value: object): boolean {
  try {
    checkFields(kind, value);
    return false;
  } catch (error) {
    return error instanceof UnknownField && error.message.includes('curp');
  }
}

/** Copies of a value, each with one field more in one of its records; not where any name is taken. */
function withOneMore(value: object): readonly object[] {
  if (Array.isArray(value)) {
    const entries: readonly unknown[] = value;
    return entries.flatMap((entry, index) => changedMembers(entry).map((one) => entries.with(index, one)));
  }
  const deeper = Object.entries(value).flatMap(([name, member]) =>
    isFree(name) ? [] : changedMembers(member).map((one) => ({ ...value, [name]: one })),
  );
  return [{ ...value, curp: 'XXXX000000' }, ...deeper];
}

const changedMembers = (member: unknown): readonly object[] =>
  typeof member === 'object' && member !== null ? withOneMore(member) : [];

const isFree = (name: string): boolean =>
  ['values', 'slots', 'params', 'brief', 'outcome', 'input', 'posted'].includes(name);
