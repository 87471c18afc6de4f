import { describe, expect, test } from '@jest/globals';
import { scriptedRecogniser } from '../support/scripted-recogniser.ts';
import { caseReasons, day, hour, minute, startTalk, type Talk } from '../support/talk.ts';

describe('late messages', () => {
  test.each([
    ['older than the window', 24 * hour - 10 * minute, [], ['late-message']],
    ['just inside it', 24 * hour - 11 * minute, ['training:askTrade'], []],
    ['of nine days ago', 9 * day, [], ['late-message']],
  ])('%s', (_name, age, keys, cases) => {
    const talk = startTalk();
    talk.says('hola');
    expect(talk.says('quiero un curso', { sentAt: talk.now + 1_000 - age })).toEqual(keys);
    expect(caseReasons(talk.effects)).toEqual(cases);
  });

  test('danger is answered however late it comes', () => {
    const talk = startTalk();
    expect(talk.says('me quieren matar', { sentAt: talk.now - 3 * day })[0]).toBe('danger:ack.violence');
  });
});

describe('clocks that are wrong (safety.md R12)', () => {
  test.each([
    ['ten days ahead', (now: number) => now + 10 * day, 0],
    ['no number', () => Number.NaN, 0],
    ['an hour behind', (now: number) => now - hour, hour],
  ])('a message whose time is %s does not hold the window open', (_name, timeOf, behind) => {
    const talk = startTalk();
    talk.says('hola', { sentAt: timeOf(talk.now + 1_000) });
    expect(talk.state.lastInboundAt).toBe(talk.now - behind);
  });

  test('an older message after a newer one does not take the window back', () => {
    const talk = startTalk();
    talk.says('hola');
    const { lastInboundAt } = talk.state;
    talk.says('quiero un curso', { sentAt: talk.now - hour });
    expect(talk.state.lastInboundAt).toBe(lastInboundAt);
  });
});

describe('a machine on the other side (safety.md R19)', () => {
  test('the twentieth equal message within ten minutes is met with silence and one case', () => {
    const talk = startTalk();
    const answers = Array.from({ length: 25 }, () => talk.says('Gracias por su mensaje. Estamos cerrados.'));
    expect(answers.slice(0, 19).every((keys) => keys.length > 0)).toBe(true);
    expect(answers.slice(19)).toEqual([[], [], [], [], [], []]);
    expect(talk.state.openCases.map(({ reason }) => reason)).toEqual(['loop']);
  });

  test('another text is answered again', () => {
    const talk = startTalk();
    for (let count = 0; count < 25; count += 1) talk.says('hola');
    expect(talk.says('quiero un curso').at(-1)).toBe('training:askTrade');
  });

  test('the same text all morning is a person who is waiting', () => {
    const talk = startTalk();
    const answers = Array.from({ length: 30 }, () => {
      talk.now += minute;
      return talk.says('hola');
    });
    expect(answers.filter((keys) => keys.length === 0)).toEqual([]);
  });

  test('two times "ayuda" within four seconds are two messages (courier 177)', () => {
    const talk = startTalk();
    talk.says('hola');
    const twice = [talk.says('ayuda'), talk.says('ayuda')];
    expect(twice).toEqual([
      ['common:help', 'welcome:offer'],
      ['common:help', 'welcome:offer'],
    ]);
  });
});

describe('coming back after days', () => {
  const backAfter = (ms: number, text: string) => {
    const talk = startTalk();
    talk.says('quiero un curso de soldadura');
    talk.now += ms;
    return { talk, keys: talk.says(text) };
  };

  test.each<readonly [string, number, string, readonly string[]]>([
    ['within a day the question stands', 23 * hour, 'xela', ['training:offer']],
    ['after it the topic is not named', 25 * hour, 'hola', ['come-back:offer']],
    ['an answer to the old question asks first who writes', 3 * day, 'xela', ['come-back:offer']],
    ['a new wish is simply answered', 3 * day, 'mejor un curso de panadería', ['training:askPlace']],
    ['a word that always works, works', 3 * day, 'menú', ['menu:offer']],
    ['a voice note asks first who writes', 3 * day, '', ['come-back:offer']],
  ])('%s', (_name, ms, text, keys) => {
    expect(backAfter(ms, text).keys.slice(-keys.length)).toEqual(keys);
  });

  test.each<readonly [string, string, readonly string[]]>([
    ['going on', '1', ['common:backTo', 'training:askPlace']],
    ['starting again', '2', ['menu:offer']],
    ['somebody else', '3', ['come-back:forgotten', 'common:notice.whatsapp.organisation', 'menu:offer']],
  ])('%s', (_name, text, keys) => {
    expect(backAfter(3 * day, 'hola').talk.says(text)).toEqual(keys);
  });

  test('a button of days ago still does what it says', () => {
    const talk = startTalk();
    talk.says('curso de electricidad en gracias lempira honduras');
    talk.now += 3 * day;
    expect(talk.taps('enrol', 'Me interesa')[0]).toBe('training:kept');
  });
});

