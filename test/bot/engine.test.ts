import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { Activity, MiddlewareHandler, TurnContext } from 'botbuilder';
import { CollectingAdapter, repliesOf } from '../../src/bot/adapter.ts';
import { createBotEngine } from '../../src/bot/engine.ts';
import { reportSlowTurns } from '../../src/bot/middleware.ts';
import type { ConversationState } from '../../src/core/conversation.ts';
import type { ConversationEvent } from '../../src/core/event.ts';
import {
  caseId,
  caseworkerId,
  channelName,
  conversationId,
  eventId,
  languageTag,
  outboxId,
  requestId,
} from '../../src/core/ids.ts';
import type { LogFields } from '../../src/core/ports.ts';
import { renderSay } from '../../src/core/render.ts';
import { newConversation, turn, type TurnResult } from '../../src/core/turn.ts';
import { messageEvent, morning, testContext, translator } from '../support/talk.ts';

const blank = (name = 'somebody') => newConversation(conversationId(name), languageTag('es'));
const decide = (state: ConversationState, event: ConversationEvent): TurnResult =>
  turn(state, event, testContext(morning));
const hears = (text: string, count = 1) => messageEvent(morning, { kind: 'text', text }, count);
const address = { channel: channelName('directline'), account: 'webchat', recipient: 'somebody' };
const engineWith = (...middleware: readonly MiddlewareHandler[]) =>
  createBotEngine({ translator, middleware });

describe('the bot says what the core decides', () => {
  const texts = [
    'hola',
    'kiero un kurso',
    'soldadura',
    'xela',
    '2',
    '1',
    'PERSONA',
    'me quieren matar',
    '1',
    'BORRAR',
    '1',
  ];

  test('a whole talk, message by message the same as without the bot', async () => {
    const engine = engineWith();
    let [through, direct] = [blank(), blank()];
    for (const [count, text] of texts.entries()) {
      const event = hears(text, count);
      const { result, messages } = await engine.run({ state: through, event }, decide);
      const expected = decide(direct, event);
      const says = expected.effects.flatMap((effect) => (effect.kind === 'send' ? [effect.say] : []));
      expect(result).toEqual(expected);
      expect(messages).toEqual(says.map((say) => renderSay(say, translator)));
      expect(messages).toHaveLength(1);
      [through, direct] = [result.state, expected.state];
    }
  });

  test.each<readonly [string, ConversationEvent]>([
    ['joined', { kind: 'joined', at: morning, address, sender: {} }],
    ['timer', { kind: 'timer', at: morning, name: 'look-up:request-1' }],
    [
      'desk',
      {
        kind: 'desk',
        at: morning,
        requestId: requestId('click-1'),
        caseId: caseId('case-1'),
        action: { kind: 'resolve', by: caseworkerId('rosa') },
      },
    ],
    ['look-up answer', { kind: 'look-up-answer', at: morning, requestId: requestId('r'), outcome: null }],
    [
      'failed delivery',
      { kind: 'delivery-failed', at: morning, outboxId: outboxId('1-1'), error: 'send-rejected' },
    ],
    ['changed address', { kind: 'address-changed', at: morning, address }],
    ['quarantined', { kind: 'quarantined', at: morning, eventId: eventId('1-1') }],
    ['canary', { kind: 'canary', at: morning }],
  ])('an event comes to the core as it is: %s', async (_name, event) => {
    const state = { ...decide(blank(), hears('hola')).state, openCases: [] };
    const seen: ConversationEvent[] = [];
    const { result } = await engineWith().run({ state, event }, (before, heard) => {
      seen.push(heard);
      return decide(before, heard);
    });
    expect(seen).toEqual([event]);
    expect(result).toEqual(decide(state, event));
  });

  test('turns side by side do not hear each other', async () => {
    const engine = engineWith(async (_context, next) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5));
      await next();
    });
    const all = await Promise.all(
      ['hola', 'quiero un curso', 'PERSONA', 'BORRAR'].flatMap((text) =>
        [1, 2, 3].map(async (count) => {
          const { messages } = await engine.run(
            { state: blank(`${text}-${count}`), event: hears(text, count) },
            decide,
          );
          return messages.flatMap(({ keys }) => keys).filter((key) => !key.startsWith('common:'))[0];
        }),
      ),
    );
    expect(all).toEqual(
      ['welcome:hello', 'training:askTrade', 'person:told', 'erase:confirm'].flatMap((key) => [
        key,
        key,
        key,
      ]),
    );
  });

  test('a throw of the core comes out, and the next turn is not touched by it', async () => {
    const engine = engineWith();
    const failing = engine.run({ state: blank(), event: hears('hola') }, () => {
      throw new RangeError('a circle');
    });
    await expect(failing).rejects.toThrow(new RangeError('a circle'));
    const { messages } = await engine.run({ state: blank(), event: hears('hola') }, decide);
    expect(messages[0]?.keys[0]).toBe('welcome:hello');
  });
});

