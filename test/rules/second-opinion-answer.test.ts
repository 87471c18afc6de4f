import { describe, expect, test } from '@jest/globals';
import { answer, asked, other, unclear, welcomed } from '../support/second-opinions.ts';
import { caseReasons, type Talk } from '../support/talk.ts';

describe('what somebody outside says', () => {
  const open = (): Talk => {
    const talk = welcomed();
    talk.says('quiero un curso');
    expect(talk.says(`${unclear} 1`)).toEqual([]);
    return talk;
  };

  test('an intent starts its dialog; what is in the message is read here', () => {
    const talk = welcomed();
    talk.says(`${unclear} de soldadura 1`);
    expect(answer(talk, { kind: 'intent', intent: 'training_search' })).toEqual(['training:askPlace']);
    expect(talk.state.dialogs.at(-1)?.values).toEqual({ trade: 'soldadura' });
  });

  test.each([
    ['nothing', { kind: 'nothing' }],
    ['an intent that is none', { kind: 'intent', intent: 'send_money' }],
    ['what is out of scope', { kind: 'intent', intent: 'out_of_scope' }],
    ['words', 'Dear person, your document is ready'],
    ['an approved answer of another release', { kind: 'answer', id: 'a1' }],
    ['a dialog', { kind: 'start', dialog: 'erase' }],
    ['a name of the prototype', { kind: 'intent', intent: 'constructor' }],
    ['null', null],
  ])('%s counts as not understood', (_what, outcome) => {
    const talk = welcomed();
    talk.says(unclear);
    expect(answer(talk, outcome)).toEqual(['common:notUnderstood', 'welcome:offer']);
    expect(talk.state.dialogs.map(({ dialog }) => dialog)).toEqual(['welcome']);
  });

  test('too late is not understood either, and the late answer is dropped', () => {
    const talk = welcomed();
    talk.says(unclear);
    expect(talk.happens({ kind: 'timer', at: talk.now, name: 'look-up:request-1' })).toEqual([
      'common:notUnderstood',
      'welcome:offer',
    ]);
    expect(answer(talk, { kind: 'intent', intent: 'training_search' })).toEqual([]);
  });

  test('twice nothing brings the offer of a person', () => {
    const talk = welcomed();
    talk.says(unclear);
    answer(talk, { kind: 'nothing' });
    talk.says(other);
    expect(answer(talk, { kind: 'nothing' }, 'request-2')).toEqual(['common:offerPerson']);
  });

  test('danger may be raised by it', () => {
    const talk = welcomed();
    talk.says(unclear);
    expect(answer(talk, { kind: 'intent', intent: 'crisis_safety' })[0]).toBe('danger:ack.general');
    expect([talk.sendClass, caseReasons(talk.effects)]).toEqual(['crisis', ['in-danger']]);
  });

  test('a question that waited is asked again after it', () => {
    const talk = welcomed();
    talk.says('quiero un curso');
    talk.says(`${unclear} 1`);
    expect(answer(talk, { kind: 'nothing' })).toEqual(['common:notUnderstood', 'training:askTrade']);
  });

  test.each([
    ['cancelar', 'common:cancelled'],
    ['PERSONA', 'person:told'],
    ['ALTO', 'stop:stopped'],
    ['BORRAR', 'erase:confirm'],
    ['menú', 'menu:offer'],
  ])('%j meanwhile is answered at once, and nobody is asked anew', (text, key) => {
    const talk = open();
    expect(talk.says(text)[0]).toBe(key);
    expect(asked(talk)).toEqual([]);
    expect(talk.state.dialogs.map(({ dialog }) => dialog)).not.toContain('understand');
    expect([talk.state.lookUp, talk.state.kept]).toEqual([undefined, []]);
    expect(answer(talk, { kind: 'intent', intent: 'training_search' })).toEqual([]);
  });

  test('danger meanwhile is answered at once', () => {
    const talk = open();
    expect(talk.says('me quieren matar')[0]).toBe('danger:ack.violence');
    expect(answer(talk, { kind: 'intent', intent: 'training_search' })).toEqual([]);
  });

  test('what is written meanwhile has its turn after it, and asks nobody', () => {
    const talk = open();
    talk.says(other);
    answer(talk, { kind: 'intent', intent: 'training_search' });
    expect(asked(talk)).toEqual([]);
    expect(talk.state.kept).toEqual([]);
  });

  test('lost with its deadline, it is not asked again', () => {
    const talk = open();
    talk.now += 100_000;
    expect(talk.says('gracias')).toEqual(['common:bye']);
    expect([asked(talk), talk.state.lookUp]).toEqual([[], undefined]);
    expect(talk.state.dialogs.map(({ dialog }) => dialog)).toEqual(['training']);
  });
});

describe('leave is taken back', () => {
  test.each(['ALTO', 'STOP'])('by %s', (word) => {
    const talk = welcomed();
    talk.says(word);
    expect(talk.state.consents?.understanding?.answer).toBe('no');
  });

  test('when the number changes hands or somebody else writes', () => {
    const talk = welcomed();
    talk.says('soy otra persona');
    expect(talk.state.consents).toBeUndefined();
    const moved = welcomed();
    moved.happens({ kind: 'address-changed', at: moved.now, address: moved.state.address! });
    expect(moved.state.consents).toBeUndefined();
  });
});
