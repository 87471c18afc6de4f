import { describe, expect, test } from '@jest/globals';
import type { ConversationState, DeskOutcome, Effect, Ownership } from '../../src/core/conversation.ts';
import type { DeskAction } from '../../src/core/event.ts';
import { caseId, caseworkerId, channelName, eventId, outboxId, requestId } from '../../src/core/ids.ts';
import { rankOf } from '../../src/core/ownership.ts';
import { caseReasons, day, hour, startTalk, type Talk } from '../support/talk.ts';

const [rosa, luis] = ['rosa', 'luis'].map(caseworkerId) as [Owner['by'], Owner['by']]; // two in, two out
type Owner = Extract<Ownership, { kind: 'caseworker' }>;

/** A person in the queue with case-1. */
function queued(): Talk {
  const talk = startTalk();
  talk.says('quiero un curso');
  talk.says('PERSONA');
  return talk;
}
function act(talk: Talk, action: DeskAction, id = 'case-1'): DeskOutcome | undefined {
  talk.happens({ kind: 'desk', at: talk.now, requestId: requestId('click-1'), caseId: caseId(id), action });
  return talk.effects.flatMap((effect) => (effect.kind === 'desk-outcome' ? [effect.outcome] : []))[0];
}
const claim = (by: Owner['by'], shownName = 'Rosa'): DeskAction => ({ kind: 'claim', by, shownName });
const saidBy = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => {
    if (effect.kind === 'send') return effect.say.parts.map(({ key }) => key);
    return effect.kind === 'send-written' ? [`${effect.message.author ?? ''}: ${effect.message.text}`] : [];
  });
const owned = (by: Owner['by']): Talk => {
  const talk = queued();
  act(talk, claim(by));
  return talk;
};

describe('who answers', () => {
  test('in the queue the bot goes on answering', () => {
    const talk = queued();
    expect(talk.state.ownership).toEqual({ kind: 'queue', caseId: 'case-1' });
    expect(talk.says('soldadura')).toEqual(['training:askPlace']);
  });

  test('a caseworker silences the bot', () => {
    const talk = owned(rosa);
    expect(talk.state.ownership).toEqual({
      kind: 'caseworker',
      caseId: 'case-1',
      by: 'rosa',
      shownName: 'Rosa',
    });
    expect(talk.says('soldadura')).toEqual([]);
    expect(talk.says('menú')).toEqual([]);
    expect(talk.sends({ kind: 'media', media: 'audio' })).toEqual([]);
  });

  test('what arrives meanwhile still moves the window on', () => {
    const talk = owned(rosa);
    talk.now += 5 * hour;
    talk.says('¿sigue ahí?');
    expect(talk.state.lastInboundAt).toBe(talk.now);
  });

  test('the bot does not speak over a caseworker whatever happens', () => {
    const talk = owned(rosa);
    const { address } = talk.state;
    const at = talk.now;
    expect(talk.happens({ kind: 'joined', at, address: address!, sender: {} })).toEqual([]);
    expect(talk.happens({ kind: 'quarantined', at, eventId: eventId('1-1') })).toEqual([]);
    expect(caseReasons(talk.effects)).toEqual(['message-failed']);
    expect(
      talk.happens({ kind: 'delivery-failed', at, outboxId: outboxId('1-1'), error: 'send-rejected' }),
    ).toEqual([]);
    expect(caseReasons(talk.effects)).toEqual(['message-not-delivered']);
  });

  test('danger while a caseworker owns the conversation becomes one urgent case', () => {
    const talk = owned(rosa);
    expect(talk.says('me quieren matar')).toEqual([]);
    expect(caseReasons(talk.effects)).toEqual(['in-danger']);
    talk.says('me quieren matar ya');
    expect(talk.state.openCases.map(({ reason }) => reason)).toEqual(['asked-for-a-person', 'in-danger']);
  });
});

describe('the race for a case', () => {
  test('the first claim in mailbox order wins, the others learn who has it', () => {
    const talk = queued();
    expect(act(talk, claim(luis, 'Luis'))).toEqual({ kind: 'done' });
    expect(act(talk, claim(rosa))).toEqual({ kind: 'taken', by: 'luis' });
    expect(talk.state.ownership).toMatchObject({ by: 'luis', shownName: 'Luis' });
  });

  test('fifty caseworkers: one gets it', () => {
    const talk = queued();
    const outcomes = Array.from({ length: 50 }, (_, index) =>
      act(talk, claim(caseworkerId(`worker-${index}`))),
    );
    expect(outcomes.filter((outcome) => outcome?.kind === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome?.kind === 'taken')).toHaveLength(49);
  });

  test('claiming twice changes nothing', () => {
    const talk = owned(rosa);
    expect(act(talk, claim(rosa))).toEqual({ kind: 'done' });
    expect(talk.state.ownership).toMatchObject({ by: 'rosa' });
  });

  test.each<DeskAction>([
    claim(luis),
    { kind: 'reply', by: luis, text: 'Hola' },
    { kind: 'return-to-bot', by: luis },
    { kind: 'resolve', by: luis },
  ])('nobody else may do anything: $kind', (action) => {
    const talk = owned(rosa);
    const before = talk.state.ownership;
    expect(act(talk, action)).toEqual({ kind: 'taken', by: 'rosa' });
    expect([talk.state.ownership, saidBy(talk.effects)]).toEqual([before, []]);
  });

  test.each<DeskAction>([claim(rosa), { kind: 'resolve', by: rosa }])(
    'a case that is not open: $kind',
    (action) => {
      expect(act(queued(), action, 'case-9')).toEqual({ kind: 'not-found' });
    },
  );
});

