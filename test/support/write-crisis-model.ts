import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { examplesFrom } from '../../src/recogniser/crisis/examples.ts';
import { encodeModel } from '../../src/recogniser/crisis/model.ts';
import { trainModel } from '../../src/recogniser/crisis/training.ts';

// Learns the crisis model from the phrases and writes it: `node test/support/write-crisis-model.ts [FILE]`.
const recogniser = new URL('../../src/recogniser/', import.meta.url);
const [, , file] = process.argv;
writeFileSync(
  file === undefined ? new URL('crisis/weights.bin', recogniser) : pathToFileURL(file),
  encodeModel(trainModel(examplesFrom(new URL('phrases/', recogniser)))),
);
