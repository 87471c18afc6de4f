import { z } from 'zod';
import type { KnownTrade } from '../core/recognition.ts';
import type { DirectoryFault, NamedContent } from './check.ts';

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
export function readTrades({ content, unreadable }: NamedContent): {
  readonly trades: readonly Trade[];
  readonly faults: readonly DirectoryFault[];
} {
  if (unreadable !== undefined) {
    return { trades: [], faults: [fault('the content', `cannot be read: ${unreadable}`)] };
  }
  const read = tradeFile.safeParse(content);
  if (!read.success) {
    return {
      trades: [],
      faults: read.error.issues.map(({ path, message }) => fault(path.join('.'), message)),
    };
  }
  const trades = read.data.trades.map(({ name, alike = [], words }) => ({
    name,
    alike,
    words: [name, ...words],
  }));
  return { trades, faults: [] };
}

const fault = (field: string, sentence: string): DirectoryFault => ({
  file: 'trades.json',
  place: 'the file',
  field,
  sentence,
});
