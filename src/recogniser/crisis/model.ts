import { createFeatureReader, slotCount } from './features.ts';
import type { Token } from '../fold.ts';

/** Weights learnt from the phrases: of each slot one for no danger, and one for each class. */
export interface CrisisModel {
  readonly biases: Float32Array;
  /** What one step of a weight is worth. */
  readonly steps: Float32Array;
  readonly weights: Int8Array;
}

/** How much a message speaks of danger (0: as likely as not), and of each class. */
export interface Opinion {
  readonly danger: number;
  readonly classes: readonly number[];
}

/** No danger, and seven classes. */
export const weightsOfSlot = 8;
/** Few words prove less than many. */
export const doubt = 10;

/** Longer messages are weighed part by part: danger in one sentence is not outweighed by ten others. */
const longestWhole = 36;
const stride = 9;
/** One sentence out of several must speak more plainly than a whole message. */
const shortestSentence = 5;
const handicapOfSentence = 1.6;
const headerBytes = 2 * weightsOfSlot * Float32Array.BYTES_PER_ELEMENT;

/** Reads a file that `encodeModel` wrote. */
export function decodeModel(bytes: Uint8Array): CrisisModel {
  if (bytes.length !== headerBytes + slotCount * weightsOfSlot)
    throw new TypeError(`the crisis model has ${bytes.length} bytes`);
  const own = Uint8Array.from(bytes);
  const header = new Float32Array(own.buffer, 0, 2 * weightsOfSlot);
  return {
    biases: header.slice(0, weightsOfSlot),
    steps: header.slice(weightsOfSlot),
    weights: new Int8Array(own.buffer, headerBytes),
  };
}

/** Writes a model as bytes: the same model, the same bytes. */
export function encodeModel({ biases, steps, weights }: CrisisModel): Uint8Array {
  const bytes = new Uint8Array(headerBytes + weights.length);
  bytes.set(new Uint8Array(biases.slice().buffer), 0);
  bytes.set(new Uint8Array(steps.slice().buffer), headerBytes / 2);
  bytes.set(new Uint8Array(weights.slice().buffer), headerBytes);
  return bytes;
}

/** Weighs messages by a model, in time that grows with their length. */
export function createOpinion(model: CrisisModel): (tokens: readonly Token[]) => Opinion {
  const visitFeatures = createFeatureReader();
  return (tokens) => {
    const sums = new Float64Array((tokens.length + 1) * weightsOfSlot);
    const sizes = new Float64Array(tokens.length + 1);
    visitFeatures(tokens, (token, slot, value) => {
      const to = (token + 1) * weightsOfSlot;
      const from = slot * weightsOfSlot;
      sizes[token + 1] = (sizes[token + 1] ?? 0) + value * value;
      for (let head = 0; head < weightsOfSlot; head += 1)
        sums[to + head] = (sums[to + head] ?? 0) + value * (model.weights[from + head] ?? 0);
    });
    accumulate(sums, weightsOfSlot);
    accumulate(sizes, 1);
    const opinions = [...windowsOf(tokens.length), ...sentencesOf(tokens)].map((part) =>
      weigh(model, { sums, sizes }, part),
    );
    return opinions.reduce((worst, next) => (next.danger > worst.danger ? next : worst));
  };
}

interface Sums {
  readonly sums: Float64Array;
  readonly sizes: Float64Array;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly handicap: number;
}

/** From here every place holds the sum of all before. */
function accumulate(values: Float64Array, width: number): void {
  for (let index = width; index < values.length; index += 1)
    values[index] = (values[index] ?? 0) + (values[index - width] ?? 0);
}

function windowsOf(length: number): readonly Part[] {
  if (length <= longestWhole) return [{ from: 0, to: length, handicap: 0 }];
  const count = Math.ceil((length - longestWhole) / stride) + 1;
  return Array.from({ length: count }, (_part, index) => {
    const to = Math.min(index * stride + longestWhole, length);
    return { from: to - longestWhole, to, handicap: 0 };
  });
}

function sentencesOf(tokens: readonly Token[]): readonly Part[] {
  const starts = tokens.flatMap(({ clause }, index) => (clause === tokens[index - 1]?.clause ? [] : [index]));
  if (starts.length < 2) return [];
  return starts
    .map((from, index) => ({ from, to: starts[index + 1] ?? tokens.length, handicap: handicapOfSentence }))
    .filter(({ from, to }) => to - from >= shortestSentence);
}

function weigh({ biases, steps }: CrisisModel, { sums, sizes }: Sums, { from, to, handicap }: Part): Opinion {
  const scale = 1 / Math.sqrt((sizes[to] ?? 0) - (sizes[from] ?? 0) + doubt);
  const scores = Array.from({ length: weightsOfSlot }, (_head, head) => {
    const sum = (sums[to * weightsOfSlot + head] ?? 0) - (sums[from * weightsOfSlot + head] ?? 0);
    return (biases[head] ?? 0) + sum * scale * (steps[head] ?? 0);
  });
  const [none = 0, ...classes] = scores;
  return { danger: logOfSum(classes) - none - handicap, classes };
}

function logOfSum(scores: readonly number[]): number {
  const most = Math.max(...scores);
  return most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
}
