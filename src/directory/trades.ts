import { z } from 'zod';
import type { KnownTrade } from '../core/recognition.ts';
import type { DirectoryFault } from './check.ts';

const word = z.string().min(2, 'should have at least two letters');
const tradeFile = z.strictObject({
  about: z.string(),
  trades: z.array(
    z.strictObject({
      name: word,
      alike: z.array(word).optional(),
      words: z.array(word).min(1, 'should not be empty'),
    }),
  ),
});

/** A trade with the course names that also answer a question about it. */
export interface Trade extends KnownTrade {
  readonly alike: readonly string[];
}

/** Reads `trades.json`, and what is wrong with it. The name is one of the words. */
export function readTrades(content: unknown): {
  readonly trades: readonly Trade[];
  readonly faults: readonly DirectoryFault[];
} {
  const read = tradeFile.safeParse(content);
  if (!read.success) {
    const faults = read.error.issues.map(({ path, message }) => ({
      file: 'trades.json',
      place: 'the file',
      field: path.join('.'),
      sentence: message,
    }));
    return { trades: [], faults };
  }
  const trades = read.data.trades.map(({ name, alike = [], words }) => ({
    name,
    alike,
    words: [name, ...words],
  }));
  return { trades, faults: [] };
}
