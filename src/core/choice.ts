import type { Assent, ChoiceWords } from './choice-words.ts';
import type { LastSaid } from './conversation.ts';
import type { TurnContext } from './draft.ts';
import type { LanguageTag } from './ids.ts';
import type { InboundContent } from './message.ts';
import { foldText } from './text.ts';
import type { SayChoice } from './values.ts';

/** Who chooses, and from what. */
interface Choosing {
  readonly offered: LastSaid | undefined;
  readonly context: TurnContext;
  readonly language: LanguageTag;
  readonly form: string;
  /** Value of the choice that cannot be undone: only a button, a bare number or the very word chooses it. */
  readonly exactly?: string;
}

/** From this length on the beginning of a title is as good as the title. */
const clearBeginning = 4;
const shortestWord = 3;

/** The value of the offered choice that was tapped, or whose number or title was typed. */
export function chosenValue(content: InboundContent, choosing: Choosing): string | undefined {
  const { offered, exactly } = choosing;
  if (content.kind === 'choice') return content.value;
  if (content.kind !== 'text' || offered === undefined || offered.choices.length === 0) return undefined;
  const chosen = typedChoice(content.text, offered.choices, choosing);
  if (chosen === undefined || (chosen.value === exactly && !isExact(content.text, chosen, choosing)))
    return undefined;
  return chosen.value;
}

function typedChoice(text: string, choices: readonly SayChoice[], choosing: Choosing): SayChoice | undefined {
  const { choiceWords } = choosing.context;
  const words = wordsThatCount(text, choiceWords);
  const number = leadingNumber(words, choiceWords);
  if (number !== undefined) return choices[number - 1];
  const typed = words.join(' ');
  return typed === '' ? undefined : fittingChoice(typed, /[?¿]/u.test(text), choices, choosing);
}

/** A bare number, the title or the very word, and no question. */
function isExact(text: string, chosen: SayChoice, choosing: Choosing): boolean {
  if (/[?¿]/u.test(text)) return false;
  const { choiceWords } = choosing.context;
  const words = wordsThatCount(text, choiceWords);
  if (words.length === 1 && leadingNumber(words, choiceWords) !== undefined) return true;
  const [typed, title] = [foldText(text), foldText(titleOf(chosen, choosing))];
  return typed === title || assentOf(title, choosing)?.exact.includes(typed) === true;
}

const wordsThatCount = (text: string, { fillers }: ChoiceWords): readonly string[] =>
  foldText(text)
    .split(' ')
    .filter((word) => !fillers.has(word));

/** A number alone, or first and followed by a few words ("1 por llamada cuando puede", "1. es q ellos"). */
function leadingNumber(words: readonly string[], { numbers }: ChoiceWords): number | undefined {
  const first = words[0];
  if (first === undefined) return undefined;
  if (/^\d{1,2}$/u.test(first))
    return words.length <= 12 && !/^\d/u.test(words[1] ?? '') ? Number(first) : undefined;
  return words.length === 1 ? numbers.get(first) : undefined;
}

/** The title typed, or the beginning of one title only. */
function fittingChoice(
  typed: string,
  isQuestion: boolean,
  choices: readonly SayChoice[],
  choosing: Choosing,
): SayChoice | undefined {
  const titled = choices.map((choice) => ({
    choice,
    title: wordsThatCount(titleOf(choice, choosing), choosing.context.choiceWords).join(' '),
  }));
  const same = titled.find(({ title }) => title === typed);
  if (same !== undefined) return same.choice;
  const [first, ...others] = titled.filter(({ title }) => {
    const assent = assentOf(title, choosing);
    if (assent !== undefined) return !isQuestion && says(typed, assent, choosing.context.choiceWords);
    return title.startsWith(`${typed} `) ? typed.length >= shortestWord : isBeginning(typed, title);
  });
  return others.length === 0 ? first?.choice : undefined;
}

const isBeginning = (typed: string, title: string): boolean =>
  typed.length >= clearBeginning && title.startsWith(typed);

function titleOf({ title }: SayChoice, { context, language, form }: Choosing): string {
  return ('text' in title ? title.text : context.words(title, language, form)) ?? '';
}

function assentOf(title: string, { context }: Choosing): Assent | undefined {
  const { yes, no } = context.choiceWords;
  return [yes, no].find(({ exact }) => exact.includes(title));
}

/** The very words, and nothing but politeness after them: folded, "sí" is also "if", and "no sé" begins with "no". */
function says(typed: string, { exact, also }: Assent, { polite }: ChoiceWords): boolean {
  const tail = polite.find((words) => typed.endsWith(` ${words}`));
  const word = tail === undefined ? typed : typed.slice(0, -tail.length - 1);
  return exact.includes(word) || also.includes(word);
}
