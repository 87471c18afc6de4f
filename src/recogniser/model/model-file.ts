import { z } from 'zod';
import type { ViewWeights } from './linear-view.ts';

/** A trained model: what `npm run train` writes and the recogniser reads. */
export interface ModelFile {
  readonly labels: readonly string[];
  /** Digest of everything the training read, so that a stale file is noticed. */
  readonly inputs: string;
  /** Words of the phrases as they sound, and how many messages had each. */
  readonly words: readonly (readonly [string, number])[];
  readonly views: readonly (ViewWeights & { readonly name: string })[];
}

const magic = 'PUENTEM1';
const headerStart = 12;
const alignment = 4;

const headerSchema = z.object({
  labels: z.array(z.string()).min(2),
  inputs: z.string(),
  words: z.array(z.tuple([z.string(), z.number()])),
  views: z.array(
    z.object({
      name: z.string(),
      rows: z.int().min(0),
      scales: z.array(z.number()),
      biases: z.array(z.number()),
    }),
  ),
});

/** Writes a model as bytes: a small JSON header, then the numbers of each view. */
export function encodeModel({ labels, inputs, words, views }: ModelFile): Uint8Array {
  const header = new TextEncoder().encode(
    JSON.stringify({
      labels,
      inputs,
      words,
      views: views.map(({ name, hashes, scales, biases }) => ({ name, rows: hashes.length, scales, biases })),
    }),
  );
  const parts = [header, ...views.flatMap(({ hashes, rarities, weights }) => [hashes, rarities, weights])];
  const bytes = new Uint8Array(headerStart + parts.reduce((size, part) => size + padded(part.byteLength), 0));
  bytes.set(new TextEncoder().encode(magic));
  new DataView(bytes.buffer).setUint32(magic.length, header.byteLength, true);
  let at = headerStart;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += padded(part.byteLength);
  }
  return bytes;
}

/** Reads a model; throws when the bytes are no model. */
export function decodeModel(bytes: Uint8Array): ModelFile {
  if (new TextDecoder().decode(bytes.subarray(0, magic.length)) !== magic)
    throw new Error('Not a model file: run "npm run train".');
  const aligned = new Uint8Array(bytes).buffer;
  const headerLength = new DataView(aligned).getUint32(magic.length, true);
  const text = new TextDecoder().decode(new Uint8Array(aligned, headerStart, headerLength));
  const { labels, inputs, words, views } = headerSchema.parse(JSON.parse(text));
  let at = headerStart + padded(headerLength);
  const next = (length: number) => {
    const start = at;
    at += padded(length);
    return start;
  };
  return {
    labels,
    inputs,
    words,
    views: views.map(({ name, rows, scales, biases }) => ({
      name,
      scales,
      biases,
      hashes: new Uint32Array(aligned, next(rows * Uint32Array.BYTES_PER_ELEMENT), rows),
      rarities: new Uint8Array(aligned, next(rows), rows),
      weights: new Int8Array(aligned, next(rows * labels.length), rows * labels.length),
    })),
  };
}

const padded = (length: number): number => Math.ceil(length / alignment) * alignment;
