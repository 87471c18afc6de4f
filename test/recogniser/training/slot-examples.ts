import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** A message and what it says, as a line of slots.tsv: text, then JSON. */
export interface SlotExample {
  readonly text: string;
  readonly slots: Readonly<Record<string, unknown>>;
}

/** How many of the slots were found. */
export interface SlotScore {
  readonly wanted: number;
  readonly given: number;
  readonly right: number;
  readonly misses: readonly string[];
}

const slotsSchema = z.record(z.string(), z.unknown());

/** Reads the messages with their slots. */
export function readSlotExamples(): readonly SlotExample[] {
  return readFileSync(path.join(import.meta.dirname, '..', 'slots.tsv'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [text = '', json = ''] = line.split('\t');
      return { text, slots: slotsSchema.parse(JSON.parse(json)) };
    });
}

/** A slot is right when its value, or all its values in any order, are the wanted ones. */
export function scoreSlots(
  examples: readonly SlotExample[],
  slotsOf: (text: string) => Readonly<Record<string, unknown>>,
): SlotScore {
  const results = examples.map(({ text, slots }) => {
    const found = slotsOf(text);
    const missed = Object.entries(slots).filter(([name, value]) => !isSame(found[name], value));
    return {
      wanted: Object.keys(slots).length,
      given: Object.keys(found).length,
      missed: missed.map(
        ([name, value]) =>
          `${text}: ${name} ${JSON.stringify(value)}, got ${JSON.stringify(found[name] ?? null)}`,
      ),
    };
  });
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const misses = results.flatMap(({ missed }) => missed);
  const wanted = sum(results.map((result) => result.wanted));
  return { wanted, given: sum(results.map((result) => result.given)), right: wanted - misses.length, misses };
}

function isSame(found: unknown, wanted: unknown): boolean {
  const listed = (value: unknown) => JSON.stringify([value].flat().map(String).sort());
  return found !== undefined && listed(found) === listed(wanted);
}
