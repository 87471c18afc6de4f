import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { encodeModel } from '../../src/recogniser/model/model-file.ts';
import { inputsDigest } from './training/inputs.ts';
import { readLanguageSamples, readPhrases } from './training/phrases.ts';
import { trainIntents } from './training/train-intents.ts';
import { trainLanguages } from './training/train-languages.ts';

/**
 * `npm run train`: writes the models that the service reads, trained on every writer.
 * How good they are is measured on writers kept apart: `npm run evaluate`.
 */
const folder = path.join(import.meta.dirname, '..', '..', 'src', 'recogniser', 'model');
const inputs = inputsDigest();
const phrases = readPhrases();
write('intents.bin', encodeModel(trainIntents(phrases, { inputs })));
write('languages.bin', encodeModel(trainLanguages([...phrases, ...readLanguageSamples()], inputs)));

function write(name: string, bytes: Uint8Array): void {
  writeFileSync(path.join(folder, name), bytes);
  console.log(`${name}: ${String(bytes.byteLength)} bytes`);
}
