import { describe, expect, test } from '@jest/globals';
import { startTalk, type Talk } from '../support/talk.ts';
import { paperDialog } from '../support/paper-dialog.ts';

/** Somebody who had the notice and is asked for a trade. */
function askedForTrade(): Talk {
  const talk = startTalk();
  talk.says('hola');
  expect(talk.says('quiero un curso')).toEqual(['training:askTrade']);
  return talk;
}
const run = (talk: Talk, texts: readonly string[]) => texts.map((text) => talk.says(text)).at(-1);

describe('words that work in the middle of a question', () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ['help', ['ayuda'], ['common:help', 'training:askTrade']],
    ['repeat', ['soldadura', 'repita'], ['training:askPlace']],
    ['repeat what was repeated', ['repita', 'repita'], ['training:askTrade']],
    ['back', ['soldadura', 'atrás'], ['training:askTrade']],
    ['back at the first question', ['atrás'], ['common:nothingBefore', 'training:askTrade']],
    ['back twice and forward again', ['soldadura', 'atrás', 'panadería'], ['training:askPlace']],
    ['cancel', ['cancelar'], ['common:cancelled']],
    ['cancel, then back', ['cancelar', 'atrás'], ['common:nothingBefore']],
    ['menu', ['menú'], ['menu:offer']],
    ['help in English', ['help'], ['common:help', 'training:askTrade']],
    ['a greeting', ['hola'], ['training:askTrade']],
    ['a greeting twice is no failure', ['hola', 'buenas'], ['training:askTrade']],
    ['thanks', ['gracias'], ['common:bye']],
    ['the answer after thanks', ['gracias', 'soldadura'], ['training:askPlace']],
  ])('%s', (_name, texts, keys) => {
    expect(run(askedForTrade(), texts)).toEqual(keys);
  });

  test('back from a list of services goes to the offer before it', () => {
    const talk = startTalk();
    talk.says('curso de soldadura en xela');
    talk.says('2');
    expect(talk.says('atrás')).toEqual(['training:offer']);
    expect(talk.says('atrás')).toEqual(['common:nothingBefore', 'training:offer']);
  });

  test('back takes the answer away, not only the step', () => {
    const talk = askedForTrade();
    talk.says('soldadura');
    talk.says('atrás');
    expect(talk.state.dialogs.at(-1)?.values).toEqual({});
  });

  test('repeat at the very beginning shows what can be asked', () => {
    expect(startTalk().says('repita')).toEqual(['common:notice.whatsapp.organisation', 'menu:offer']);
  });
});

describe('not understood', () => {
  test('once: in other words, with the question; twice: a person is offered', () => {
    const talk = askedForTrade();
    expect(talk.says('777')).toEqual(['common:notUnderstood', 'training:askTrade']);
    expect(talk.says('888')).toEqual(['common:offerPerson']);
    expect(talk.offered).toEqual(['control:person', 'control:menu']);
    expect(talk.says('1')[0]).toBe('person:told');
  });

  test('an answer in between starts the count anew', () => {
    const talk = askedForTrade();
    talk.says('777');
    talk.says('soldadura');
    expect(talk.says('888')).toEqual(['common:notUnderstood', 'training:askPlace']);
  });

  test('outside any question only failures in a row count', () => {
    const talk = askedForTrade();
    talk.says('cancelar');
    expect(talk.says('777')).toEqual(['common:notUnderstood']);
    expect(talk.says('gracias')).toEqual(['common:bye']);
    expect(talk.says('888')).toEqual(['common:notUnderstood']);
    expect(talk.says('999')).toEqual(['common:offerPerson']);
  });

  test.each([
    ['audio', 'common:cannotHear'],
    ['image', 'common:cannotSee'],
    ['sticker', 'common:cannotSee'],
    ['document', 'common:cannotSee'],
  ] as const)('%s in a question', (media, key) => {
    expect(askedForTrade().sends({ kind: 'media', media })).toEqual([key, 'training:askTrade']);
  });

  test.each([
    [{ kind: 'location', latitude: 14.6, longitude: -90.5 }, 'common:cannotSee'],
    [{ kind: 'contacts' }, 'common:cannotSee'],
    [{ kind: 'unsupported' }, 'common:cannotSee'],
    [{ kind: 'form', name: 'value', answers: '{}' }, 'common:notUnderstood'],
  ] as const)('%j in a question', (content, key) => {
    expect(askedForTrade().sends(content)).toEqual([key, 'training:askTrade']);
  });

  test('words under a photo are an answer', () => {
    const photo = { kind: 'media', media: 'image', caption: 'soldadura' } as const;
    expect(askedForTrade().sends(photo)).toEqual(['training:askPlace']);
  });

  test('the name of a file is none', () => {
    const file = { kind: 'media', media: 'document', fileName: 'soldadura.pdf' } as const;
    expect(askedForTrade().sends(file)).toEqual(['common:cannotSee', 'training:askTrade']);
  });

  test('a thumb up is left alone', () => {
    expect(askedForTrade().sends({ kind: 'reaction' })).toEqual([]);
  });

  test('who begins with a voice note learns that it was not heard, and where to begin', () => {
    expect(startTalk().sends({ kind: 'media', media: 'audio' })).toEqual([
      'common:cannotHear',
      'welcome:hello',
      'common:notice.whatsapp.organisation',
      'welcome:offer',
    ]);
  });
});

