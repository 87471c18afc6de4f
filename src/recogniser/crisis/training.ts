import { createFeatureReader, slotCount } from './features.ts';
import { doubt, weightsOfSlot, type CrisisModel } from './model.ts';
import { dangers, type Danger } from './signs.ts';
import type { Token } from '../fold.ts';

/** A message to learn from. `unknown`: danger, but nobody said of which class. */
export interface Example {
  readonly tokens: readonly Token[];
  readonly speaksOf: Danger | 'none' | 'unknown';
  /** How much it counts against the others. */
  readonly weight: number;
}

interface Row {
  readonly slots: Int32Array;
  readonly values: Float64Array;
  readonly example: Example;
}

/** What is learnt, and how far each weight has moved: the further, the smaller its next step. */
interface Learning {
  readonly weights: Float64Array;
  readonly moved: Float64Array;
  readonly biases: Float64Array;
  readonly biasesMoved: Float64Array;
}

const rounds = 15;
const pace = 0.3;
const restraint = 3e-4;
/** Seen in fewer messages, a thing is chance. */
const fewestSeen = 2;
const mostSteps = 127;
const smallestError = 1e-4;
const start = 1e-6;

/** Learns the weights by going through the examples in a fixed order: the same examples, the same model. */
export function trainModel(examples: readonly Example[]): CrisisModel {
  const rows = withoutRare(shuffled(examples).map(rowReader()));
  const learning: Learning = {
    weights: new Float64Array(slotCount * weightsOfSlot),
    moved: new Float64Array(slotCount * weightsOfSlot).fill(start),
    biases: new Float64Array(weightsOfSlot),
    biasesMoved: new Float64Array(weightsOfSlot).fill(start),
  };
  for (let round = 0; round < rounds; round += 1) {
    for (const row of rows) learnFrom(row, learning);
  }
  return inSteps(learning);
}

function learnFrom(row: Row, learning: Learning): void {
  const likely = likelihoods(row, learning);
  const wanted = wantedOf(row.example, likely);
  const errors = likely.map((value, head) => (value - (wanted[head] ?? 0)) * row.example.weight);
  errors.forEach((error, head) => {
    const moved = (learning.biasesMoved[head] ?? 0) + error * error;
    learning.biasesMoved[head] = moved;
    learning.biases[head] = (learning.biases[head] ?? 0) - (pace * error) / Math.sqrt(moved);
  });
  row.slots.forEach((slot, index) => {
    move(learning, slot * weightsOfSlot, row.values[index] ?? 0, errors);
  });
}

function move({ weights, moved }: Learning, from: number, value: number, errors: readonly number[]): void {
  errors.forEach((error, head) => {
    if (Math.abs(error) < smallestError) return;
    const weight = weights[from + head] ?? 0;
    const slope = error * value + restraint * weight;
    const square = (moved[from + head] ?? 0) + slope * slope;
    moved[from + head] = square;
    weights[from + head] = weight - (pace * slope) / Math.sqrt(square);
  });
}

function likelihoods(row: Row, { weights, biases }: Learning): readonly number[] {
  const scores = Array.from(biases);
  row.slots.forEach((slot, index) => {
    const value = row.values[index] ?? 0;
    for (let head = 0; head < weightsOfSlot; head += 1)
      scores[head] = (scores[head] ?? 0) + (weights[slot * weightsOfSlot + head] ?? 0) * value;
  });
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** A danger of unknown class may be of any; it is shared out as the model has it so far. */
function wantedOf({ speaksOf }: Example, likely: readonly number[]): readonly number[] {
  if (speaksOf === 'unknown') {
    const danger = 1 - (likely[0] ?? 0);
    return likely.map((value, head) => (head === 0 || danger === 0 ? 0 : value / danger));
  }
  const wanted = speaksOf === 'none' ? 0 : dangers.indexOf(speaksOf) + 1;
  return likely.map((_value, head) => Number(head === wanted));
}

function rowReader(): (example: Example) => Row {
  const visitFeatures = createFeatureReader();
  return (example) => {
    const found = new Map<number, number>();
    let size = 0;
    visitFeatures(example.tokens, (_token, slot, value) => {
      found.set(slot, (found.get(slot) ?? 0) + value);
      size += value * value;
    });
    const scale = 1 / Math.sqrt(size + doubt);
    return {
      slots: Int32Array.from(found.keys()),
      values: Float64Array.from(found.values(), (value) => value * scale),
      example,
    };
  };
}

function withoutRare(rows: readonly Row[]): readonly Row[] {
  const seen = new Uint32Array(slotCount);
  for (const { slots } of rows) for (const slot of slots) seen[slot] = (seen[slot] ?? 0) + 1;
  return rows.map(({ slots, values, example }) => {
    const kept = Array.from(slots, (slot, index) => ({ slot, value: values[index] ?? 0 })).filter(
      ({ slot }) => (seen[slot] ?? 0) >= fewestSeen,
    );
    return {
      slots: Int32Array.from(kept, ({ slot }) => slot),
      values: Float64Array.from(kept, ({ value }) => value),
      example,
    };
  });
}

/** The same disorder every time: neighbours in a file are alike, and a row of them would make the rest forgotten. */
function shuffled<Item>(items: readonly Item[]): readonly Item[] {
  const mixed = [...items];
  let seed = 1;
  for (let index = mixed.length - 1; index > 0; index -= 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    const other = seed % (index + 1);
    const [left, right] = [mixed[index], mixed[other]];
    if (left !== undefined && right !== undefined) [mixed[index], mixed[other]] = [right, left];
  }
  return mixed;
}

function inSteps({ weights, biases }: Learning): CrisisModel {
  const most = new Float64Array(weightsOfSlot);
  weights.forEach((weight, at) => {
    const head = at % weightsOfSlot;
    most[head] = Math.max(most[head] ?? 0, Math.abs(weight));
  });
  const steps = Float32Array.from(most, (largest) => (largest === 0 ? 1 : largest / mostSteps));
  return {
    biases: Float32Array.from(biases),
    steps,
    weights: Int8Array.from(weights, (weight, at) => Math.round(weight / (steps[at % weightsOfSlot] ?? 1))),
  };
}
