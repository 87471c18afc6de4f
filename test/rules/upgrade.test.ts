import { describe, expect, test } from '@jest/globals';
import { defineDialog, type AnswerParser, type DialogDefinition, type Step } from '../../src/core/dialog.ts';
import { startTalk, type Talk } from '../support/talk.ts';

const words: AnswerParser = {
  parse: ({ text }) => (text === '' ? { kind: 'unclear' } : { kind: 'understood', value: text }),
};
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
const begin = (dialog: DialogDefinition): Talk => {
  const talk = startTalk({ with: [dialog] });
  talk.state = { ...talk.state, noticeGiven: true };
  return talk;
};

describe('a new version of a dialog while somebody waits', () => {
  const older = dialogOf({
    askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'askVillage' },
    askVillage: { kind: 'ask', key: 'askVillage', answer: 'town', then: 'end' },
  });
  const waitingAtVillage = (dialog: DialogDefinition): Talk => {
    const before = begin(older);
    before.says('trabajo');
    before.says('Ana');
    const talk = begin(dialog);
    talk.state = before.state;
    return talk;
  };
  const steps = {
    askName: { kind: 'ask', key: 'askName', answer: 'name', then: 'askTown' },
    askTown: { kind: 'ask', key: 'askTown', answer: 'town', then: 'sayThanks' },
    sayThanks: { kind: 'say', key: 'thanks', then: 'end' },
  } as const;

  test('a renamed step goes on under its new name', () => {
    const talk = waitingAtVillage(dialogOf(steps, { version: 4, upgrade: { askVillage: 'askTown' } }));
    expect(talk.says('ayuda')).toEqual(['common:help', 'jobs:askTown']);
    expect(talk.state.dialogs.at(-1)).toMatchObject({ step: 'askTown', version: 4 });
    expect(talk.says('Salcajá')).toEqual(['jobs:thanks']);
  });

  test('the way back leads through renamed steps too', () => {
    const talk = waitingAtVillage(
      dialogOf(
        {
          askFullName: { kind: 'ask', key: 'askFullName', answer: 'name', then: 'askVillage' },
          askVillage: { kind: 'ask', key: 'askVillage', answer: 'town', then: 'end' },
        },
        { version: 4, upgrade: { askName: 'askFullName' } },
      ),
    );
    expect(talk.says('atrás')).toEqual(['jobs:askFullName']);
  });

  test('going back to a step that is gone without a successor is said, and the question stays', () => {
    const talk = waitingAtVillage(
      dialogOf(
        { askVillage: { kind: 'ask', key: 'askVillage', answer: 'town', then: 'end' } },
        { version: 4 },
      ),
    );
    expect(talk.says('atrás')[0]).toBe('common:nothingBefore');
  });

  test('a step that is gone without a successor ends the dialog without a fault', () => {
    const talk = waitingAtVillage(
      dialogOf({ sayHello: { kind: 'say', key: 'hello', then: 'end' } }, { version: 4 }),
    );
    expect(talk.says('Salcajá')).toEqual(['common:notUnderstood']);
    expect(talk.says('menú')).toEqual(['menu:offer']);
  });

  test('a dialog that is gone is left without a fault', () => {
    const talk = startTalk();
    talk.state = { ...waitingAtVillage(older).state };
    expect(talk.says('Salcajá')).toEqual(['common:notUnderstood']);
    expect(talk.says('quiero un curso')).toEqual(['training:askTrade']);
  });
});
