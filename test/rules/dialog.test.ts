import { describe, expect, test } from '@jest/globals';
import { defineDialog, exitsOf, type AnswerParser, type Step } from '../../src/core/dialog.ts';

const words: AnswerParser = { parse: ({ text }) => ({ kind: 'understood', value: text }) };
const sound = {
  id: 'sound',
  version: 1,
  answers: { name: words },
  start: 'askName',
  steps: { askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'end' } },
} as const;

describe('a dialog with a typing error does not start the program', () => {
  test.each<readonly [string, Partial<Parameters<typeof defineDialog>[0]>, string]>([
    ['no start', { start: 'hello' }, 'dialog sound: start names no step: hello'],
    [
      'a step that leads nowhere',
      { steps: { askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'thanks' } } },
      'dialog sound: askName leads to no step: thanks',
    ],
    [
      'an answer nobody parses',
      { steps: { askName: { kind: 'ask', key: 'askName', answer: 'nmae', then: 'end' } } },
      'dialog sound: askName asks for an unknown answer: nmae',
    ],
    [
      'an exit of a branch',
      { start: 'which', steps: { which: { kind: 'branch', exits: ['left', 'end'], choose: () => 'end' } } },
      'dialog sound: which leads to no step: left',
    ],
    [
      'a choice',
      {
        start: 'pick',
        steps: { pick: { kind: 'choose', key: 'pick', choices: ['a'], exits: { a: 'gone' } } },
      },
      'dialog sound: pick leads to no step: gone',
    ],
    [
      'what happens when nothing comes in time',
      {
        start: 'search',
        steps: {
          search: {
            kind: 'look-up',
            where: 'remote',
            name: 'registry',
            input: [],
            save: 'found',
            then: 'end',
            whenLate: 'sorry',
          },
        },
      },
      'dialog sound: search leads to no step: sorry',
    ],
    [
      'an upgrade',
      { upgrade: { askOldName: 'askNmae' } },
      'dialog sound: upgrade of askOldName names no step: askNmae',
    ],
    [
      'all faults are told at once',
      { start: 'hello', upgrade: { old: 'new' } },
      'dialog sound: start names no step: hello; upgrade of old names no step: new',
    ],
  ])('%s', (_name, change, message) => {
    expect(() => defineDialog({ ...sound, ...change })).toThrow(new TypeError(message));
  });

  test('a sound one is taken, with no intents unless it names some', () => {
    expect(defineDialog(sound)).toEqual({ ...sound, intents: [] });
  });

  test('a step named like a member of every object is still no step', () => {
    expect(() => defineDialog({ ...sound, start: 'constructor' })).toThrow(
      'start names no step: constructor',
    );
  });
});

describe('where a step can lead', () => {
  test.each<readonly [Step, readonly string[]]>([
    [{ kind: 'say', key: 'hello', then: 'a' }, ['a']],
    [{ kind: 'branch', exits: ['a', 'b'], choose: () => 'a' }, ['a', 'b']],
    [{ kind: 'choose', key: 'pick', choices: ['x', 'y'], exits: { x: 'a', y: 'b' } }, ['a', 'b']],
    [{ kind: 'look-up', where: 'local', name: 'n', input: [], save: 's', then: 'a' }, ['a']],
    [
      { kind: 'look-up', where: 'remote', name: 'n', input: [], save: 's', then: 'a', whenLate: 'b' },
      ['a', 'b'],
    ],
    [{ kind: 'act', act: 'stop', then: 'end' }, ['end']],
  ])('%j leads to %j', (step, exits) => {
    expect(exitsOf(step)).toEqual(exits);
  });
});