describe('somebody else on the same telephone', () => {
  test('nothing of before shows: topic, place, interests, requests, danger', () => {
    const talk = startTalk();
    talk.says('curso de electricidad en gracias lempira honduras');
    talk.says('1');
    talk.says('me quieren matar');
    talk.says('soy otra persona');
    expect(talk.state).toMatchObject({
      place: { numberCountry: 'GT' },
      interests: [],
      waitingRequests: [],
      kept: [],
      noticeGiven: true,
    });
    expect(talk.state.calm).toBeUndefined();
    expect(talk.state.dialogs.map(({ dialog }) => dialog)).not.toContain('danger');
    expect(talk.says('xyz')).not.toContain('common:stillHere');
    expect(talk.says('repita').some((key) => /danger|training/u.test(key))).toBe(false);
  });

  test('the case of danger stays with the team', () => {
    const talk = startTalk();
    talk.says('me quieren matar');
    talk.says('soy otra persona');
    expect(talk.state.openCases).toMatchObject([{ reason: 'in-danger' }]);
    expect(talk.effects.some(({ kind }) => kind === 'close-case')).toBe(false);
  });
});

describe('who comes after somebody who waits for a person', () => {
  const waited = (): Talk => {
    const talk = startTalk();
    talk.says('curso de soldadura en xela');
    expect(talk.says('PERSONA')).toContain('person:told');
    return talk;
  };

  test('on the same telephone has a case of their own, and hears of no other', () => {
    const talk = waited();
    talk.says('soy otra persona');
    expect(talk.state.ownership).toEqual({ kind: 'bot' });
    expect(talk.says('PERSONA')[0]).toBe('person:told');
    expect(talk.state.openCases).toMatchObject([
      { caseId: 'case-1', reason: 'asked-for-a-person', former: true },
      { caseId: 'case-2', reason: 'asked-for-a-person' },
    ]);
    expect(talk.state.openCases[1]).not.toHaveProperty('former');
  });

  test('on the same telephone after danger: the team is told of a new one', () => {
    const talk = startTalk();
    talk.says('me quieren matar');
    talk.says('soy otra persona');
    talk.says('me quieren matar');
    expect(talk.state.openCases.map(({ caseId, former }) => [caseId, former])).toEqual([
      ['case-1', true],
      ['case-2', undefined],
    ]);
  });

  test('with a changed number finds nothing of before (safety.md C10)', () => {
    const talk = waited();
    talk.says('1');
    talk.says('me quieren matar');
    const address = { ...talk.state.address!, recipient: '50255550109' };
    expect(talk.happens({ kind: 'address-changed', at: talk.now, address })).toEqual([]);
    expect(talk.state).toMatchObject({
      address,
      place: {},
      ownership: { kind: 'bot' },
      interests: [],
      dialogs: [],
      noticeGiven: false,
    });
    expect([talk.state.calm, talk.state.lastSaid, talk.state.consents]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(talk.says('repita')).toEqual(['common:notice.whatsapp.organisation', 'menu:offer']);
    expect(talk.says('PERSONA')[0]).toBe('person:told');
  });
});

describe('words that show what was said before, after days', () => {
  test.each(['repita', 'atrás'])('%s first asks how to go on', (word) => {
    const talk = startTalk();
    talk.says('quiero un curso de soldadura');
    talk.now += 3 * day;
    expect(talk.says(word)).toEqual(['come-back:offer']);
    expect(talk.says('1')).toEqual(['common:backTo', 'training:askPlace']);
  });

  test('help says how this works, and not what was asked', () => {
    const talk = startTalk();
    talk.says('quiero un curso de soldadura');
    talk.now += 3 * day;
    expect(talk.says('ayuda')).toEqual(['common:help', 'come-back:offer']);
  });

  test('nothing is repeated of danger', () => {
    const talk = startTalk();
    talk.says('hola');
    talk.says('me quieren matar');
    talk.now += 3 * day;
    expect(talk.says('repita')).toEqual(['come-back:offer']);
  });

  test('with no question waiting the answer of before is not repeated', () => {
    const talk = startTalk();
    talk.says('hola');
    talk.says('PERSONA');
    talk.now += 3 * day;
    expect(talk.says('repita')).toEqual(['menu:offer']);
  });

  test('the same words within the day show it', () => {
    const talk = startTalk();
    talk.says('hola');
    talk.says('quiero un curso de soldadura');
    talk.now += 23 * hour;
    expect(talk.says('repita')).toEqual(['training:askPlace']);
  });
});

describe('where somebody says they are from', () => {
  test('is kept, and is not where they are', () => {
    const talk = startTalk({
      recognise: (text, hint) => ({ ...scriptedRecogniser.recognise(text, hint), origin: 'HN' }),
    });
    talk.says('soy de danli pero estoy en xela, quiero un curso');
    expect(talk.state.place).toMatchObject({ origin: 'HN', numberCountry: 'GT' });
  });
});

describe('stop and start', () => {
  test('who wrote ALTO is still answered, and INICIO takes it back', () => {
    const talk = startTalk();
    talk.says('ALTO');
    expect(talk.state.stopped).toBe(true);
    expect(talk.says('quiero un curso')).toEqual(['training:askTrade']);
    expect([talk.says('INICIO'), talk.state.stopped]).toEqual([['menu:offer'], false]);
  });
});
