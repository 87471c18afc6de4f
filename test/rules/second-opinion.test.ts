import { describe, expect, test } from '@jest/globals';
import type { ConversationState } from '../../src/core/conversation.ts';
import { caseId, caseworkerId, dialogId } from '../../src/core/ids.ts';
import { defineDialog } from '../../src/core/dialog.ts';
import type { Intent } from '../../src/core/recognition.ts';
import { scriptedRecogniser } from '../support/scripted-recogniser.ts';
import { answer, asked, other, unclear, welcomed } from '../support/second-opinions.ts';
import { day, type Talk } from '../support/talk.ts';

/** Unsure of everything that says "volado"; `maybe` is what it may be about, and how likely. */
const unsure = (maybe: readonly { readonly intent: Intent; readonly confidence: number }[] = []) => ({
  recognise: (text: string, hint: Parameters<typeof scriptedRecogniser.recognise>[1]) => ({
    ...scriptedRecogniser.recognise(text, hint),
    ...(text.includes('volado') ? { candidates: maybe } : {}),
  }),
});

/** A dialog for an intent that is nobody's business outside. */
const status = (intent: Intent) =>
  defineDialog({
    id: 'closed',
    version: 1,
    answers: { number: { parse: () => ({ kind: 'unclear' }) } },
    start: 'ask',
    intents: [intent],
    steps: { ask: { kind: 'ask', key: 'ask', answer: 'number', then: 'end' } },
  });

describe('somebody outside is asked', () => {
  test('when nothing here understands and the person allowed it, with the text and its language', () => {
    const talk = welcomed();
    expect(talk.says(unclear)).toEqual([]);
    expect(talk.effects).toEqual([
      {
        kind: 'request',
        requestId: 'request-1',
        name: 'understand',
        input: { text: unclear, language: 'es' },
        deadline: talk.now + 7_000,
      },
      { kind: 'set-timer', name: 'look-up:request-1', dueAt: talk.now + 7_000 },
    ]);
  });

  test('thirty times a day and not once more, and again the next day', () => {
    const talk = welcomed();
    for (let count = 1; count <= 30; count += 1) {
      talk.says(`${unclear} ${count}`);
      expect(asked(talk)).toHaveLength(1);
      answer(talk, { kind: 'nothing' }, `request-${count}`);
    }
    expect(talk.says(unclear)).toEqual(['common:offerPerson']);
    talk.now += day;
    talk.says(other);
    expect(asked(talk)).toHaveLength(1);
  });

  test('for leave once, and no answer is a no', () => {
    const talk = welcomed({ consents: {} });
    expect(talk.says(unclear)).toEqual(['understand:consent']);
    expect(talk.state.consents?.understanding).toEqual({
      answer: 'no',
      textVersion: 1,
      at: talk.now,
      channel: 'whatsapp',
    });
    expect(talk.says(other)).toEqual(['common:notUnderstood', 'understand:consent']);
    expect(asked(talk)).toEqual([]);
  });

  test('for leave again, once, when the words of the question changed', () => {
    const old = { understanding: { answer: 'no', textVersion: 0, at: 1, channel: 'whatsapp' } } as const;
    expect(welcomed({ consents: old }).says(unclear)).toEqual(['understand:consent']);
    const oldYes = { understanding: { ...old.understanding, answer: 'yes' } } as const;
    const talk = welcomed({ consents: oldYes });
    expect([talk.says(unclear), asked(talk)]).toEqual([['understand:consent'], []]);
  });
});

