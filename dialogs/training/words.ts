import type { RuleContext } from '../../src/core/dialog.ts';
import { placeIn } from '../../src/core/place.ts';
import { asList, asRecord, asText, type SayPart, type Values } from '../../src/core/values.ts';
import { anyTrade } from '../shared/answers.ts';
import { countryInWords, dateInWords, inLanguage, tradeInWords } from '../shared/directory-words.ts';
import { chosenResult, resultsOf } from './rules.ts';

/** Six lines are the most a message may have; the question and its notice come on top of these. */
const linesBesidesTheFirst = 2;
const placesShown = 3;
/** Characters of facts that still leave room for the words around them in 450. */
const factBudget = 335;
/** The same for the answer, whose lines have more words of their own. */
const answerBudget = 280;

/** The answer: what there is, where, what it costs and how old the fact is; the others in a line each. */
export function answerWords(values: Values, context: RuleContext): readonly SayPart[] {
  const [first, ...others] = resultsOf(values);
  if (first === undefined) return [];
  const head = assumedCountry(values, context);
  const caution = inLanguage(first['caution'], context.language);
  const cautions = caution === undefined ? [] : [{ key: 'training:caution', params: { caution } }];
  const room = linesBesidesTheFirst - head.length - cautions.length;
  const lines = [
    ...head,
    whatLine(values, first, context),
    whereLine(values, first),
    costLine(first, context),
    ...cautions,
  ];
  const left = answerBudget - lines.reduce((sum, part) => sum + lengthOf(part), 0);
  const also = others.slice(0, Math.max(room, 0)).map((other) => alsoLine(other, context));
  return [...lines, ...within(also, left)];
}

/** Nothing was found: said plainly, with what was looked for. */
export function nothingWords(values: Values, context: RuleContext): readonly SayPart[] {
  const country = asText(asRecord(values['found'])?.['country']) ?? context.country;
  const trade = tradeOf(values, context);
  const name = country === undefined ? undefined : countryInWords(country, context.language);
  if (trade === undefined || name === undefined) return [{ key: 'training:nothing' }];
  return [{ key: 'training:nothingFor', params: { trade, country: name } }];
}

/** Source, price, schedule, what to bring, how to apply: as much as fits. What may mislead comes first. */
export function moreWords(values: Values, context: RuleContext): readonly SayPart[] {
  const result = chosenResult(values);
  if (result === undefined) return [];
  const { language } = context;
  const phone = asText(asRecord(result['phone'])?.['number']);
  const bring = asList(result['bring'])
    .flatMap((item) => inLanguage(item, language) ?? [])
    .join(', ');
  const lines: SayPart[] = [
    { key: 'training:more.name', params: { service: inLanguage(result['service'], language) ?? '' } },
    ...line('training:more.caution', 'caution', inLanguage(result['caution'], language)),
    ...line('training:more.apply', 'how', inLanguage(result['howToApply'], language)),
    ...line('training:more.cost', 'cost', inLanguage(result['costNote'], language)),
    ...line('training:more.bring', 'bring', bring === '' ? undefined : bring),
    ...line('training:more.schedule', 'schedule', inLanguage(result['schedule'], language)),
    ...line('training:more.phone', 'phone', phone),
  ];
  const source = sourceLine(result, context);
  const unknown = unknownLine(result);
  return [
    ...within(lines, factBudget - lengthOf(source)),
    ...(unknown === undefined ? [] : [unknown]),
    source,
  ];
}

function assumedCountry(values: Values, context: RuleContext): readonly SayPart[] {
  const country = asText(asRecord(values['found'])?.['country']) ?? context.country;
  const isSaid = context.countrySaid && context.countryByTown !== true;
  if (isSaid || country === undefined) return [];
  return [{ key: 'training:assumed', params: { country: countryInWords(country, context.language) } }];
}

function whatLine(values: Values, result: Values, context: RuleContext): SayPart {
  const service = inLanguage(result['service'], context.language) ?? '';
  const trade = tradeOf(values, context);
  const teaches = asText(result['teaches']);
  if (trade !== undefined)
    return { key: `training:what.${whatKeys[teaches ?? ''] ?? 'ask'}`, params: { service, trade } };
  return { key: `training:what.${teaches === 'many-trades' ? 'any' : 'name'}`, params: { service } };
}

