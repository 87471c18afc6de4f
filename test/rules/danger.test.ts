import { describe, expect, test } from '@jest/globals';
import { caseReasons, messageEvent, startTalk, type Talk } from '../support/talk.ts';
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
      expect(keys[0]).toBe('danger:believe');
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
    expect(talk.says('guatemala')).toEqual(['danger:nowCall', 'danger:isSafe']);
    expect(caseReasons(talk.effects)).toEqual([]);
  });

  test('"not safe" is noted for the team and answered with silence ahead', () => {
    const talk = startTalk();
    talk.says(words);
    expect(talk.says('2')).toEqual(['danger:quiet']);
    expect(caseReasons(talk.effects)).toEqual(['in-danger']);
  });
});

test('where nobody is configured nothing is promised, and the case is there all the same', () => {
  const talk = startTalk({ duty: { kind: 'nobody' } });
  expect(talk.says(words)).not.toContain('danger:told');
  expect([caseReasons(talk.effects), talk.state.ownership.kind]).toEqual([['in-danger'], 'bot']);
});

test('the case names the danger of nobody: no class, no words', () => {
  const talk = startTalk();
  talk.happens({ ...messageEvent(talk.now, { kind: 'text', text: 'no quiero vivir' }, 1), urgent: true });
  expect(JSON.stringify(talk.state)).not.toMatch(/self_harm|violence|vivir/u);
  expect(JSON.stringify(talk.effects)).not.toMatch(/self_harm|violence|vivir/u);
});
