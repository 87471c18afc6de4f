/** Words by which people choose from an offer, folded, of all languages at once. */
export interface ChoiceWords {
  readonly numbers: ReadonlyMap<string, number>;
  /** Say nothing about which: "the", "option". */
  readonly fillers: ReadonlySet<string>;
  readonly yes: Assent;
  readonly no: Assent;
  /** May follow a yes or a no. */
  readonly polite: readonly string[];
}

/** Ways to say yes, or no: `exact` also where it cannot be undone. */
export interface Assent {
  readonly exact: readonly string[];
  readonly also: readonly string[];
}
