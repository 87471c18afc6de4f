import { describe, expect, test } from '@jest/globals';
import { caseworkerId, requestId } from '../../src/core/ids.ts';
import { caseReasons, hour, messageEvent, startTalk, type Talk } from '../support/talk.ts';
import { everyWaitingStep, otherStates } from '../support/every-state.ts';

const words = 'me quieren matar';
const ways: readonly (readonly [string, (talk: Talk) => readonly string[]])[] = [
  ['a text', (talk) => talk.says(words)],
  ['a text the detector calls urgent, or that broke it', (talk) => talk.says('xyz', { urgent: true })],
  ['the title of a button', (talk) => talk.taps('x', words)],
  ['words under a photo', (talk) => talk.sends({ kind: 'media', media: 'image', caption: words })],
  [
    'the name of a file',
    (talk) => talk.sends({ kind: 'media', media: 'document', fileName: `${words}.pdf` }),
  ],
];

describe('danger from every state is answered in the same turn', () => {
  describe.each(ways)('by %s', (_way, write) => {
    test.each([...everyWaitingStep, ...otherStates])('%s', (_name, stand) => {
      const talk = stand();
      const keys = write(talk);
      expect(keys[0]).toMatch(/^danger:(?:ack\.(?:violence|general)|again)$/u);
      expect(keys.some((key) => key.startsWith('danger:now.'))).toBe(true);
      expect(keys.at(-1)).toBe('danger:isSafe');
      expect(talk.offered).toEqual(['yes', 'no']);
      expect(talk.sendClass).toBe('crisis');
      expect(caseReasons(talk.effects)).toEqual(['in-danger']);
      expect(talk.state.dialogs.map(({ dialog }) => dialog)).toEqual(['danger']);
      expect(talk.state).toMatchObject({ waitingRequests: [], kept: [], ownership: { kind: 'queue' } });
      expect(talk.state.lookUp).toBeUndefined();
    });
  });

  test('ten steps at least are looked at', () => {
    expect(everyWaitingStep.length).toBeGreaterThan(20);
  });
});

describe('after danger (safety.md D5, D15)', () => {
  test.each([
    ['audio', 'common:stillHere'],
    ['sticker', 'common:stillHere'],
  ] as const)('%s is never called not understood', (media, key) => {
    const talk = startTalk();
    talk.says(words);
    talk.says('1');
    expect(talk.sends({ kind: 'media', media })).toEqual([key]);
  });

  test('the question under way is not taken up again', () => {
    const talk = startTalk();
    talk.says('quiero un curso');
    talk.says(words);
    talk.says('1');
    const next = ['hola', 'xyz', 'ok', 'si', 'ayuda'].map((text) => talk.says(text));
    expect(next.flat().filter((key) => key.startsWith('training:'))).toEqual([]);
  });

  test('an ordinary question is simply answered', () => {
    const talk = startTalk();
    talk.says(words);
    talk.says('1');
    expect(talk.says('quiero un curso').at(-1)).toBe('training:askTrade');
  });

  test('a country said afterwards brings its number without telling the team twice', () => {
    const talk = startTalk();
    talk.says(words, { sender: {} });
    expect(talk.says('guatemala')).toEqual(['danger:now.other.police', 'danger:isSafe']);
    expect(caseReasons(talk.effects)).toEqual([]);
  });

  test.each([
    ['1', ['danger:here'], 'yes'],
    ['2', ['danger:quiet', 'danger:teamKnows', 'danger:writeFromElsewhere'], 'no'],
  ])('the answer %s, typed without a button, is kept for the team', (typed, keys, safeToWrite) => {
    const talk = startTalk();
    talk.says(words);
    expect(talk.says(typed)).toEqual(keys);
    expect(briefs(talk)).toEqual([{ topic: 'danger', danger: 'violence', safeToWrite }]);
    expect(talk.state.dialogs).toEqual([]);
  });

  test('that it is not safe to write stays with the case when another danger follows', () => {
    const talk = startTalk();
    talk.says(words);
    talk.says('2');
    talk.says('no quiero vivir');
    expect(briefs(talk)).toEqual([{ topic: 'danger', danger: 'self_harm', safeToWrite: 'no' }]);
  });

  test('a caseworker who has taken over reads the class, and the bot stays silent', () => {
    const talk = startTalk();
    talk.says(words);
    const [open] = talk.state.openCases;
    talk.happens({
      kind: 'desk',
      at: talk.now,
      caseId: open!.caseId, // opened by the message above
      requestId: requestId('request-1'),
      action: { kind: 'claim', by: caseworkerId('rosa'), shownName: 'Rosa' },
    });
    expect(talk.says('no quiero vivir')).toEqual([]);
    expect(briefs(talk)).toEqual([{ danger: 'self_harm' }]);
  });
});

