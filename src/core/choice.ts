import type { LastSaid } from './conversation.ts';
import type { TurnContext } from './draft.ts';
import type { LanguageTag } from './ids.ts';
import type { InboundContent } from './message.ts';
import { foldText } from './text.ts';

const numberWords: Readonly<Record<string, number>> = {
  uno: 1,
  una: 1,
  primero: 1,
  primera: 1,
  one: 1,
  dos: 2,
  segundo: 2,
  segunda: 2,
  two: 2,
  tres: 3,
  tercero: 3,
  tercera: 3,
  three: 3,
  cuatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  siete: 7,
  seven: 7,
  ocho: 8,
  eight: 8,
  nueve: 9,
  nine: 9,
  diez: 10,
  ten: 10,
};
const fillers = new Set([
  'el',
  'la',
  'los',
  'las',
  'lo',
  'opcion',
  'numero',
  'the',
  'option',
  'number',
  'con',
  'mejor',
  'pues',
]);

/** The value of the offered choice that was tapped, or whose number or title was typed. */
export function chosenValue(
  content: InboundContent,
  offered: LastSaid | undefined,
  context: TurnContext,
  language: LanguageTag,
  form: string,
): string | undefined {
  if (content.kind === 'choice') return content.value;
  if (content.kind !== 'text' || offered === undefined || offered.choices.length === 0) return undefined;
  const words = foldText(content.text)
    .split(' ')
    .filter((word) => !fillers.has(word));
  const number = leadingNumber(words);
  if (number !== undefined) return offered.choices[number - 1]?.value;
  const typed = words.join(' ');
  if (typed === '') return undefined;
  return offered.choices.find((choice) => {
    const title = 'text' in choice.title ? choice.title.text : context.words(choice.title, language, form);
    return titleFits(typed, foldText(title));
  })?.value;
}

/** A number alone, or first and followed by a few words ("1 por llamada cuando puede", "1. es q ellos"). */
function leadingNumber(words: readonly string[]): number | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  if (/^\d{1,2}$/u.test(first))
    return words.length <= 12 && !/^\d/u.test(words[1] ?? '') ? Number(first) : undefined;
  return words.length === 1 ? numberWords[first] : undefined;
}

function titleFits(typed: string, title: string): boolean {
  if (typed === title) return true;
  if (title.length <= 3) return typed.startsWith(`${title} `) && typed.length < 40;
  return typed.length >= 4 && title.startsWith(typed);
}