/** What is said of a trade, by what the directory knows. */
const whatKeys: Readonly<Record<string, string>> = {
  trade: 'trade',
  'many-trades': 'many',
  certifies: 'certify',
};

function whereLine(values: Values, result: Values): SayPart {
  const centre = asRecord(result['centre']);
  if (centre === undefined) {
    return { key: result['online'] === true ? 'training:where.online' : 'training:where.unknown' };
  }
  const place = placeOf(centre);
  const kilometres = centre['kilometres'];
  const asked = placeIn(values)?.city ?? placeIn(values)?.department;
  switch (asText(centre['nearness'])) {
    case 'same-city':
      return { key: 'training:where.sameCity', params: { place } };
    case 'same-department': {
      const department = asText(centre['department']) ?? '';
      return typeof kilometres === 'number' && kilometres >= 1
        ? {
            key: 'training:where.sameDepartmentBy',
            params: { department, place, kilometres: Math.round(kilometres) },
          }
        : { key: 'training:where.sameDepartment', params: { department, place } };
    }
    case 'nearest':
      return typeof kilometres === 'number'
        ? { key: 'training:where.nearestBy', params: { place, kilometres: Math.round(kilometres) } }
        : { key: 'training:where.nearest', params: { place } };
    default: {
      if (asked !== undefined && typeof kilometres === 'number')
        return { key: 'training:where.farBy', params: { asked, place, kilometres: Math.round(kilometres) } };
      const names = asList(result['otherCentres']).flatMap((other) => asText(other) ?? []);
      const places = [place, ...names].slice(0, placesShown).join('; ');
      return asked === undefined
        ? { key: 'training:where.some', params: { places } }
        : { key: 'training:where.elsewhere', params: { asked, places } };
    }
  }
}

function placeOf(centre: Values): string {
  const [name, city] = [asText(centre['name']) ?? '', asText(centre['city']) ?? ''];
  return name === '' || name.includes(city) ? name || city : `${name}, ${city}`;
}

function costLine(result: Values, { language }: RuleContext): SayPart {
  const cost = asText(result['cost']) ?? 'unknown';
  const date = dateInWords(result['sourceDate'], language);
  if (date === undefined) return { key: `training:cost.${cost}.undated` };
  return {
    key: `training:cost.${cost}.${result['askBeforeYouGo'] === false ? 'plain' : 'ask'}`,
    params: { date },
  };
}

function alsoLine(result: Values, { language }: RuleContext): SayPart {
  const service = inLanguage(result['service'], language) ?? '';
  const date = dateInWords(result['sourceDate'], language);
  if (date === undefined) return { key: 'training:also.undated', params: { service } };
  return { key: `training:also.${asText(result['cost']) ?? 'unknown'}`, params: { service, date } };
}

function sourceLine(result: Values, { language }: RuleContext): SayPart {
  const source = asText(result['sourceName']) ?? '';
  const date = dateInWords(result['sourceDate'], language);
  return date === undefined
    ? { key: 'training:more.sourceUndated', params: { source } }
    : { key: 'training:more.source', params: { source, date } };
}

/** What nobody noted yet is said, once. */
function unknownLine(result: Values): SayPart | undefined {
  const [hasSchedule, hasPhone] = [result['schedule'] !== undefined, result['phone'] !== undefined];
  if (hasSchedule && hasPhone) return undefined;
  if (hasSchedule) return { key: 'training:more.noPhone' };
  return { key: hasPhone ? 'training:more.noSchedule' : 'training:more.noScheduleOrPhone' };
}

function tradeOf(values: Values, context: RuleContext): string | undefined {
  const trade = asText(values['trade']);
  return trade === undefined || trade === anyTrade ? undefined : tradeInWords(trade, context.language);
}

function line(key: string, name: string, value: string | undefined): readonly SayPart[] {
  return value === undefined ? [] : [{ key, params: { [name]: value } }];
}

function within(parts: readonly SayPart[], budget: number): readonly SayPart[] {
  let left = budget;
  return parts.filter((part) => {
    const length = lengthOf(part);
    if (length > left) return false;
    left -= length;
    return true;
  });
}

/** Characters of a line's facts, and a few for the words around them. */
function lengthOf({ params }: SayPart): number {
  return Object.values(params ?? {}).reduce<number>((sum, value) => sum + String(value).length + 9, 0);
}
