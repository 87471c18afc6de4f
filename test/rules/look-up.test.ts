import { describe, expect, test } from '@jest/globals';
import { defineDialog } from '../../src/core/dialog.ts';
import { caseId, caseworkerId, requestId } from '../../src/core/ids.ts';
import { paperDialog } from '../support/paper-dialog.ts';
import { caseReasons, startTalk, type Talk } from '../support/talk.ts';

/** A person who waits for the registry's answer to request-1. */
function waiting(dialog = paperDialog): Talk {
  const talk = startTalk({ with: [dialog] });
  talk.says('mi pasaporte');
  expect(talk.says('77')).toEqual([]);
  return talk;
}
const answer = (talk: Talk, outcome: string, name = 'request-1') =>
  talk.happens({ kind: 'look-up-answer', at: talk.now, requestId: requestId(name), outcome });
const deadline = (talk: Talk, name = 'request-1') =>
  talk.happens({ kind: 'timer', at: talk.now, name: `look-up:${name}` });

describe('a remote look-up', () => {
  test('leaves the turn as a request with a deadline, and says nothing meanwhile', () => {
    const talk = waiting();
    expect(talk.effects).toEqual([
      {
        kind: 'request',
        requestId: 'request-1',
        name: 'registry',
        input: { number: '77' },
        deadline: talk.now + 10_000,
      },
      { kind: 'set-timer', name: 'look-up:request-1', dueAt: talk.now + 10_000 },
    ]);
    expect(talk.state.lookUp).toEqual({
      requestId: 'request-1',
      dialog: 'paper',
      step: 'search',
      deadline: talk.now + 10_000,
    });
  });

  test('goes on when its answer comes, and takes the deadline back', () => {
    const talk = waiting();
    expect(answer(talk, 'ready')).toEqual(['paper:is.ready', 'paper:offer']);
    expect(talk.effects).toContainEqual({ kind: 'clear-timer', name: 'look-up:request-1' });
    expect(talk.state.lookUp).toBeUndefined();
  });

  test('goes another way when the deadline comes first, and the late answer is dropped', () => {
    const talk = waiting();
    expect(deadline(talk)).toEqual(['paper:late', 'paper:offer']);
    expect(answer(talk, 'ready')).toEqual([]);
    expect(talk.says('1')).toEqual([]);
    expect(answer(talk, 'ready')).toEqual([]);
    expect(answer(talk, 'printed', 'request-2')).toEqual(['paper:is.printed', 'paper:offer']);
  });

  test('an answer counts once', () => {
    const talk = waiting();
    answer(talk, 'ready');
    expect([answer(talk, 'ready'), deadline(talk)]).toEqual([[], []]);
  });

  test('a step renamed meanwhile takes the answer under its new name', () => {
    const talk = waiting();
    const { search, ...steps } = paperDialog.steps;
    const renamed = defineDialog({
      ...paperDialog,
      version: 2,
      steps: {
        ...steps,
        askNumber: { kind: 'ask', key: 'askNumber', answer: 'number', then: 'ask' },
        ask: search!,
        offer: { kind: 'choose', key: 'offer', choices: ['again'], exits: { again: 'ask' } },
      },
      upgrade: { search: 'ask' },
    });
    const after = startTalk({ with: [renamed] });
    after.state = talk.state;
    expect(answer(after, 'ready')).toEqual(['paper:is.ready', 'paper:offer']);
  });
});

describe('what is written while a look-up is under way', () => {
  test('waits, and has its turn after the answer, in order and in one message', () => {
    const talk = waiting();
    expect(talk.says('quiero un curso')).toEqual([]);
    expect(talk.says('de soldadura')).toEqual([]);
    expect(talk.state.kept).toHaveLength(2);
    expect(answer(talk, 'ready')).toEqual([
      'paper:is.ready',
      'paper:offer',
      'training:askTrade',
      'training:askPlace',
    ]);
    expect(talk.state.kept).toEqual([]);
    expect(talk.state.dialogs.at(-1)?.values).toEqual({ trade: 'soldadura' });
  });

  test('has its turn after the deadline too', () => {
    const talk = waiting();
    talk.says('gracias');
    expect(deadline(talk)).toEqual(['paper:late', 'paper:offer', 'common:bye']);
  });

  test('is complained about once at most, before the question, and not counted as a failure', () => {
    const talk = waiting();
    for (const text of ['mmm', 'ppp', 'zzz']) talk.says(text);
    expect(answer(talk, 'ready')).toEqual(['paper:is.ready', 'common:notUnderstood', 'paper:offer']);
    expect(talk.says('vvv')).toEqual(['common:notUnderstood', 'paper:offer']);
  });

  test('a voice note among it is said not to have been heard', () => {
    const talk = waiting();
    talk.sends({ kind: 'media', media: 'audio' });
    expect(answer(talk, 'ready')).toEqual(['paper:is.ready', 'common:cannotHear', 'paper:offer']);
  });

  test('is kept up to five messages; texts more are joined to the last, so that none is lost', () => {
    const talk = waiting();
    for (const text of ['uno', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete']) talk.says(text);
    expect(talk.state.kept.map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'uno' },
      { kind: 'text', text: 'dos' },
      { kind: 'text', text: 'tres' },
      { kind: 'text', text: 'cuatro' },
      { kind: 'text', text: 'cinco\nseis\nsiete' },
    ]);
  });

  test('of five photos and more the first gives way', () => {
    const talk = waiting();
    talk.says('mire');
    for (let count = 0; count < 5; count += 1) talk.sends({ kind: 'media', media: 'image' });
    expect(talk.state.kept.map(({ content }) => content.kind)).toEqual([
      'media',
      'media',
      'media',
      'media',
      'media',
    ]);
  });

  test('waits on when it asks outside again: nothing kept is lost', () => {
    const talk = waiting();
    talk.taps('again', 'Otra vez');
    talk.says('gracias');
    expect(answer(talk, 'ready')).toEqual(['paper:is.ready', 'paper:offer']);
    expect(talk.state.kept.map(({ content }) => content)).toEqual([{ kind: 'text', text: 'gracias' }]);
    expect(answer(talk, 'printed', 'request-2')).toEqual(['paper:is.printed', 'paper:offer', 'common:bye']);
  });

  test('the second request of the message that began it has its turn at last', () => {
    const brief = defineDialog({
      ...paperDialog,
      steps: { ...paperDialog.steps, offer: { kind: 'say', key: 'enough', then: 'end' } },
    });
    const talk = waiting(brief);
    const request = { intent: 'training_search', slots: { occupation: 'soldadura' } } as const;
    talk.state = { ...talk.state, waitingRequests: [request] };
    expect(answer(talk, 'ready')).toEqual(['paper:is.ready', 'paper:enough', 'training:askPlace']);
  });
});

