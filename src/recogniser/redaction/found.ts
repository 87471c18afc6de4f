/** What a piece of text tells of a person. */
export type PersonalKind =
  'EMAIL' | 'LINK' | 'DATE' | 'ADDRESS' | 'CARD' | 'ID' | 'CODE' | 'PLATE' | 'PHONE' | 'AMOUNT' | 'NAME';

/** Where it stands in the plain text. */
export interface Found {
  readonly kind: PersonalKind;
  readonly from: number;
  readonly to: number;
}

/** Joins what overlaps into one; the kind is that of the first in the list. */
export function joined(found: readonly Found[]): readonly Found[] {
  const ordered = found
    .map((one, rank) => ({ ...one, rank }))
    .sort((left, right) => left.from - right.from || left.rank - right.rank);
  const result: (Found & { readonly rank: number })[] = [];
  for (const one of ordered) {
    const last = result.at(-1);
    if (last === undefined || one.from >= last.to) {
      result.push(one);
      continue;
    }
    const { kind, rank } = one.rank < last.rank ? one : last;
    result[result.length - 1] = { kind, rank, from: last.from, to: Math.max(last.to, one.to) };
  }
  return result;
}
