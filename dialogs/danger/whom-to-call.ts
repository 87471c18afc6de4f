import type { RuleContext } from '../../src/core/dialog.ts';
import type { LanguageTag } from '../../src/core/ids.ts';
import { asRecord, asText, type SayPart, type Values } from '../../src/core/values.ts';
import { countryInWords, inLanguage } from '../shared/directory-words.ts';

/** Classes that say in words of their own what to do now. */
const withOwnWords = ['self_harm', 'trafficking', 'child_alone', 'medical_emergency'];
/** Classes with a plain next step where no line is known. */
const withOtherStep = ['self_harm', 'gbv', 'trafficking'];

/** What to do if the danger is now. The country is always named, because it may only be assumed. */
export function now(values: Values, { language }: RuleContext): readonly SayPart[] {
  const danger = asText(values['danger']) ?? 'general';
  const words = withOwnWords.includes(danger) ? danger : 'other';
  const here = helpIn(values, 'here');
  const number = numberOf(here, language);
  const country = asText(here?.['country']);
  if (number === undefined || country === undefined) return [{ key: `danger:now.${words}.none` }];
  const params = { country: countryInWords(country, language), number };
  return [{ key: `danger:now.${words}.${isPoliceLast(here, danger) ? 'police' : 'call'}`, params }];
}

/** The specialised line, else a plain next step. */
export function line(values: Values, { language }: RuleContext): readonly SayPart[] {
  const danger = asText(values['danger']) ?? 'general';
  const found = lineOf(helpIn(values, 'here'), language);
  if (found !== undefined) return [{ key: 'danger:line.known', params: { line: found } }];
  return withOtherStep.includes(danger) ? [{ key: `danger:line.${danger}` }] : [];
}

/** Where it is not sure in which country somebody is: the numbers of the other one too. */
export function elsewhere(values: Values, { language }: RuleContext): readonly SayPart[] {
  const help = helpIn(values, 'elsewhere');
  const country = asText(help?.['country']);
  const numbers = [asText(help?.['number']), lineOf(help, language)].filter((one) => one !== undefined);
  if (country === undefined || numbers.length === 0) return [];
  const params = { country: countryInWords(country, language), numbers: numbers.join('; ') };
  return [{ key: 'danger:elsewhere', params }];
}

/** Asks for the country where it is not known. */
export function whichCountry(values: Values): readonly SayPart[] {
  return asRecord(values['help'])?.['asksCountry'] === true ? [{ key: 'danger:whichCountry' }] : [];
}

/** The police are never the first way; who is ill is helped by whoever comes, unless only they do (safety.md D11). */
function isPoliceLast(help: Values | undefined, danger: string): boolean {
  const police = help?.['police'];
  return police === 'only' || (police === 'among' && danger !== 'medical_emergency');
}

function helpIn(values: Values, where: 'here' | 'elsewhere'): Values | undefined {
  return asRecord(asRecord(values['help'])?.[where]);
}

function numberOf(help: Values | undefined, language: LanguageTag): string | undefined {
  const number = asText(help?.['number']);
  const reason = inLanguage(help?.['for'], language);
  return number === undefined || reason === undefined ? number : `${number} (${reason})`;
}

/** `114: violencia contra la mujer, 24 horas, todos los días`; the number first when the name does not hold it. */
function lineOf(help: Values | undefined, language: LanguageTag): string | undefined {
  const found = asRecord(help?.['line']);
  const number = asText(found?.['number']);
  if (number === undefined) return undefined;
  const name = inLanguage(found?.['name'], language) ?? '';
  const label = name.includes(number) ? name : `${number} (${name})`;
  const hours = inLanguage(found?.['hours'], language);
  return hours === undefined || name.includes('24') ? label : `${label}, ${hours}`;
}
