import { describe, expect, test } from '@jest/globals';
import { caseId, caseworkerId, channelName, eventId } from '../../src/core/ids.ts';
import { caseReasons, startTalk, type Talk } from '../support/talk.ts';

/** Somebody who had the notice and is asked for a trade. */
function askedForTrade(): Talk {
  const talk = startTalk();
  talk.says('hola');
  expect(talk.says('quiero un curso')).toEqual(['training:askTrade']);
  return talk;
}

describe('when something failed for good', () => {
  test('the person is told, a person is offered, and the question can still be answered', () => {
    const talk = askedForTrade();
    const event = { kind: 'quarantined', at: talk.now, eventId: '1-1' } as Parameters<Talk['happens']>[0];
    expect(talk.happens(event)).toEqual(['common:failed']);
    expect(talk.offered).toEqual(['control:person', 'control:menu']);
    expect(caseReasons(talk.effects)).toEqual(['message-failed']);
    expect(talk.says('soldadura')).toEqual(['training:askPlace']);
  });

  test('what read like danger: the general help at once, a case of danger, and nothing of before', () => {
    const talk = startTalk();
    const address = { channel: channelName('whatsapp'), account: 'ours', recipient: '50255550100' };
    const event = {
      kind: 'quarantined',
      at: talk.now,
      eventId: eventId('1-1'),
      address,
      urgent: true,
    } as const;
    expect(talk.happens(event)).toEqual(['common:failedInDanger']);
    expect([talk.sendClass, talk.offered]).toEqual(['crisis', []]);
    expect(caseReasons(talk.effects)).toEqual(['in-danger']);
    expect(talk.state).toMatchObject({ address, calm: { caseId: 'case-1' }, dialogs: [] });
  });

  test('while a caseworker answers, the team hears of danger and the program is silent', () => {
    const talk = askedForTrade();
    const ownership = {
      kind: 'caseworker',
      caseId: caseId('c'),
      by: caseworkerId('w'),
      shownName: 'Ana',
    } as const;
    talk.state = { ...talk.state, ownership };
    const event = { kind: 'quarantined', at: talk.now, eventId: eventId('1-1'), urgent: true } as const;
    expect(talk.happens(event)).toEqual([]);
    expect(caseReasons(talk.effects)).toEqual(['in-danger']);
  });
});
