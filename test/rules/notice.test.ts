import { describe, expect, test } from '@jest/globals';
import { channelName } from '../../src/core/ids.ts';
import { day, startTalk } from '../support/talk.ts';

const whatsappNotice = 'common:notice.whatsapp.organisation';
const webChat = { address: { channel: channelName('directline'), account: 'webchat', recipient: 'x' } };

describe('the notice of first contact', () => {
  test.each<readonly [string, string, readonly string[]]>([
    ['stands between greeting and offer', 'hola', ['welcome:hello', whatsappNotice, 'welcome:offer']],
    ['stands before a question', 'quiero un curso', [whatsappNotice, 'training:askTrade']],
    [
      'stands at the end when nothing is asked',
      'PERSONA',
      ['person:told', 'common:duty.onDutyMinutes', 'person:meanwhile', whatsappNotice],
    ],
  ])('%s', (_name, text, keys) => {
    expect(startTalk().says(text)).toEqual(keys);
  });

  test('is given once', () => {
    const talk = startTalk();
    talk.says('hola');
    expect(talk.says('quiero un curso')).toEqual(['training:askTrade']);
  });

  test('names the organisation, and a government as what it is', () => {
    const talk = startTalk({ organisation: { name: 'Casa Camino', kind: 'government' } });
    talk.says('hola');
    expect(talk.state.lastSaid?.parts[1]).toEqual({
      key: 'common:notice.whatsapp.government',
      params: { organisation: 'Casa Camino' },
    });
  });

  test('says nothing of WhatsApp to who writes on the page', () => {
    expect(startTalk().says('hola', webChat)[1]).toBe('common:notice.other.organisation');
  });

  test('waits in danger, and while danger is near, and comes with the first ordinary answer', () => {
    const talk = startTalk();
    expect(talk.says('me quieren matar')).not.toContain(whatsappNotice);
    expect(talk.says('xyz')).toEqual(['common:stillHere', 'danger:isSafe']);
    expect(talk.says('1')).toEqual(['danger:here']);
    expect(talk.says('quiero un curso')).toEqual([whatsappNotice, 'training:askTrade']);
  });

  test('does not come with what nobody asked for', () => {
    const talk = startTalk();
    talk.says('hola', { sentAt: talk.now - 2 * day });
    expect(talk.effects.map(({ kind }) => kind)).toEqual(['put-case']);
    expect(talk.state.noticeGiven).toBe(false);
  });

  test('greets on web chat when the page is opened, in the language of the browser', () => {
    const talk = startTalk();
    const { address } = webChat;
    const joined = { kind: 'joined', at: talk.now, address, sender: { locale: 'en' } } as const;
    expect(talk.happens(joined as Parameters<typeof talk.happens>[0])).toEqual([
      'welcome:hello',
      'common:notice.other.organisation',
      'welcome:offer',
    ]);
    expect(talk.state.language).toEqual({ tag: 'en', chosenBy: 'detected' });
  });
});
