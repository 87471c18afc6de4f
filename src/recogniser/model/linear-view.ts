import { blockCount, type FeatureSink } from './features.ts';

/** Looked up once: in the tests' realm every look-up of a global is slow. */
const { sqrt, exp, log, max, ceil, log2 } = Math;

/** Weights of one view: a row for each feature that was worth keeping, a column for each label. */
export interface ViewWeights {
  /** Hash of each row's feature. */
  readonly hashes: Uint32Array;
  /** How telling a feature is, in steps of `rarityStep`. */
  readonly rarities: Uint8Array;
  readonly weights: Int8Array;
  /** What one step of a weight is worth, for each label. */
  readonly scales: readonly number[];
  readonly biases: readonly number[];
}

/** Rarity (inverse document frequency) is kept in steps of this size. */
export const rarityStep = 1 / 20;

/** A message's evidence in one view. */
export interface ViewReading {
  readonly probabilities: Float64Array;
  /** Share of the features that the view knows, 0 to 1. */
  readonly knownShare: number;
}

/** Finds a feature's row by its hash; -1 when there is none. */
export function createRowIndex(hashes: Uint32Array): (hash: number) => number {
  const bits = ceil(log2(max(2, hashes.length * 2)));
  const slots = new Int32Array(2 ** bits).fill(-1);
  const mask = slots.length - 1;
  for (const [row, hash] of hashes.entries()) {
    let slot = hash & mask;
    while ((slots[slot] ?? -1) !== -1) slot = (slot + 1) & mask;
    slots[slot] = row;
  }
  return (hash) => {
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = slots[slot] ?? -1;
      if (row === -1 || hashes[row] === hash) return row;
    }
  };
}

/** Prepares a view for reading; `collect` gives a message's features. */
export function createViewReader(view: ViewWeights): (collect: (add: FeatureSink) => void) => ViewReading {
  const rowOf = createRowIndex(view.hashes);
  const counts = new Uint16Array(view.hashes.length);
  const touched = Array.from({ length: blockCount }, () => new Int32Array(view.hashes.length));
  return (collect) => {
    const sizes = new Int32Array(blockCount);
    let seen = 0;
    let known = 0;
    collect((block, hash) => {
      seen += 1;
      const row = rowOf(hash);
      if (row === -1) return;
      known += 1;
      const count = counts[row] ?? 0;
      counts[row] = count + 1;
      const rows = touched[block];
      if (count > 0 || rows === undefined) return;
      rows[sizes[block] ?? 0] = row;
      sizes[block] = (sizes[block] ?? 0) + 1;
    });
    const sums = new Float64Array(view.biases.length);
    for (const [block, rows] of touched.entries())
      addBlock(view, rows.subarray(0, sizes[block]), counts, sums);
    const logits = sums.map((sum, label) => sum * (view.scales[label] ?? 0) + (view.biases[label] ?? 0));
    return { probabilities: shares(logits), knownShare: seen === 0 ? 0 : known / seen };
  };
}

/** Adds one block's evidence to the sums, brought to length one, and clears its counts. */
function addBlock(view: ViewWeights, rows: Int32Array, counts: Uint16Array, sums: Float64Array): void {
  const values = new Float64Array(rows.length);
  let square = 0;
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? 0;
    const value = featureValue(view.rarities[row] ?? 0, counts[row] ?? 0);
    counts[row] = 0;
    values[index] = value;
    square += value * value;
  }
  const length = sqrt(square) || 1;
  for (let index = 0; index < rows.length; index += 1) {
    const start = (rows[index] ?? 0) * sums.length;
    const value = (values[index] ?? 0) / length;
    for (let label = 0; label < sums.length; label += 1)
      sums[label] = (sums[label] ?? 0) + value * (view.weights[start + label] ?? 0);
  }
}

/** How much a feature counts that comes so often in a message. */
export function featureValue(rarity: number, count: number): number {
  return rarity * rarityStep * (1 + log(count));
}

function shares(logits: Float64Array): Float64Array {
  const highest = max(...logits);
  const odds = logits.map((logit) => exp(logit - highest));
  const total = odds.reduce((sum, odd) => sum + odd, 0);
  return odds.map((odd) => odd / total);
}
