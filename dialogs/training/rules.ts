import type { RuleContext } from '../../src/core/dialog.ts';
import {
  asList,
  asRecord,
  asText,
  type SayChoice,
  type SayPart,
  type Values,
} from '../../src/core/values.ts';
import { inLanguage } from '../shared/directory-words.ts';
import { dutyKind } from '../shared/duty.ts';

const resultsShown = 3;
/** A WhatsApp list title holds 24 characters, the number among them (whatsapp-cloud-api.md). */
const titleLength = 20;

/** The results of the look-up, best first, at most three. */
export function resultsOf(values: Values): readonly Values[] {
  const results = asList(asRecord(values['found'])?.['results']).slice(0, resultsShown);
  return results.flatMap((result) => {
    const record = asRecord(result);
    return record === undefined ? [] : [record];
  });
}

/** The result that was picked, else the first. */
export function chosenResult(values: Values): Values | undefined {
  const results = resultsOf(values);
  return results.find((result) => result['serviceId'] === values['service']) ?? results[0];
}

/** Rules of the training dialog. */
export const rules = {
  whatWasFound: (values: Values): string => {
    const kind = asText(asRecord(values['found'])?.['kind']);
    if (kind === 'no-country') return 'askCountry';
    return resultsOf(values).length === 0 ? 'sayNothing' : 'sayFound';
  },

  isOneToEnrol: (values: Values): string => (resultsOf(values).length === 1 ? 'keepInterest' : 'pickToEnrol'),

  isOneToExplain: (values: Values): string => (resultsOf(values).length === 1 ? 'sayMore' : 'pickToExplain'),

  chosenService: (values: Values): string | undefined => asText(chosenResult(values)?.['serviceId']),

  services: (values: Values, { language }: RuleContext): readonly SayChoice[] =>
    resultsOf(values).map((result) => {
      const name = inLanguage(result['service'], language) ?? '';
      return {
        value: asText(result['serviceId']) ?? '',
        title: { text: cut(name) },
        description: { text: name },
      };
    }),

  /** What to do next is said in full, because nobody may be there to call. */
  sayKept: (values: Values, { language }: RuleContext): readonly SayPart[] => {
    const result = chosenResult(values);
    const how = inLanguage(result?.['howToApply'], language);
    return [
      { key: 'training:kept', params: { service: inLanguage(result?.['service'], language) ?? '' } },
      { key: dutyKind(values) === 'nobody' ? 'training:keptNobody' : 'training:keptTeam' },
      how === undefined ? { key: 'training:keptAsk' } : { key: 'training:keptHow', params: { how } },
    ];
  },
};

/** Cut between words, so that it still reads as a name. */
function cut(name: string): string {
  if (name.length <= titleLength) return name;
  const short = name.slice(0, titleLength);
  const blank = short.lastIndexOf(' ');
  return (blank > titleLength / 2 ? short.slice(0, blank) : short).replace(danglingWord, '');
}

/** "Cursos gratis del" reads as if something were missing. */
const danglingWord = /(?:[\s,:(]+\p{L}{1,3})?[\s,:(]*$/u;