describe('nobody outside is asked', () => {
  test.each<[string, Partial<ConversationState>]>([
    ['without leave', { consents: {} }],
    [
      'after a no',
      { consents: { understanding: { answer: 'no', textVersion: 1, at: 1, channel: 'whatsapp' } } },
    ],
    [
      'a child',
      { consents: { understanding: { answer: 'never', textVersion: 1, at: 1, channel: 'whatsapp' } } },
    ],
    ['after ALTO', { stopped: true }],
    ['in the calm after danger', { calm: { caseId: caseId('case-1') } }],
    [
      'while a case of danger is open',
      { openCases: [{ caseId: caseId('case-1'), reason: 'in-danger', openedAt: 1 }] },
    ],
    ['while a caseworker is waited for', { ownership: { kind: 'queue', caseId: caseId('case-1') } }],
    [
      'while a caseworker answers',
      {
        ownership: {
          kind: 'caseworker',
          caseId: caseId('case-1'),
          by: caseworkerId('rosa'),
          shownName: 'Rosa',
        },
      },
    ],
    ['while a request about a status waits', { waitingRequests: [{ intent: 'document_status', slots: {} }] }],
  ])('%s', (_state, change) => {
    const talk = welcomed(change);
    talk.says(unclear);
    expect(asked(talk)).toEqual([]);
  });

  test.each<Intent>([
    'document_status',
    'family_document_status',
    'subscribe_status',
    'complaint_feedback',
    'crisis_safety',
  ])('in a dialog about %s', (intent) => {
    const talk = welcomed({}, { with: [status(intent)] });
    const frame = { dialog: dialogId('closed'), version: 1, step: 'ask', values: {}, trail: [], misses: 0 };
    talk.state = { ...talk.state, dialogs: [frame] };
    expect(talk.says(unclear)).toEqual(['common:notUnderstood', 'closed:ask']);
    expect(asked(talk)).toEqual([]);
  });

  test.each<Intent>([
    'document_status',
    'family_document_status',
    'subscribe_status',
    'complaint_feedback',
    'crisis_safety',
    'human_handoff',
  ])('about a message that may be about %s', (intent) => {
    const talk = welcomed(
      {},
      unsure([
        { intent: 'job_search', confidence: 0.4 },
        { intent, confidence: 0.25 },
      ]),
    );
    talk.says(unclear);
    expect(asked(talk)).toEqual([]);
    const likely = welcomed({}, unsure([{ intent: 'job_search', confidence: 0.4 }]));
    likely.says(unclear);
    expect(asked(likely)).toHaveLength(1);
  });

  test('about danger', () => {
    const talk = welcomed();
    expect(talk.says('me quieren matar los del volado ese')[0]).toBe('danger:ack.violence');
    expect(asked(talk)).toEqual([]);
  });

  test('about what is surely out of scope', () => {
    const talk = welcomed({}, unsure([{ intent: 'out_of_scope', confidence: 0.9 }]));
    expect(talk.says(unclear)[0]).toBe('common:notUnderstood');
    expect(asked(talk)).toEqual([]);
  });

  test.each([
    'tengo 15 y no se que hacer con el volado',
    'cumplí catorce y lo del volado',
    'soy menor de edad y lo del volado ese',
    'soy un niño y lo del volado ese',
    'im 16 and about that volado thing',
    'mi sobrina de 12 años y el volado ese',
    'el volado es de un menor de edad',
  ])('about %j', (text) => {
    const talk = welcomed({}, unsure());
    talk.says(text);
    expect(asked(talk)).toEqual([]);
  });

  test.each([
    'tengo 15 dias con el volado ese',
    'tengo 8 hijos y el volado ese',
    'tengo 30 años y el volado ese',
  ])('but about %j they are: nobody in it is a child who writes', (text) => {
    const talk = welcomed({}, unsure());
    talk.says(text);
    expect(asked(talk)).toHaveLength(1);
  });

  test('about anything later, once a child said so, even after a yes to the question that waited', () => {
    const talk = welcomed({ consents: {} });
    expect(talk.says(unclear)).toEqual(['understand:consent']);
    talk.says('cumpli 15 ayer con el vecino del volado');
    talk.says('1');
    talk.says('sí');
    talk.says(other);
    expect(talk.state.consents?.understanding?.answer).toBe('never');
    expect(talk.state.opinions).toBeUndefined();
  });

  test.each<[string, (talk: Talk) => unknown]>([
    ['a voice note', (talk) => talk.sends({ kind: 'media', media: 'audio', caption: unclear })],
    ['a form', (talk) => talk.sends({ kind: 'form', name: 'x', answers: unclear })],
    ['an old button', (talk) => talk.taps('more', unclear)],
    ['one word', (talk) => talk.says('volado')],
    ['signs', (talk) => talk.says('?? !! 🙏')],
  ])('about %s', (_what, send) => {
    const talk = welcomed();
    send(talk);
    expect(asked(talk)).toEqual([]);
  });

  test('where the operator has nobody: the state stays as it was', () => {
    const talk = welcomed({}, { secondOpinion: false });
    delete (talk.state as { consents?: unknown }).consents;
    talk.says(unclear);
    talk.says('tengo 15 años');
    expect([asked(talk), talk.state.consents, talk.state.opinions]).toEqual([[], undefined, undefined]);
  });
});