describe('the same danger told again', () => {
  const short = ['danger:again', 'danger:now.other.police', 'danger:isSafe'];

  test('gets a short answer within the hour, before and after it is known whether writing is safe', () => {
    const talk = startTalk();
    talk.says(words);
    expect(talk.says(words)).toEqual(short);
    talk.says('1');
    expect(talk.says(words)).toEqual(short);
    expect(talk.state.openCases).toHaveLength(1);
  });

  test('gets a whole one after an hour, and when its case was resolved', () => {
    const talk = startTalk();
    talk.says(words);
    talk.now += hour;
    expect(talk.says(words)[0]).toBe('danger:ack.violence');
    talk.happens({
      kind: 'desk',
      at: talk.now,
      caseId: talk.state.openCases[0]!.caseId, // opened by the messages above
      requestId: requestId('request-1'),
      action: { kind: 'resolve', by: caseworkerId('rosa') },
    });
    expect(JSON.stringify([talk.state.calm, talk.state.openCases])).not.toMatch(/violence/u);
    expect(talk.says(words)[0]).toBe('danger:ack.violence');
  });

  test('of another class is answered in full', () => {
    const talk = startTalk();
    talk.says(words);
    expect(talk.says('no quiero vivir')[0]).toBe('danger:ack.self_harm');
  });
});

test('a child who tells of danger is told what a child can do', () => {
  expect(startTalk().says(`tengo 12 años y ${words}`)).toContain('danger:child.self');
});

test('a country in the message is not taken for where the person is when it is the one they were sent back from', () => {
  const talk = startTalk();
  talk.says(`me deportaron de estados unidos y ${words}`, { sender: {} });
  expect(JSON.stringify(sentParts(talk))).not.toContain('"country":"US"');
  expect(sentParts(talk).map(({ key }) => key)).toContain('danger:whichCountry');
});

test('where nobody is configured nothing is promised, and the case is there all the same', () => {
  const talk = startTalk({ duty: { kind: 'nobody' } });
  expect(talk.says(words).filter((key) => key.startsWith('danger:team.'))).toEqual(['danger:team.nobody']);
  expect([caseReasons(talk.effects), talk.state.ownership.kind]).toEqual([['in-danger'], 'bot']);
  expect(talk.says('2')).toEqual(['danger:quiet', 'danger:writeFromElsewhere']);
});

test('the case names the class of danger, and nothing repeats the words', () => {
  const talk = startTalk();
  talk.happens({ ...messageEvent(talk.now, { kind: 'text', text: 'no quiero vivir' }, 1), urgent: true });
  expect(briefs(talk)).toEqual([{ topic: 'danger', danger: 'self_harm' }]);
  expect(JSON.stringify([talk.state, talk.effects])).not.toMatch(/vivir/u);
});

const briefs = (talk: Talk) =>
  talk.effects.flatMap((effect) => (effect.kind === 'put-case' ? [effect.case.brief] : []));
const sentParts = (talk: Talk) =>
  talk.effects.flatMap((effect) => (effect.kind === 'send' ? effect.say.parts : []));
