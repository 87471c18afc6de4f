import type { RuleContext } from '../../src/core/dialog.ts';
import { asList, asRecord, asText, type SayPart, type Values } from '../../src/core/values.ts';
import { countryInWords, inLanguage } from '../shared/directory-words.ts';
import { dutyKind, dutySentence } from '../shared/duty.ts';

const numbersShown = 2;

/** Rules of the danger dialog. */
export const rules = {
  isTeamTold: (values: Values): string => (values['place'] === undefined ? 'tellTeam' : 'findNumberAgain'),

  sayHelp: (values: Values, context: RuleContext): readonly SayPart[] => [
    { key: 'danger:believe' },
    numberLine(values, context) ?? { key: 'danger:now' },
    { key: 'danger:hurt' },
    ...(dutyKind(values) === 'nobody' ? [] : [{ key: 'danger:told' }]),
    ...dutySentence(values, context),
    { key: 'danger:yours' },
    ...(numberLine(values, context) === undefined ? [{ key: 'danger:whichCountry' }] : []),
  ],

  sayNumber: (values: Values, context: RuleContext): readonly SayPart[] => [
    numberLine(values, context) ?? { key: 'danger:noNumber' },
  ],
};

/** What to call now; the country is always named, because it may only be assumed. */
function numberLine(values: Values, context: RuleContext): SayPart | undefined {
  const found = asRecord(values['emergency']);
  const country = asText(found?.['country']);
  const numbers = asList(found?.['numbers'])
    .slice(0, numbersShown)
    .flatMap((entry) => {
      const number = asText(asRecord(entry)?.['number']);
      const reason = inLanguage(asRecord(entry)?.['for'], context.language);
      return number === undefined ? [] : [reason === undefined ? number : `${number} (${reason})`];
    });
  if (country === undefined || numbers.length === 0) return undefined;
  return {
    key: 'danger:nowCall',
    params: { country: countryInWords(country, context.language), numbers: numbers.join(', ') },
  };
}
