import { featureValue, rarityStep } from '../../../src/recogniser/model/linear-view.ts';
import { blockCount, type FeatureSink } from '../../../src/recogniser/model/features.ts';

/** Looked up once: in the tests' realm every look-up of a global is slow. */
const { log, round } = Math;

/** One training message: the kept features it has, with their worth, and its label. */
export interface Sample {
  readonly rows: Uint32Array;
  readonly values: Float32Array;
  readonly label: number;
}

/** Messages as features, ready for fitting. */
export interface Corpus {
  readonly hashes: Uint32Array;
  readonly rarities: Uint8Array;
  readonly samples: readonly Sample[];
}

/** How many features to keep, and in how many messages one must come. */
export interface Keep {
  readonly rows: number;
  readonly least: number;
}

interface Document {
  /** For each block, numbers of features and how often each comes. */
  readonly blocks: readonly ReadonlyMap<number, number>[];
  readonly label: number;
}

/** Counts the features of all messages and keeps those that tell labels apart best. */
export function createCorpus(
  collectors: readonly ((add: FeatureSink) => void)[],
  labels: readonly number[],
  labelCount: number,
  keep: Keep,
): Corpus {
  const numbers = new Map<number, number>();
  const documents = collectors.map((collect, index) => documentOf(collect, labels[index]!, numbers));
  const { frequencies, gains } = statistics(documents, numbers.size, labelCount);
  const hashes = [...numbers.keys()];
  const kept = hashes
    .map((hash, number) => ({ hash, number }))
    .filter(({ number }) => frequencies[number]! >= keep.least)
    .sort((left, right) => gains[right.number]! - gains[left.number]! || left.hash - right.hash)
    .slice(0, keep.rows)
    .sort((left, right) => left.hash - right.hash);
  const rowOf = new Map(kept.map(({ number }, row) => [number, row]));
  const rarities = Uint8Array.from(kept, ({ number }) =>
    round((1 + log((1 + documents.length) / (1 + frequencies[number]!))) / rarityStep),
  );
  return {
    hashes: Uint32Array.from(kept, ({ hash }) => hash),
    rarities,
    samples: documents.map((document) => sampleOf(document, rowOf, rarities)),
  };
}

function documentOf(
  collect: (add: FeatureSink) => void,
  label: number,
  numbers: Map<number, number>,
): Document {
  const counts = Array.from({ length: blockCount }, () => new Map<number, number>());
  collect((block, hash) => {
    const number = numbers.get(hash) ?? numbers.size;
    numbers.set(hash, number);
    const features = counts[block]!;
    features.set(number, (features.get(number) ?? 0) + 1);
  });
  return { blocks: counts, label };
}

/** In how many messages each feature comes, and how far its labels are from what chance would give. */
function statistics(documents: readonly Document[], size: number, labelCount: number) {
  const frequencies = new Float64Array(size);
  const byLabel = new Uint16Array(size * labelCount);
  const labelSizes = new Float64Array(labelCount);
  for (const { blocks, label } of documents) {
    labelSizes[label]! += 1;
    for (const features of blocks) {
      for (const number of features.keys()) {
        frequencies[number]! += 1;
        byLabel[number * labelCount + label]! += 1;
      }
    }
  }
  const gains = new Float64Array(size);
  for (let number = 0; number < size; number += 1) {
    for (let label = 0; label < labelCount; label += 1) {
      const seen = byLabel[number * labelCount + label]!;
      const expected = (frequencies[number]! * labelSizes[label]!) / documents.length;
      if (seen > 0) gains[number]! += seen * log(seen / expected);
    }
  }
  return { frequencies, gains };
}

function sampleOf(
  { blocks, label }: Document,
  rowOf: ReadonlyMap<number, number>,
  rarities: Uint8Array,
): Sample {
  const rows: number[] = [];
  const values: number[] = [];
  for (const features of blocks) {
    const first = values.length;
    for (const [number, count] of features) {
      const row = rowOf.get(number);
      if (row === undefined) continue;
      rows.push(row);
      values.push(featureValue(rarities[row]!, count));
    }
    const length = Math.hypot(...values.slice(first)) || 1;
    for (let index = first; index < values.length; index += 1) values[index]! /= length;
  }
  return { rows: Uint32Array.from(rows), values: Float32Array.from(values), label };
}
