import { describe, expect, test } from '@jest/globals';
import type { CaseRecord } from '../../src/core/conversation.ts';
import { eventId, outboxId } from '../../src/core/ids.ts';
import { day, minute, startTalk, type Talk } from '../support/talk.ts';

const written = (talk: Talk): readonly CaseRecord[] =>
  talk.effects.flatMap((effect) => (effect.kind === 'put-case' ? [effect.case] : []));

describe('what a case says', () => {
  test('topic and place for the caseworker, and never a word the person wrote', () => {
    const talk = startTalk();
    talk.says('kiero un kurso de soldadura en honduras porfa');
    talk.says('PERSONA');
    expect(written(talk)).toEqual([
      {
        caseId: 'case-1',
        conversationId: 'talk',
        reason: 'asked-for-a-person',
        urgency: 'U2',
        openedAt: talk.now,
        status: 'open',
        channel: 'whatsapp',
        language: 'es',
        brief: { topic: 'training', trade: 'soldadura', place: { country: 'HN' } },
      },
    ]);
  });
});

describe('one open case a reason', () => {
  test('somebody who writes in danger six times is one entry of the queue, where it stood', () => {
    const talk = startTalk();
    talk.says('me quieren matar');
    const [first] = written(talk);
    for (let count = 0; count < 5; count += 1) {
      talk.now += minute;
      expect(talk.says('me quieren matar')[0]).toBe('danger:again');
    }
    expect(written(talk)).toMatchObject([{ caseId: 'case-1', openedAt: first?.openedAt, urgency: 'U1' }]);
    expect(talk.state.openCases).toHaveLength(1);
  });

  test('that it is not safe to write stands in the same case', () => {
    const talk = startTalk();
    talk.says('me quieren matar');
    talk.says('2');
    expect(written(talk)).toMatchObject([
      { caseId: 'case-1', brief: { topic: 'danger', safeToWrite: 'no' } },
    ]);
  });

  test('eight late messages after an outage are one entry', () => {
    const talk = startTalk();
    for (let count = 0; count < 8; count += 1) talk.says('hola', { sentAt: talk.now - 2 * day });
    expect(talk.state.openCases).toMatchObject([{ caseId: 'case-1', reason: 'late-message' }]);
  });

  test('failed sends and failed turns are one entry each', () => {
    const talk = startTalk();
    talk.says('hola');
    for (const name of ['1-1', '1-2', '1-3']) {
      const at = talk.now;
      talk.happens({ kind: 'delivery-failed', at, outboxId: outboxId(name), error: 'send-window-closed' });
      talk.happens({ kind: 'quarantined', at, eventId: eventId(name) });
    }
    expect(talk.state.openCases.map(({ reason }) => reason)).toEqual([
      'message-not-delivered',
      'message-failed',
    ]);
  });

  test('after it was resolved a new one is opened', () => {
    const talk = startTalk();
    talk.says('me quieren matar');
    talk.state = { ...talk.state, openCases: [] };
    talk.says('me quieren matar');
    expect(written(talk)).toMatchObject([{ caseId: 'case-2' }]);
  });

  test('each wish to enrol is a case of its own', () => {
    const talk = startTalk();
    for (const trade of ['electricidad', 'panadería']) {
      talk.says(`curso de ${trade} en gracias lempira honduras`);
      talk.says('1');
    }
    expect(talk.state.openCases.map(({ reason }) => reason)).toEqual(['wants-to-enrol', 'wants-to-enrol']);
  });

  test('a failed delivery to somebody who was erased opens nothing', () => {
    const talk = startTalk();
    talk.happens({
      kind: 'delivery-failed',
      at: talk.now,
      outboxId: outboxId('1-1'),
      error: 'send-rejected',
    });
    expect(written(talk)).toEqual([]);
  });
});
