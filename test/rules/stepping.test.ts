import { describe, expect, test } from '@jest/globals';
import { defineDialog, type AnswerParser, type DialogDefinition, type Step } from '../../src/core/dialog.ts';
import { dialogId } from '../../src/core/ids.ts';
import { asText, type SayChoice } from '../../src/core/values.ts';
import { startTalk, type Talk } from '../support/talk.ts';

const words: AnswerParser = {
  parse: ({ text, choice }) =>
    text === '' || choice !== undefined ? { kind: 'unclear' } : { kind: 'understood', value: text },
};
const titled = (...titles: readonly string[]): readonly SayChoice[] =>
  titles.map((title) => ({ value: title.toLowerCase(), title: { text: title } }));

/** A dialog of these steps, begun by "trabajo". */
const dialogOf = (steps: Readonly<Record<string, Step>>, more: Partial<DialogDefinition> = {}) =>
  defineDialog({
    id: 'jobs',
    version: 3,
    answers: { name: words, town: words },
    start: Object.keys(steps)[0] ?? 'end',
    intents: ['job_search'],
    ...more,
    steps,
  });
const begin = (dialog: DialogDefinition, more: Parameters<typeof startTalk>[0] = {}): Talk => {
  const talk = startTalk({ ...more, with: [dialog, ...(more.with ?? [])] });
  talk.state = { ...talk.state, noticeGiven: true };
  return talk;
};
const frame = (talk: Talk) => talk.state.dialogs.at(-1);

describe('asking', () => {
  const dialog = dialogOf({
    askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'askTown' },
    askTown: { kind: 'ask', key: 'askTown', answer: 'town', then: 'sayThanks' },
    sayThanks: { kind: 'say', key: 'thanks', then: 'end' },
  });

  test('waits, keeps the answer, goes on, and is over after the end', () => {
    const talk = begin(dialog);
    expect(talk.says('busco trabajo')).toEqual(['jobs:askName']);
    expect(talk.says('Ana')).toEqual(['jobs:askTown']);
    expect(frame(talk)?.values).toEqual({ name: 'Ana' });
    expect(talk.says('Salcajá')).toEqual(['jobs:thanks']);
    expect(talk.state.dialogs).toEqual([]);
  });

  test('is skipped when the answer is known, unless it is asked again on purpose', () => {
    const talk = begin(
      dialogOf({
        askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'askSame' },
        askSame: { kind: 'ask', key: 'askSame', answer: 'name', then: 'askAnew' },
        askAnew: { kind: 'ask', key: 'askAnew', answer: 'name', again: true, then: 'end' },
      }),
    );
    talk.says('trabajo');
    expect(talk.says('Ana')).toEqual(['jobs:askAnew']);
  });

  test('a place asked for again adds to the one known', () => {
    const place: AnswerParser = {
      parse: ({ text }) => ({
        kind: 'understood',
        value: text === 'Honduras' ? { country: 'HN' } : { city: text },
      }),
    };
    const talk = begin(
      dialogOf(
        {
          askPlace: { kind: 'ask', key: 'askPlace', answer: 'place', then: 'askCountry' },
          askCountry: { kind: 'ask', key: 'askCountry', answer: 'place', again: true, then: 'askName' },
          askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'end' },
        },
        { answers: { name: words, place } },
      ),
    );
    talk.says('trabajo');
    talk.says('Gracias');
    talk.says('Honduras');
    expect(frame(talk)?.values).toEqual({ place: { city: 'Gracias', country: 'HN' } });
    expect(talk.state.place).toEqual({ numberCountry: 'GT', now: { country: 'HN', city: 'Gracias' } });
  });
});

describe('choosing', () => {
  const dialog = dialogOf({
    offer: {
      kind: 'choose',
      key: 'offer',
      choices: () => titled('Enrol', 'More'),
      exits: { enrol: 'pick', more: 'sayMore' },
    },
    pick: {
      kind: 'choose',
      key: 'pick',
      choices: () => titled('North', 'South'),
      save: 'service',
      exits: { '*': 'sayKept' },
    },
    sayMore: { kind: 'say', key: 'more', then: 'offer' },
    sayKept: {
      kind: 'say',
      compose: ({ service }) => [{ key: `jobs:kept.${asText(service) ?? ''}` }],
      then: 'end',
    },
  });

  test.each([
    ['a tap', (talk: Talk) => talk.taps('enrol')],
    ['a number', (talk: Talk) => talk.says('1')],
    ['a title', (talk: Talk) => talk.says('enrol')],
  ])('%s takes the exit', (_name, choose) => {
    const talk = begin(dialog);
    expect(talk.says('trabajo')).toEqual(['jobs:offer']);
    expect(talk.offered).toEqual(['enrol', 'more']);
    expect(choose(talk)).toEqual(['jobs:pick']);
  });

  test('what a rule made is kept under its name', () => {
    const talk = begin(dialog);
    talk.says('trabajo');
    talk.says('1');
    expect(talk.says('2')).toEqual(['jobs:kept.south']);
  });

  test.each(['more', 'enrol', 'east', 'constructor', 'toString', '__proto__'])(
    'a tap on %j, which this question does not offer, is not understood and changes nothing',
    (value) => {
      const talk = begin(dialog);
      talk.says('trabajo');
      talk.says('1');
      expect(talk.taps(value)).toEqual(['common:notUnderstood', 'jobs:pick']);
      expect(frame(talk)).toMatchObject({ step: 'pick', values: {} });
    },
  );

  test('a number stays good after a good-bye', () => {
    const talk = begin(dialog);
    talk.says('trabajo');
    expect(talk.says('gracias')).toEqual(['common:bye']);
    expect(talk.offered).toEqual([]);
    expect(talk.says('1')).toEqual(['jobs:pick']);
  });
});

