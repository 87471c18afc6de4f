import type { z } from 'zod';
import { factFaults, linkFaults, type Found } from './facts.ts';
import { directoryFile, type DirectoryFile, type EmergencyNumber, type Service } from './schema.ts';

/** What is wrong, where, and in which field, in a sentence for who keeps the directory. */
export interface DirectoryFault {
  readonly file: string;
  /** Id of the service or organisation, else where in the file. */
  readonly place: string;
  readonly field: string;
  readonly sentence: string;
}

/** A file of the directory as it was read, before anything is known of it; the name is without its folder. */
export type NamedContent =
  | { readonly file: string; readonly content: unknown; readonly unreadable?: never }
  | { readonly file: string; readonly content?: never; readonly unreadable: string };

/** What the files hold, and everything that is wrong with them. */
export interface CheckedDirectory {
  readonly services: readonly Service[];
  readonly emergency: ReadonlyMap<string, readonly EmergencyNumber[]>;
  readonly faults: readonly DirectoryFault[];
}

/** Checks all files at once: first each file's shape, then its facts, then what the files say of each other. */
export function checkDirectory(files: readonly NamedContent[]): CheckedDirectory {
  const faults: DirectoryFault[] = [];
  const sound: { readonly file: string; readonly entry: DirectoryFile }[] = [];
  for (const { file, content, unreadable } of files) {
    if (unreadable !== undefined) {
      faults.push({
        file,
        place: 'the file',
        field: 'the content',
        sentence: `cannot be read: ${unreadable}`,
      });
      continue;
    }
    const read = directoryFile.safeParse(content);
    if (read.success) sound.push({ file, entry: read.data });
    else faults.push(...read.error.issues.flatMap((issue) => shapeFaults(issue, file, content)));
  }
  for (const { file, entry } of sound)
    faults.push(...factFaults(file, entry).map((found) => within(file, found)));
  // A file that cannot be read may hold what the others point to.
  if (sound.length === files.length) {
    for (const { file, ...found } of linkFaults(sound)) faults.push(within(file, found));
  }
  return {
    services: sound.flatMap(({ entry }) => servicesOf(entry)),
    emergency: new Map(sound.map(({ entry }) => [entry.country, entry.emergency])),
    faults,
  };
}

/** A fault as one line for a terminal or a log. */
export function faultLine({ file, place, field, sentence }: DirectoryFault): string {
  return `${file}: ${place}: ${field} ${sentence}`;
}

const within = (file: string, { place, field, sentence }: Found): DirectoryFault => ({
  file,
  place,
  field,
  sentence,
});

function servicesOf(entry: DirectoryFile): readonly Service[] {
  const names = new Map(entry.organizations.map(({ id, name }) => [id, name]));
  return entry.services.map((service) => ({
    ...service,
    country: entry.country,
    organisation: names.get(service.organization_id) ?? '',
  }));
}

function shapeFaults(issue: z.core.$ZodIssue, file: string, content: unknown): readonly DirectoryFault[] {
  if (issue.code !== 'unrecognized_keys') {
    const { place, field } = locate(issue.path, content);
    return [{ file, place, field, sentence: sentenceOf(issue, content) }];
  }
  return issue.keys.map((key) => {
    const { place, field } = locate([...issue.path, key], content);
    return { file, place, field, sentence: 'is no field of this format; look at its spelling' };
  });
}

/** `services[3].phones[0].kind` is the field `phones[0].kind` of the service with that id. */
function locate(path: readonly PropertyKey[], content: unknown): { place: string; field: string } {
  const [list, index, ...rest] = path;
  if ((list === 'services' || list === 'organizations') && typeof index === 'number') {
    const id = valueAt([list, index, 'id'], content);
    const place = typeof id === 'string' && id !== '' ? id : `${list}[${index}]`;
    return { place, field: rest.length === 0 ? 'the entry' : written(rest) };
  }
  return { place: 'the file', field: path.length === 0 ? 'the content' : written(path) };
}

function written(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`,
    '',
  );
}

function valueAt(path: readonly PropertyKey[], content: unknown): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined),
    content,
  );
}

function sentenceOf(issue: z.core.$ZodIssue, content: unknown): string {
  const value = valueAt(issue.path, content);
  if (value === undefined) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `should be ${kinds[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `should be one of ${issue.values.join(', ')}`;
    default:
      return issue.message;
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of fields in braces',
};
