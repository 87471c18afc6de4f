/** What may stand at one place of a stored value. */
export interface Place {
  readonly members: Map<string, Place>;
  /** Of any name: `*`. */
  anyMember?: Place;
  /** Of an array: `[]`. */
  entry?: Place;
  /** A text, number or the like. */
  isLeaf: boolean;
  /** Anything, bounded: `**`. */
  isFree: boolean;
}

/** Where a value goes against the registry, and how. */
export interface Fault {
  readonly path: string;
  readonly fault: string;
}

/** Free-form values hold this many characters at most, names included, and lie this deep at most. */
export const freeFormLimit = 32 * 1024;
const deepest = 12;
const longestName = 40;

/** The registry's paths as a tree, so that checking follows the value once. */
export function compile(fields: Readonly<Record<string, unknown>>): Place {
  const root = newPlace();
  for (const path of Object.keys(fields)) {
    let place = root;
    for (const part of path.match(/\[\]|[^.[\]]+/gu) ?? []) {
      if (part === '**') place.isFree = true;
      else place = stepInto(place, part);
    }
    if (!path.endsWith('**')) place.isLeaf = true;
  }
  return root;
}

/** The first place of a value that the registry does not know; undefined when it knows all. */
export function find(place: Place, value: unknown): Fault | undefined {
  if (place.isFree)
    return freeForm(value, deepest) > freeFormLimit ? { path: '', fault: 'is too large' } : undefined;
  if (typeof value !== 'object' || value === null) {
    return place.isLeaf || value === undefined ? undefined : { path: '', fault: 'is not in the registry' };
  }
  if (Array.isArray(value)) return findInEntries(place.entry, value);
  for (const name in value) {
    const member = place.members.get(name) ?? place.anyMember;
    if (member === undefined) return { path: shown(name), fault: 'is not in the registry' };
    // A name of this very value; what stands there is looked at again.
    const found = find(member, (value as Record<string, unknown>)[name]);
    if (found !== undefined) return { ...found, path: joined(shown(name), found.path) };
  }
  return undefined;
}

function findInEntries(entry: Place | undefined, values: readonly unknown[]): Fault | undefined {
  if (entry === undefined) return { path: '[]', fault: 'is not in the registry' };
  for (const value of values) {
    const found = find(entry, value);
    if (found !== undefined) return { ...found, path: joined('[]', found.path) };
  }
  return undefined;
}

/** Characters of anything, by and large; more than the limit as soon as it is too deep. */
function freeForm(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (depth === 0) return Number.POSITIVE_INFINITY;
  let size = 2;
  if (Array.isArray(value)) {
    for (const entry of value) size += freeForm(entry, depth - 1) + 1;
    return size;
  }
  for (const name in value) {
    size += name.length + freeForm((value as Record<string, unknown>)[name], depth - 1) + 1;
  }
  return size;
}

function stepInto(place: Place, part: string): Place {
  if (part === '[]') return (place.entry ??= newPlace());
  if (part === '*') return (place.anyMember ??= newPlace());
  const known = place.members.get(part) ?? newPlace();
  place.members.set(part, known);
  return known;
}

function newPlace(): Place {
  return { members: new Map(), isLeaf: false, isFree: false };
}

/** A name made by a fault of ours could hold what somebody wrote: only short plain ones are shown. */
const shown = (name: string): string =>
  name.length <= longestName && /^[\w:-]+$/u.test(name) && !/\d{6}/u.test(name) ? name : '(a name)';

const joined = (name: string, rest: string): string =>
  rest === '' || rest.startsWith('[') ? `${name}${rest}` : `${name}.${rest}`;