describe('who does not wait for a look-up', () => {
  test('danger is answered at once, and then its own question is heard', () => {
    const talk = waiting();
    talk.says('gracias');
    expect(talk.says('me quieren matar')[0]).toBe('danger:ack.violence');
    expect(talk.sendClass).toBe('crisis');
    expect(talk.effects).toContainEqual({ kind: 'clear-timer', name: 'look-up:request-1' });
    expect(talk.says('1')).toEqual(['danger:here']);
    expect(answer(talk, 'ready')).toEqual([]);
    expect(talk.state.kept).toEqual([]);
  });

  test('who asks for a person gets one; then the look-up is asked anew and what was kept is not lost', () => {
    const talk = waiting();
    talk.says('gracias');
    expect(talk.says('PERSONA').slice(0, 2)).toEqual(['person:told', 'common:duty.onDutyMinutes']);
    expect(talk.state.lookUp?.requestId).toBe('request-2');
    expect(answer(talk, 'ready')).toEqual([]);
    expect(answer(talk, 'printed', 'request-2')).toEqual(['paper:is.printed', 'paper:offer', 'common:bye']);
  });

  test.each([
    ['hablar con alguien', 'person:told'],
    ['cancelar', 'common:cancelled'],
    ['ALTO', 'stop:stopped'],
    ['BORRAR', 'erase:confirm'],
    ['menú', 'menu:offer'],
    ['soy otra persona', 'come-back:forgotten'],
  ])('%j is answered at once', (text, key) => {
    expect(waiting().says(text)[0]).toBe(key);
  });

  test('a tapped "a person" is answered at once too', () => {
    expect(waiting().taps('control:person', 'Una persona')[0]).toBe('person:told');
  });

  test.each(['ayuda', 'repita', 'atrás', 'quién lee esto'])(
    '%j does not lose the answer under way',
    (text) => {
      const talk = waiting();
      expect(talk.says(text)).toEqual([]);
      expect(answer(talk, 'ready')[0]).toBe('paper:is.ready');
    },
  );

  test('a file called "menu" is no command', () => {
    const talk = waiting();
    expect(talk.sends({ kind: 'media', media: 'document', fileName: 'menu' })).toEqual([]);
    expect(talk.state.lookUp).toBeDefined();
  });

  test('after leaving, the late answer says nothing', () => {
    const talk = waiting();
    talk.says('cancelar');
    expect([answer(talk, 'ready'), deadline(talk)]).toEqual([[], []]);
  });

  test('a number that changed hands meanwhile learns nothing', () => {
    const talk = waiting();
    const { address } = talk.state;
    talk.happens({
      kind: 'address-changed',
      at: talk.now,
      address: { ...address!, recipient: '50255550199' },
    });
    expect(answer(talk, 'ready')).toEqual([]);
    expect(talk.state).toMatchObject({ dialogs: [], kept: [], address: { recipient: '50255550199' } });
  });
});

test('a caseworker who took over meanwhile is not talked over by the answer', () => {
  const talk = waiting();
  talk.state = {
    ...talk.state,
    ownership: {
      kind: 'caseworker',
      caseId: caseId('case-1'),
      by: caseworkerId('rosa'),
      shownName: 'Rosa',
    },
  };
  expect([answer(talk, 'ready'), caseReasons(talk.effects)]).toEqual([[], []]);
  expect(talk.state).toMatchObject({ dialogs: [], kept: [] });
});
