import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { rules } from '../../dialogs/training/rules.ts';
import { answerWords, moreWords } from '../../dialogs/training/words.ts';
import tradeNames from '../../dialogs/shared/trade-names.json' with { type: 'json' };
import type { RuleContext } from '../../src/core/dialog.ts';
import { countryCode, languageTag } from '../../src/core/ids.ts';
import type { SayPart, Values } from '../../src/core/values.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { createDirectory } from '../../src/directory/search.ts';
import { createTranslator } from '../../src/i18n/index.ts';

const loaded = loadDirectory(join(import.meta.dirname, '../../directory'));
const { trainingLookUp } = createDirectory(loaded);
const translator = createTranslator(join(import.meta.dirname, '../../locales'));
const longest = 450;
const most = { soldadura: true, electricidad: true, 'cuidado de adultos mayores': true };

/** Every place with a few trades, and every trade without a place. */
function questionsIn(country: string): readonly Values[] {
  const places = loaded.places
    .filter((place) => place.country === country && place.kind !== 'country')
    .map(({ kind, name, department }): Values => {
      if (kind === 'department') return { department: name };
      return department === undefined ? { city: name } : { city: name, department };
    });
  const unknown = { city: 'la aldea de San José Chacayá del Norte' };
  return [
    ...loaded.trades.map(({ name }) => ({ trade: name, place: {} })),
    { trade: '', place: {} },
    ...[...places, unknown].flatMap((place) => Object.keys(most).map((trade) => ({ trade, place }))),
    { trade: 'encuadernación de libros y revistas viejas', place: unknown },
  ];
}

describe.each(['GT', 'HN', 'SV', 'MX', 'NI', 'CR', 'PA', 'DO', 'BZ'])('answers about %s', (country) => {
  test.each(['es', 'en'])('fit into a message in %s: answer, more and registered', (tag) => {
    const language = languageTag(tag);
    const render = (parts: readonly SayPart[]) =>
      parts.map((part) => translator.render(part, language, 'usted')).join('\n');
    const offer = ['offer', 'choice.enrol', 'choice.more', 'choice.person']
      .map((key, index) => `${index} ${render([{ key: `training:${key}` }])}`)
      .join('\n');
    const tooLong: string[] = [];
    const check = (text: string) => {
      if (text.length > longest || /\{\{|undefined|NaN/u.test(text)) tooLong.push(`${text.length}: ${text}`);
    };
    for (const countrySaid of [true, false]) {
      const context: RuleContext = {
        now: Date.UTC(2026, 10, 24),
        language,
        country: countryCode(country),
        countrySaid,
        organisation: { name: 'Casa Camino', kind: 'ngo' },
      };
      for (const question of questionsIn(country)) {
        const values: Values = { ...question, found: trainingLookUp(question, context) };
        check(`${render(answerWords(values, context))}\n${offer}`);
        for (const { value } of rules.services(values, context)) {
          check(`${render(moreWords({ ...values, service: value }, context))}\n${offer}`);
          check(render(rules.sayKept({ ...values, service: value, duty: { kind: 'nobody' } }, context)));
        }
      }
    }
    expect(tooLong).toEqual([]);
  });
});

test('every trade has a name in English', () => {
  expect(loaded.trades.filter(({ name }) => !(name in tradeNames)).map(({ name }) => name)).toEqual([]);
});

test('every trade and alternative name is written once and in lower case', () => {
  const names = loaded.trades.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  expect(names.filter((name) => name !== name.toLowerCase())).toEqual([]);
});
