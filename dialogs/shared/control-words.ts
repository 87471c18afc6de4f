import { controls, type Control } from '../../src/core/draft.ts';
import words from './control-words.json' with { type: 'json' };

/** Words of a control in one language: `whole` only as the whole message, `phrases` also inside a short one. */
interface ControlWords {
  readonly whole: readonly string[];
  readonly phrases?: readonly string[];
}

/** A phrase inside a longer message is talk about something, not a command. */
const longestCommand = 9;
const negation = /^(?:no quiero|i don t want|i do not want) /u;

const tables: readonly Readonly<Partial<Record<Control, ControlWords>>>[] = Object.values(words);
const wholes = new Map<string, Control>();
const phrases: { readonly phrase: string; readonly control: Control }[] = [];
for (const table of tables) {
  for (const control of controls) {
    for (const whole of table[control]?.whole ?? []) wholes.set(whole, control);
    for (const phrase of table[control]?.phrases ?? []) phrases.push({ phrase: ` ${phrase} `, control });
  }
}

/** The word that works in every state which a folded message is, in Spanish and English at once; undefined for any other. */
export function controlOf(folded: string): Control | undefined {
  const whole = wholes.get(folded);
  if (whole !== undefined) return whole;
  if (folded.split(' ').length > longestCommand || negation.test(folded)) return undefined;
  return phrases.find(({ phrase }) => ` ${folded} `.includes(phrase))?.control;
}