describe('digression and return', () => {
  test('a word about privacy, then the question again', () => {
    const keys = askedForTrade().says('¿quién lee esto?');
    expect(keys.slice(-2)).toEqual(['common:backTo', 'training:askTrade']);
  });

  test('another topic in between, then the question again', () => {
    const talk = startTalk({ with: [paperDialog] });
    talk.says('quiero un curso');
    expect(talk.says('¿y mi pasaporte?')).toEqual(['paper:askNumber']);
    talk.says('77');
    const at = talk.now;
    talk.happens({ kind: 'timer', at, name: 'look-up:request-1' });
    expect(talk.says('2')).toEqual(['common:backTo', 'training:askTrade']);
    expect(talk.says('soldadura')).toEqual(['training:askPlace']);
  });

  test('nobody is brought back twice to one question', () => {
    const talk = startTalk();
    talk.says('quiero un curso de soldadura');
    expect(talk.says('BORRAR')).toEqual(['erase:confirm']);
    expect(talk.says('mejor quiero un curso')).toEqual(['training:askPlace']);
    expect(talk.state.dialogs.map(({ dialog }) => dialog)).toEqual(['training']);
    const keys = talk.says('guatemala');
    expect(keys.at(-1)).toBe('training:offer');
    expect(talk.says('3')).toEqual(['person:told', 'common:duty.onDutyMinutes', 'person:meanwhile']);
    expect(talk.state.dialogs).toEqual([]);
  });

  test('the same word twice opens one dialog', () => {
    const talk = askedForTrade();
    talk.says('BORRAR');
    talk.says('BORRAR');
    expect(talk.says('no')).toEqual(['erase:kept', 'common:backTo', 'training:askTrade']);
  });

  test('nobody is brought back to a menu', () => {
    const talk = startTalk();
    talk.says('menú');
    expect(talk.says('PERSONA').at(-1)).toBe('person:meanwhile');
    expect(talk.state.dialogs).toEqual([]);
  });

  test.each<readonly [string, readonly string[], Record<string, unknown>, string]>([
    [
      'the trade when the place was asked',
      ['soldadura', 'mejor un curso de panadería'],
      { trade: 'panadería' },
      'askPlace',
    ],
    ['the same trade once more', ['soldadura', 'curso de soldadura'], { trade: 'soldadura' }, 'askPlace'],
    ['the place when the trade was asked', ['en honduras'], { place: { country: 'HN' } }, 'askTrade'],
  ])('%s is taken for what it is, and the question stays', (_name, texts, values, step) => {
    const talk = askedForTrade();
    expect(run(talk, texts)).toEqual([`training:${step}`]);
    expect(talk.state.dialogs.at(-1)?.values).toEqual(values);
  });

  test('a correction changes what it names and keeps the rest', () => {
    const talk = startTalk();
    talk.says('curso de soldadura en xela');
    talk.says('mejor panadería');
    expect(talk.state.dialogs.at(-1)?.values).toMatchObject({
      trade: 'panadería',
      place: { city: 'Quetzaltenango' },
    });
  });
});

describe('several requests in one message', () => {
  test.each<readonly [string, string, string]>([
    ['the course has its turn after the person', 'un curso y hablar con alguien', 'person:told'],
    ['a courtesy is no request', 'hola buenas, quiero un curso', 'training:askTrade'],
    ['nor is a thanks', 'gracias, quiero un curso', 'training:askTrade'],
  ])('%s', (_name, text, key) => {
    const talk = startTalk();
    const keys = talk.says(text);
    expect(keys).toContain(key);
    expect(keys.at(-1)).toBe('training:askTrade');
  });

  test('at most three wait', () => {
    const talk = startTalk({ with: [paperDialog] });
    talk.says('quiero un curso');
    const request = { intent: 'document_requirements', slots: {} } as const;
    talk.state = { ...talk.state, waitingRequests: [request, request, request] };
    talk.says('un curso de soldadura y mi pasaporte');
    expect(talk.state.waitingRequests).toHaveLength(3);
  });
});
