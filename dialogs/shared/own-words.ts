import type { Intent, Understanding } from '../../src/core/recognition.ts';
import { sureEnough } from '../../src/core/repair.ts';

const longest = 60;
const mostWords = 6;
const plainWords = /^\p{L}[\p{L}\p{M}\s'’.,()-]*$/u;
const leadIns = [
  /^(?:yo\s+)?(?:quiero|quisiera|kiero|me gustar[ií]a|busco|necesito)\s+/iu,
  /^i(?:'d| would)?\s+(?:want|like|need)(?:\s+to)?\s+/iu,
  /^(?:aprender|estudiar|learn|study)(?:\s+(?:a|about|sobre))?\s+/iu,
  /^(?:un[oa]?s?|a)\s+(?:curso|taller|course|class)s?\s+(?:de|del|sobre|in|on|of)\s+/iu,
  /^(?:(?:ahora|now|yo|i)\s+)?(?:estoy|vivo|soy|ando|i'?m|am|live)\s+/iu,
  /^(?:en|de|por|in|near|from|cerca de)\s+/iu,
];
const notAnAnswer = new Set(
  (
    'si no ok okay va vaya dale bueno claro gracias hola buenas oiga disculpe ayuda yes nope yeah hello hi hey ' +
    'thanks thank you please por favor que como cuando donde cuanto porque what how when where why'
  ).split(' '),
);
const expected: readonly Intent[] = [
  'training_search',
  'training_enrol',
  'out_of_scope',
  'office_locations_hours',
];

/**
 * A short name in the person's own words, freed of "I want to learn"; undefined when the message holds digits, is long,
 * is no name, or plainly asks for something else.
 */
export function ownWords(text: string, understanding: Understanding): string | undefined {
  const best = understanding.candidates[0];
  if (best !== undefined && best.confidence >= sureEnough && !expected.includes(best.intent))
    return undefined;
  let words = text.trim().replace(/[\s.,;!¡]+$/u, '');
  for (const leadIn of leadIns) words = words.replace(leadIn, '');
  const count = words.split(/\s+/u).length;
  if (words.length < 3 || words.length > longest || count > mostWords || !plainWords.test(words))
    return undefined;
  const folded = words.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').split(/\s+/u);
  return folded.every((word) => notAnAnswer.has(word)) ? undefined : words;
}
