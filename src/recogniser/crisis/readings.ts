import { tokensOf, type Token } from '../fold.ts';
import { shortForms } from '../short-forms.ts';
import { withoutLaughter } from './laughter.ts';

/** Words written with digits for letters, wherever the digits stand: "m4t4rm3", "3stoy". */
const disguised =
  /(?<![a-z0-9@$])(?=[a-z@$0134578]*[a-z])(?=[a-z@$]*[0134578@$])[a-z@$0134578]+(?![a-z0-9@$])/giu;
/** Only the beginning of a long text is read once more. */
const longestDisguised = 2_000;
const digits = /[0134578@$]/gu;
const letters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
};

/** The words of a message without laughter; and once more with digits read as letters, where it has such words. */
export function readingsOf(text: string): readonly [readonly Token[], ...(readonly (readonly Token[])[])] {
  const plain = withoutLaughter(tokensOf(text, shortForms));
  const start = text.slice(0, longestDisguised);
  const undisguised = start.replace(disguised, (word) =>
    word.replace(digits, (digit) => letters[digit] ?? digit),
  );
  return undisguised === start ? [plain] : [plain, withoutLaughter(tokensOf(undisguised, shortForms))];
}
