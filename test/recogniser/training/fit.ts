import type { ViewWeights } from '../../../src/recogniser/model/linear-view.ts';
import type { Corpus, Sample } from './corpus.ts';
import { shuffle } from './noise.ts';

/** Looked up once: in the tests' realm every look-up of a global is slow. */
const { sqrt, exp, max, min, round, abs } = Math;

/** How long and how fast to learn. */
export interface Pace {
  readonly rounds: number;
  readonly step: number;
  /** Pull of every weight towards nothing. */
  readonly decay: number;
  /** Divides the evidence afterwards, so that probabilities come true. */
  readonly temperature: number;
}

const biasStep = 0.02;
const firstGradient = 1e-3;
/** Of the weights of a label the largest few in ten thousand are cut, so that the rest keep their detail. */
const cutFrom = 0.9995;
const largestStep = 127;

/** Multinomial logistic regression by AdaGrad, one message after another in an order that the draw decides. */
export function fitView(corpus: Corpus, labelCount: number, pace: Pace, draw: () => number): ViewWeights {
  const weights = new Float32Array(corpus.hashes.length * labelCount);
  const gradients = new Float32Array(weights.length).fill(firstGradient);
  const biases = new Float32Array(labelCount);
  const errors = new Float32Array(labelCount);
  const order = Uint32Array.from(corpus.samples, (_sample, index) => index);
  for (let round = 0; round < pace.rounds; round += 1) {
    shuffle(order, draw);
    for (const index of order) {
      const sample = corpus.samples[index]!;
      judge(sample, weights, biases, errors);
      for (let label = 0; label < labelCount; label += 1) biases[label]! -= biasStep * errors[label]!;
      learn(sample, errors, weights, gradients, pace);
    }
  }
  return quantise(corpus, weights, biases, pace.temperature);
}

/** Probability of each label less one for the right one. */
function judge(
  { rows, values, label }: Sample,
  weights: Float32Array,
  biases: Float32Array,
  errors: Float32Array,
): void {
  const count = errors.length;
  errors.set(biases);
  for (let index = 0; index < rows.length; index += 1) {
    const start = rows[index]! * count;
    const value = values[index]!;
    for (let other = 0; other < count; other += 1) errors[other]! += weights[start + other]! * value;
  }
  let highest = -Infinity;
  for (let other = 0; other < count; other += 1) highest = max(highest, errors[other]!);
  let total = 0;
  for (let other = 0; other < count; other += 1) {
    errors[other] = exp(errors[other]! - highest);
    total += errors[other]!;
  }
  for (let other = 0; other < count; other += 1) errors[other]! /= total;
  errors[label]! -= 1;
}

function learn(
  { rows, values }: Sample,
  errors: Float32Array,
  weights: Float32Array,
  gradients: Float32Array,
  { step, decay }: Pace,
): void {
  const count = errors.length;
  for (let index = 0; index < rows.length; index += 1) {
    const start = rows[index]! * count;
    const value = values[index]!;
    for (let label = 0; label < count; label += 1) {
      const at = start + label;
      const gradient = errors[label]! * value + decay * weights[at]!;
      gradients[at]! += gradient * gradient;
      weights[at]! -= (step * gradient) / sqrt(gradients[at]!);
    }
  }
}

/** Weights as whole steps from -127 to 127, a size of step for each label. */
function quantise(
  { hashes, rarities }: Corpus,
  weights: Float32Array,
  biases: Float32Array,
  temperature: number,
): ViewWeights {
  const count = biases.length;
  const scales = Array.from(biases, (_bias, label) => {
    const sizes = Float32Array.from(hashes, (_hash, row) => abs(weights[row * count + label]!)).sort();
    return (sizes[Math.floor((sizes.length - 1) * cutFrom)] ?? 0) / largestStep || 1;
  });
  const steps = Int8Array.from(weights, (weight, at) =>
    max(-largestStep, min(largestStep, round(weight / scales[at % count]!))),
  );
  const cooled = (value: number) => Number((value / temperature).toPrecision(6));
  return { hashes, rarities, weights: steps, scales: scales.map(cooled), biases: Array.from(biases, cooled) };
}