describe('branches, look-ups in memory and other dialogs', () => {
  test('a branch goes where its rule says, by the values and the context', () => {
    const dialog = dialogOf({
      which: {
        kind: 'branch',
        exits: ['sayHere', 'sayElsewhere'],
        choose: (_values, { country }) => (country === 'GT' ? 'sayHere' : 'sayElsewhere'),
      },
      sayHere: { kind: 'say', key: 'here', then: 'end' },
      sayElsewhere: { kind: 'say', key: 'elsewhere', then: 'end' },
    });
    expect(begin(dialog).says('trabajo')).toEqual(['jobs:here']);
    expect(begin(dialog).says('trabajo', { sender: {} })).toEqual(['jobs:elsewhere']);
  });

  test('a rule that names no exit is a fault, and so is a circle', () => {
    const lost = dialogOf({ which: { kind: 'branch', exits: ['end'], choose: () => 'nowhere' } });
    expect(() => begin(lost).says('trabajo')).toThrow('jobs: nowhere is no exit of which');
    const round = dialogOf({
      left: { kind: 'say', key: 'left', then: 'right' },
      right: { kind: 'say', key: 'right', then: 'left' },
    });
    expect(() => begin(round).says('trabajo')).toThrow('jobs runs in a circle');
  });

  test('a local look-up gets the answers it names and its result is kept', () => {
    const asked: unknown[] = [];
    const talk = begin(
      dialogOf({
        askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'search' },
        search: {
          kind: 'look-up',
          where: 'local',
          name: 'offers',
          input: ['name', 'town'],
          save: 'found',
          then: 'sayFound',
        },
        sayFound: {
          kind: 'say',
          compose: ({ found }) => [{ key: 'jobs:found', params: { count: Number(found) } }],
          then: 'end',
        },
      }),
      {
        lookUps: {
          offers: (input, { language }) => {
            asked.push(input, language);
            return 7;
          },
        },
      },
    );
    talk.says('trabajo');
    expect(talk.says('Ana')).toEqual(['jobs:found']);
    expect(asked).toEqual([{ name: 'Ana' }, 'es']);
    expect(talk.state.lastSaid?.parts).toEqual([{ key: 'jobs:found', params: { count: 7 } }]);
  });

  test('an unknown local look-up is a fault, and more than eight in a turn', () => {
    const search = {
      kind: 'look-up',
      where: 'local',
      name: 'offers',
      input: [],
      save: 'found',
      then: 'search',
    } as const;
    expect(() => begin(dialogOf({ search })).says('trabajo')).toThrow('no local look-up offers');
    expect(() => begin(dialogOf({ search }), { lookUps: { offers: () => 1 } }).says('trabajo')).toThrow(
      'jobs looks up more than 8 times',
    );
  });

  test('another dialog gets the answers both ask for, and afterwards the first goes on', () => {
    const inner = defineDialog({
      id: 'inner',
      version: 1,
      answers: { town: words, other: words },
      start: 'askTown',
      steps: {
        askTown: { kind: 'ask', key: 'askTown', answer: 'town', then: 'askOther' },
        askOther: { kind: 'ask', key: 'askOther', answer: 'other', then: 'end' },
      },
    });
    const talk = begin(
      dialogOf({
        askTown: { kind: 'ask', key: 'askTown', answer: 'town', then: 'more' },
        more: { kind: 'start', dialog: 'inner', then: 'sayThanks' },
        sayThanks: { kind: 'say', key: 'thanks', then: 'end' },
      }),
      { with: [inner] },
    );
    talk.says('trabajo');
    expect(talk.says('Xela')).toEqual(['inner:askOther']);
    expect(talk.says('algo')).toEqual(['jobs:thanks']);
  });
});

test('at most five dialogs lie on each other; the oldest is let go', () => {
  const nested = Array.from({ length: 7 }, (_, index) =>
    defineDialog({
      id: `level-${index}`,
      version: 1,
      answers: { name: words },
      start: 'deeper',
      intents: index === 0 ? ['job_search'] : [],
      steps: {
        deeper:
          index === 6
            ? { kind: 'ask', key: 'ask', answer: 'name', then: 'end' }
            : { kind: 'start', dialog: `level-${index + 1}`, then: 'end' },
      },
    }),
  );
  const talk = startTalk({ with: nested });
  talk.says('trabajo');
  expect(talk.state.dialogs.map(({ dialog }) => dialog)).toEqual(
    ['level-2', 'level-3', 'level-4', 'level-5', 'level-6'].map(dialogId),
  );
});