describe('middleware', () => {
  test('sees an activity like that of any other bot', async () => {
    const seen: Partial<Activity>[] = [];
    const engine = engineWith(async ({ activity }, next) => {
      seen.push(activity);
      await next();
    });
    const event = hears('hola');
    await engine.run({ state: blank(), event }, decide);
    await engine.run({ state: blank(), event: { kind: 'joined', at: morning, address, sender: {} } }, decide);
    await engine.run({ state: blank(), event: { kind: 'canary', at: morning } }, decide);
    expect(seen).toMatchObject([
      {
        type: 'message',
        id: 'message-1',
        text: 'hola',
        locale: 'es',
        channelId: 'whatsapp',
        timestamp: new Date(morning),
        from: { id: '50255550100', role: 'user' },
        recipient: { id: 'ours', role: 'bot' },
        conversation: { id: 'somebody' },
      },
      { type: 'conversationUpdate', channelId: 'directline', membersAdded: [{ id: 'somebody' }] },
      {
        type: 'event',
        name: 'ContinueConversation',
        channelId: 'internal',
        conversation: { id: 'somebody' },
      },
    ]);
  });

  test('may put other words into what was written and into what is said', async () => {
    const engine = engineWith(async (context, next) => {
      context.activity.text = 'quiero un curso';
      context.onSendActivities(async (_context, activities, send) => {
        for (const activity of activities) activity.text = activity.text?.toUpperCase() ?? '';
        return send();
      });
      await next();
    });
    const { messages } = await engine.run({ state: blank(), event: hears('mwen vle yon kou') }, decide);
    expect(messages[0]?.keys.at(-1)).toBe('training:askTrade');
    expect(messages[0]?.text).toContain('SOY UN PROGRAMA');
  });

  test('may show that it types and leave traces: neither reaches a person', async () => {
    const engine = engineWith(async (context, next) => {
      await context.sendActivities([{ type: 'typing' }, { type: 'trace', name: 'x' }]);
      await next();
    });
    const { messages } = await engine.run({ state: blank(), event: hears('hola') }, decide);
    expect(messages).toHaveLength(1);
  });

  test.each<readonly [string, MiddlewareHandler, string]>([
    [
      'say something of its own',
      async (context, next) => {
        await context.sendActivity('¡Hola!');
        await next();
      },
      'middleware may change a reply, but not add one',
    ],
    ['keep a turn from the bot', () => Promise.resolve(), 'middleware kept a turn from the bot'],
    [
      'swallow a reply',
      async (context, next) => {
        context.onSendActivities(() => Promise.resolve([]));
        await next();
      },
      'middleware swallowed or repeated a reply',
    ],
    [
      'change a message that was said',
      async (context, next) => {
        await next();
        await context.updateActivity({ id: 'reply-1', text: 'x' });
      },
      'a message that was said cannot be changed: say another one',
    ],
    [
      'take a message back',
      async (context, next) => {
        await next();
        await context.deleteActivity('reply-1');
      },
      'a message that was said cannot be taken back',
    ],
  ])('may not %s', async (_name, middleware, message) => {
    const running = engineWith(middleware).run({ state: blank(), event: hears('hola') }, decide);
    await expect(running).rejects.toThrow(new TypeError(message));
  });

  test('reports a turn that kept the others waiting, and no other', async () => {
    const lines: LogFields[] = [];
    const [quiet, warn] = [() => undefined, (fields: LogFields) => lines.push(fields)];
    let time = 0;
    const clock = { now: () => 0, monotonic: () => (time += 30), after: () => quiet };
    const slow = engineWith(reportSlowTurns(clock, { debug: quiet, info: quiet, error: quiet, warn }));
    await slow.run({ state: blank(), event: hears('hola') }, decide);
    expect(lines).toEqual([]);
    await slow.run({ state: blank(), event: hears('hola') }, (state, event) => {
      time += 50;
      return decide(state, event);
    });
    expect(lines).toEqual([{ event: 'slow-turn', kind: 'message', ms: 80 }]);
  });
});

describe('the adapter', () => {
  test('collects the replies of a proactive turn for whoever began it', async () => {
    const adapter = new CollectingAdapter();
    const reference = {
      channelId: 'whatsapp',
      conversation: { id: 'c' },
      user: { id: 'u' },
      bot: { id: 'b' },
    };
    let replies: readonly Partial<Activity>[] = [];
    await adapter.continueConversation(reference as never, async (context) => {
      replies = repliesOf(context);
      const [first, second] = await context.sendActivities([{ text: 'uno' }, { text: 'dos' }]);
      expect([first?.id, second?.id]).toEqual(['reply-1', 'reply-2']);
    });
    expect(replies.map(({ text, recipient }) => [text, recipient?.id])).toEqual([
      ['uno', 'u'],
      ['dos', 'u'],
    ]);
  });

  test('a context is closed after its turn', async () => {
    const kept: TurnContext[] = [];
    await new CollectingAdapter().process({ type: 'message', text: 'x' }, async (context) => {
      kept.push(context);
      await Promise.resolve();
    });
    expect(() => kept[0]?.activity).toThrow(TypeError);
  });
});

test('the Bot Framework is not loaded before it is asked for', async () => {
  const script = `
    import { createRequire } from 'node:module';
    const loaded = () => Object.keys(createRequire('${import.meta.url}').cache).some((path) => path.includes('botbuilder'));
    const { loadBotEngine } = await import('./src/bot/load.ts');
    const before = loaded();
    await loadBotEngine({ translator: {}, clock: {}, log: {} });
    console.log(before, loaded());`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '../..'),
    timeout: 15_000,
  });
  expect(stdout.trim()).toBe('false true');
});
