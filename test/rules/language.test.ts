import { describe, expect, test } from '@jest/globals';
import { languageTag } from '../../src/core/ids.ts';
import { startTalk, type Talk } from '../support/talk.ts';

/** Somebody who had the notice and is asked for a trade. */
function askedForTrade(): Talk {
  const talk = startTalk();
  talk.says('hola');
  expect(talk.says('quiero un curso')).toEqual(['training:askTrade']);
  return talk;
}

describe('who answers, and going on', () => {
  test.each([
    'eres un robot?',
    '¿Es un robot?',
    'are you a bot',
    'are you a human?',
    'am i talking to a real person?',
    'usted es una persona o un robot',
    'hablo con una maquina?',
  ])('%j is answered truly, and the question stays', (text) => {
    expect(askedForTrade().says(text)).toEqual(['common:whoAnswers', 'training:askTrade']);
  });

  test('outside any question a person is offered', () => {
    const talk = startTalk();
    talk.says('hola');
    talk.says('cancelar');
    expect(talk.says('are you a robot?')).toEqual(['common:whoAnswers']);
    expect(talk.offered).toEqual(['control:person', 'control:menu']);
  });

  test.each(['seguir', 'quiero seguir', 'sigamos', 'go on', 'continue'])(
    '%j after leaving opens the menu, in a question it asks it again',
    (text) => {
      const talk = askedForTrade();
      expect(talk.says(text)).toEqual(['training:askTrade']);
      talk.says('cancelar');
      expect(talk.says(text)).toEqual(['menu:offer']);
    },
  );

  test('coming back after days', () => {
    const talk = askedForTrade();
    talk.now += 3 * 24 * 3_600_000;
    expect(talk.says('hola')).toEqual(['come-back:offer']);
    expect(talk.says('quiero seguir')).toEqual(['training:askTrade']);
  });
});

describe('the language', () => {
  test('changes the answer under way too, and what is repeated', () => {
    const talk = startTalk();
    talk.says('hola');
    const answered = talk.says('curso de soldadura en xela');
    expect(answered.at(-1)).toBe('training:offer');
    expect(talk.says('in english please')).toEqual(answered);
    const say = talk.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.say] : []))[0];
    expect(say?.language).toBe('en');
    expect(say?.parts[0]?.params?.['service']).toBe('Courses one');
    expect(talk.says('repeat')).toEqual(answered);
  });

  test('changes the last answer when no question waits', () => {
    const talk = startTalk();
    talk.says('hola');
    const told = talk.says('PERSONA');
    expect(talk.says('in english please')).toEqual(told);
  });

  test('changes by a wish, the question stays, and no detection takes it back', () => {
    const talk = askedForTrade();
    expect(talk.says('in english please')).toEqual(['common:languageChanged', 'training:askTrade']);
    expect(talk.state.language).toEqual({ tag: 'en', chosenBy: 'person' });
    talk.says('soldadura');
    expect(talk.state.language.tag).toBe('en');
  });

  test.each([
    ['a whole sentence switches', 'i want welding', 'en', 0.6, 'en'],
    ['a doubtful one does not', 'i want welding', 'en', 0.59, 'es'],
    ['one foreign word does not', 'okay', 'en', 0.89, 'es'],
    ['one unmistakable word does', 'hello', 'en', 0.9, 'en'],
    ['a language without words here does not', 'mwen bezwen yon kou', 'ht', 0.99, 'es'],
  ])('%s', (_name, text, language, languageConfidence, expected) => {
    const talk = startTalk({
      recognise: () => ({
        candidates: [],
        requests: [],
        slots: {},
        language: languageTag(language),
        languageConfidence,
        crisis: 'none',
      }),
    });
    talk.says(text);
    expect(talk.state.language.tag).toBe(expected);
  });

  test('is asked for when none is named, and nothing else is lost', () => {
    const talk = askedForTrade();
    expect(talk.says('otro idioma')).toEqual(['common:whichLanguage']);
    expect(talk.offered).toEqual(['language:es', 'language:en']);
    expect(talk.says('2')).toEqual(['common:languageChanged', 'training:askTrade']);
  });

  test('changes after danger without a menu being pushed', () => {
    const talk = startTalk();
    talk.says('hola');
    talk.says('me quieren matar');
    talk.says('1');
    expect(talk.says('in english please')).toEqual(['danger:here']);
  });
});