describe('a reply', () => {
  test('goes out as written, under the shown name, and is not translated or numbered', () => {
    const talk = owned(rosa);
    expect(act(talk, { kind: 'reply', by: rosa, text: '1 {{name}} ${x}' })).toEqual({ kind: 'done' });
    expect(talk.effects[0]).toEqual({
      kind: 'send-written',
      message: {
        text: '1 {{name}} ${x}',
        language: 'es',
        choices: [],
        sendClass: 'ordinary',
        keys: [],
        author: 'Rosa',
      },
    });
  });

  test.each<readonly [string, Partial<ConversationState>, number, DeskOutcome['kind']]>([
    ['is refused on WhatsApp when the window is closed', {}, day, 'window-closed'],
    ['is taken while it is open', {}, 23 * hour, 'done'],
    [
      'is always taken on web chat',
      { address: { channel: channelName('directline'), account: 'webchat', recipient: 'x' } },
      9 * day,
      'done',
    ],
  ])('%s', (_name, change, silence, kind) => {
    const talk = owned(rosa);
    talk.state = { ...talk.state, ...change };
    talk.now += silence;
    expect(act(talk, { kind: 'reply', by: rosa, text: 'Buenas' })?.kind).toBe(kind);
  });

  test('needs a claim first', () => {
    const talk = queued();
    expect(act(talk, { kind: 'reply', by: rosa, text: 'Buenas' })).toEqual({ kind: 'not-found' });
    expect(saidBy(talk.effects)).toEqual([]);
  });
});

describe('giving back', () => {
  test('the return of the bot is announced, and the case stays open', () => {
    const talk = owned(rosa);
    expect(act(talk, { kind: 'return-to-bot', by: rosa })).toEqual({ kind: 'done' });
    expect(saidBy(talk.effects)).toEqual(['common:botIsBack']);
    expect(talk.state).toMatchObject({ ownership: { kind: 'bot' }, openCases: [{ caseId: 'case-1' }] });
    expect(talk.says('soldadura')).toEqual(['training:askPlace']);
  });

  test('who never took the conversation cannot give it back', () => {
    const talk = queued();
    expect(act(talk, { kind: 'return-to-bot', by: rosa })).toEqual({ kind: 'not-found' });
    expect([talk.state.ownership.kind, saidBy(talk.effects)]).toEqual(['queue', []]);
  });

  test('resolving closes the case, and the bot announces itself when it was silent', () => {
    const talk = owned(rosa);
    expect(act(talk, { kind: 'resolve', by: rosa })).toEqual({ kind: 'done' });
    expect(talk.effects[0]).toEqual({ kind: 'close-case', caseId: 'case-1' });
    expect(saidBy(talk.effects)).toEqual(['common:botIsBack']);
    expect(talk.state).toMatchObject({ ownership: { kind: 'bot' }, openCases: [] });
    expect(act(talk, { kind: 'resolve', by: rosa })).toEqual({ kind: 'not-found' });
  });

  test('resolving from the queue says nothing, because nothing changes for the person', () => {
    const talk = queued();
    act(talk, { kind: 'resolve', by: rosa });
    expect([talk.state.ownership.kind, saidBy(talk.effects)]).toEqual(['bot', []]);
  });

  test('resolving another case of the same person leaves the conversation where it is', () => {
    const talk = owned(rosa);
    talk.says('me quieren matar');
    act(talk, { kind: 'resolve', by: rosa }, 'case-2');
    expect(talk.state.ownership).toMatchObject({ kind: 'caseworker', caseId: 'case-1' });
  });

  test('the calm after danger ends with its case, not with another', () => {
    const talk = startTalk();
    talk.says('PERSONA');
    talk.says('me quieren matar');
    talk.says('1');
    act(talk, { kind: 'resolve', by: rosa }, 'case-1');
    expect(talk.state.calm).toMatchObject({ caseId: 'case-2' });
    act(talk, { kind: 'resolve', by: rosa }, 'case-2');
    expect(talk.state.calm).toBeUndefined();
  });
});

test('urgency orders the queue', () => {
  expect((['U1', 'U2', 'U3'] as const).map(rankOf)).toEqual([1, 2, 3]);
});
