import type { LastSaid } from './conversation.ts';
import type { TurnContext } from './draft.ts';
import type { LanguageTag } from './ids.ts';
import type { InboundContent } from './message.ts';
import { foldText } from './text.ts';

const numberWords: ReadonlyMap<string, number> = new Map(
  [
    'uno una primero primera primer one first',
    'dos segundo segunda two second',
    'tres tercero tercera tercer three third',
    'cuatro cuarto cuarta four fourth',
    'cinco quinto quinta five fifth',
    'seis sexto sexta six sixth',
    'siete seven',
    'ocho eight',
    'nueve nine',
    'diez ten',
  ].flatMap((words, index) => words.split(' ').map((word) => [word, index + 1] as const)),
);
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
  const words = wordsThatCount(content.text);
  const number = leadingNumber(words);
  if (number !== undefined) return offered.choices[number - 1]?.value;
  const typed = words.join(' ');
  if (typed === '') return undefined;
  const isQuestion = /[?¿]/u.test(content.text);
  return offered.choices.find((choice) => {
    const title = 'text' in choice.title ? choice.title.text : context.words(choice.title, language, form);
    return title !== undefined && titleFits(typed, wordsThatCount(title).join(' '), isQuestion);
  })?.value;
}

const wordsThatCount = (text: string): readonly string[] =>
  foldText(text)
    .split(' ')
    .filter((word) => !fillers.has(word));

/** A number alone, or first and followed by a few words ("1 por llamada cuando puede", "1. es q ellos"). */
function leadingNumber(words: readonly string[]): number | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  if (/^\d{1,2}$/u.test(first))
    return words.length <= 12 && !/^\d/u.test(words[1] ?? '') ? Number(first) : undefined;
  return words.length === 1 ? numberWords.get(first) : undefined;
}

function titleFits(typed: string, title: string, isQuestion: boolean): boolean {
  if (typed === title) return true;
  if (title.length <= 3) {
    // Folded, "sí" is also "if": "si me borra todo pierdo el curso" is no yes.
    const isShort = title === 'si' ? typed.split(' ').length <= 3 : typed.length < 40;
    return !isQuestion && isShort && typed.startsWith(`${title} `);
  }
  return typed.length >= 4 && title.startsWith(typed);
}
