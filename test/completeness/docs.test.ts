import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pages } from '../support/write-docs.ts';

const root = path.join(import.meta.dirname, '../..');

test.each(Object.entries(pages))('%s says what the code says (npm run docs)', (file, render) => {
  expect(readFileSync(path.join(root, file), 'utf8')).toBe(render());
});
