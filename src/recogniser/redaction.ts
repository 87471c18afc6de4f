import names from './words/names.json' with { type: 'json' };
import { addressesIn } from './redaction/addresses.ts';
import { amountsIn } from './redaction/amounts.ts';
import { codesIn } from './redaction/codes.ts';
import { datesIn } from './redaction/dates.ts';
import { runsOf } from './redaction/digits.ts';
import { joined, type Found } from './redaction/found.ts';
import { foldedWords } from './redaction/lists.ts';
import { mailsIn } from './redaction/mail.ts';
import { namesIn } from './redaction/names.ts';
import { numbersIn } from './redaction/numbers.ts';
import { plainOf } from './redaction/plain.ts';

/** A text without what tells of a person. `originals` says what each placeholder stands for; it never leaves this machine. */
export interface Redacted {
  readonly text: string;
  readonly originals: ReadonlyMap<string, string>;
}

/** Takes names, phones, addresses, numbers of papers and the like out of a text (safety.md F4). */
export type Redact = (text: string) => Redacted;

/** Longer texts are cut before they are looked at. */
const longest = 2_000;
/** A number that the cut went through would not be known as one: so much of the end is left out. */
const uncertainEnd = 120;

/** Prepares redaction once. `places`: names that are places, so that "Francisco Morazán" stays. */
export function createRedactor(places: readonly string[] = []): Redact {
  const known = new Set([...places, ...names.places].map((place) => foldedWords(place).join(' ')));
  return (text) => {
    const cut = text.slice(0, longest);
    const plain = plainOf(cut);
    const found = joined(personalIn(plain, known));
    const end = text.length < longest ? cut.length : longest - uncertainEnd;
    return replaced(
      cut,
      found.map((one) => ({ ...one, ...plain.source(one.from, one.to) })),
      end,
    );
  };
}

/** Puts back what placeholders stand for. */
export function restored(text: string, { originals }: Redacted): string {
  return text.replace(/\[[A-Z]+_\d+\]/gu, (placeholder) => originals.get(placeholder) ?? placeholder);
}

function personalIn(plain: ReturnType<typeof plainOf>, places: ReadonlySet<string>): readonly Found[] {
  const { tokens } = plain;
  const runs = runsOf(tokens);
  return [
    ...mailsIn(plain),
    ...datesIn(plain.text.toLowerCase()),
    ...addressesIn(tokens),
    ...codesIn(plain),
    ...numbersIn(tokens, runs),
    ...amountsIn(tokens, runs),
    ...namesIn(plain, places),
  ];
}

function replaced(text: string, found: readonly Found[], end: number): Redacted {
  const originals = new Map<string, string>();
  const placeholders = new Map<string, string>();
  const counts = new Map<string, number>();
  let result = '';
  let at = 0;
  for (const { kind, from, to } of found) {
    if (from >= end) break;
    const original = text.slice(from, to);
    const key = `${kind} ${original.toLowerCase()}`;
    const count = (counts.get(kind) ?? 0) + 1;
    const placeholder = placeholders.get(key) ?? `[${kind}_${count}]`;
    if (!placeholders.has(key)) counts.set(kind, count);
    placeholders.set(key, placeholder);
    originals.set(placeholder, original);
    result += text.slice(at, from) + placeholder;
    at = to;
  }
  return { text: result + text.slice(Math.min(at, text.length), Math.max(at, end)), originals };
}
