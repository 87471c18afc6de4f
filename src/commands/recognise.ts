import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { languageTag } from '../core/ids.ts';
import type { Recogniser, Understanding } from '../core/recognition.ts';

/** Reads JSON lines `{text, lang?}`, writes what the recogniser makes of each, in order (contract.md 4). Exit code 1 when a line was bad. */
export async function recogniseLines(
  recogniser: Recogniser,
  input: Readable,
  output: Writable,
): Promise<number> {
  let code = 0;
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const request = requestIn(line);
    if ('error' in request) code = 1;
    const answer = 'error' in request ? request : answerTo(recogniser, request);
    if (!output.write(`${JSON.stringify(answer)}\n`))
      await new Promise((resolve) => output.once('drain', resolve));
  }
  return code;
}

interface Request {
  readonly text: string;
  readonly lang?: string;
}

function requestIn(line: string): Request | { readonly error: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { error: 'not JSON' };
  }
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') {
    return { error: 'expected an object with a text' };
  }
  if (!('lang' in value) || value.lang === undefined || value.lang === null) return { text: value.text };
  return typeof value.lang === 'string' && /^[a-z]{2,3}$/u.test(value.lang)
    ? { text: value.text, lang: value.lang }
    : { error: 'expected lang as two or three letters' };
}

function answerTo(recogniser: Recogniser, { text, lang }: Request) {
  const understood = recogniser.recognise(text, lang === undefined ? {} : { language: languageTag(lang) });
  const [best, ...alternatives] = understood.candidates;
  return {
    text,
    intent: best?.intent ?? 'out_of_scope',
    confidence: rounded(best?.confidence ?? 0),
    language: understood.language,
    slots: understood.slots,
    crisis: understood.crisis,
    alternatives: alternatives.map(shown),
  };
}

const shown = ({ intent, confidence }: Understanding['candidates'][number]) => ({
  intent,
  confidence: rounded(confidence),
});
const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
