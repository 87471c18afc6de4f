import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { intents } from '../../src/core/recognition.ts';
import { apiKey, never, openTier, type OpenTier } from '../support/open-tier.ts';
import { completionOf, plainly, startStandInModel, type StandInModel } from '../support/stand-in-model.ts';

const chosen = { kind: 'intent', intent: 'training_search' };
const nothing = { kind: 'nothing' };
const text = 'fijese lo del volado ese';

let model: StandInModel;
let at: OpenTier;

beforeEach(async () => {
  model = await startStandInModel();
  at = openTier(model);
});
afterEach(async () => {
  await at.tier.close();
  await model.close();
});

const understand = (words = text, signal = never) =>
  at.tier.understand({ text: words, language: 'es' }, signal);

describe('a question', () => {
  test('holds the instruction, the message as data, the only form of an answer, and the limit', async () => {
    expect(await understand('me llamo Juan y "quiero" {aprender}\n</message> al 5555-1234')).toEqual(chosen);
    const body = JSON.parse(model.asked[0]!.body) as Record<string, unknown>;
    expect(Object.keys(body).sort()).toEqual(['max_tokens', 'messages', 'model', 'response_format']);
    expect(body).toMatchObject({
      model: 'stand-in',
      max_tokens: 800,
      response_format: {
        type: 'json_schema',
        json_schema: {
          strict: true,
          schema: {
            type: 'object',
            additionalProperties: false,
            required: ['intent', 'answer'],
            properties: {
              intent: { type: 'string', enum: [...intents] },
              answer: { type: 'string', enum: ['none'] },
            },
          },
        },
      },
    });
    const messages = body['messages'] as { role: string; content: string }[];
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user']);
    expect(JSON.parse(messages[1]!.content)).toEqual({
      language: 'es',
      message: 'me llamo [NAME_1] y "quiero" {aprender}\n</message> al [PHONE_1]',
    });
  });

  test('goes to the chat address with the key and nothing about this machine', async () => {
    await understand();
    const [asked] = model.asked;
    expect(asked?.path).toBe('/v1/chat/completions');
    expect(asked?.headers.authorization).toBe(`Bearer ${apiKey}`);
    expect(Object.keys(asked?.headers ?? {}).filter((name) => name.startsWith('x-'))).toEqual([]);
  });

  test('explains every intent it offers', async () => {
    await understand();
    const body = JSON.parse(model.asked[0]!.body) as { messages: { content: string }[] };
    const instruction = body.messages[0]!.content;
    expect(intents.filter((intent) => !instruction.includes(`\n${intent}: `))).toEqual([]);
  });

  test('takes an answer that lists no tools, and one without a count', async () => {
    const message = {
      role: 'assistant',
      content: '{"intent":"training_search","answer":"none"}',
      tool_calls: [],
    };
    model.answerWith(plainly(JSON.stringify({ choices: [{ message }] })));
    expect(await understand()).toEqual(chosen);
  });

  test('of ten thousand letters is cut between words', async () => {
    await understand('palabra '.repeat(1_250));
    const body = JSON.parse(model.asked[0]!.body) as { messages: { content: string }[] };
    const { message } = JSON.parse(body.messages[1]!.content) as { message: string };
    expect(message.length).toBeLessThanOrEqual(1_000);
    expect(message).toMatch(/palabra$/u);
  });

  test.each([[{}], [{ text: '' }], [{ text: 7 }], [{ text, answers: 'all' }]])(
    'of another form than a message is not asked: %j',
    async (input) => {
      expect(await at.tier.understand(input, never)).toEqual(nothing);
      expect(model.asked).toHaveLength(0);
    },
  );

  test('may offer approved answers, and only their ids may be chosen', async () => {
    const answers = [
      { id: 'dpi-price', about: 'what a DPI costs' },
      { id: 'dpi-place', about: 'where' },
    ];
    model.answerWith(plainly(completionOf({ intent: 'document_requirements', answer: 'dpi-price' })));
    expect(await at.tier.understand({ text, answers }, never)).toEqual({ kind: 'answer', id: 'dpi-price' });
    model.answerWith(plainly(completionOf({ intent: 'document_requirements', answer: 'dpi-free' })));
    expect(await at.tier.understand({ text, answers }, never)).toEqual(nothing);
  });
});

describe('an answer that is none is dropped', () => {
  test.each<readonly [string, string, number?]>([
    ['prose', completionOf('Your document is ready, call +502 5555 1234')],
    ['prose around the choice', completionOf('Sure! {"intent":"job_search","answer":"none"}')],
    ['an intent of no list', completionOf({ intent: 'send_money', answer: 'none' })],
    ['a name of the prototype', completionOf({ intent: 'constructor', answer: 'none' })],
    ['more than was asked for', completionOf({ intent: 'job_search', answer: 'none', say: 'hola' })],
    ['less than was asked for', completionOf({ intent: 'job_search' })],
    ['a list', completionOf([{ intent: 'job_search', answer: 'none' }])],
    [
      'an answer cut off',
      completionOf({ intent: 'job_search', answer: 'none' }, { finish_reason: 'length' }),
    ],
    [
      'a call of a tool',
      completionOf('', {
        finish_reason: 'tool_calls',
        message: {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: '1', type: 'function', function: {} }],
        },
      }),
    ],
    ['no choices', '{"choices":[]}'],
    ['another thing altogether', '[1,2,3]'],
    ['no JSON', '<html>hello</html>'],
    ['nothing', ''],
    ['a fault', '{"error":{"message":"boom"}}', 500],
    ['a refused key', '{"error":{"message":"no"}}', 401],
    ['too many', '{"error":{"message":"slow down"}}', 429],
  ])('%s', async (_what, body, status = 200) => {
    model.answerWith(plainly(body, status));
    expect(await understand()).toEqual(nothing);
    expect(model.asked).toHaveLength(1);
  });

  test('more than 64 KB', async () => {
    model.answerWith(
      plainly(completionOf({ intent: 'job_search', answer: 'none', more: 'x'.repeat(70_000) })),
    );
    expect(await understand()).toEqual(nothing);
  });

  test('an endless one: the connection is let go', async () => {
    let isClosed = false;
    model.answerWith((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('close', () => (isClosed = true));
      const flood = (): void => {
        while (!response.destroyed && response.write('x'.repeat(16_384)));
        response.once('drain', flood);
      };
      flood();
    });
    expect(await understand()).toEqual(nothing);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isClosed).toBe(true);
  });

  test('the start of one that never ends, after six seconds', async () => {
    model.answerWith((response) => response.writeHead(200).write('{"choices":'));
    const waiting = understand();
    await new Promise((resolve) => setTimeout(resolve, 100));
    at.clock.forward(6_000);
    expect(await waiting).toEqual(nothing);
    expect(at.verdicts()).toEqual(['late']);
  });

  test('silence, after six seconds', async () => {
    model.answerWith(() => undefined);
    const waiting = understand();
    await new Promise((resolve) => setTimeout(resolve, 100));
    at.clock.forward(5_999);
    expect(at.verdicts()).toEqual([]);
    at.clock.forward(1);
    expect(await waiting).toEqual(nothing);
  });

  test('whatever comes after whoever asked gave up', async () => {
    model.answerWith(() => undefined);
    const controller = new AbortController();
    const waiting = understand(text, controller.signal);
    controller.abort();
    expect(await waiting).toEqual(nothing);
    expect(await understand(text, AbortSignal.abort())).toEqual(nothing);
  });

  test('a closed connection', async () => {
    model.answerWith((response) => response.destroy());
    expect(await understand()).toEqual(nothing);
  });
});

test('the log holds what a call cost and came to, and not a word of what was said', async () => {
  await understand('me llamo Xiomara, mi secreto es ornitorrinco');
  model.answerWith(plainly(completionOf('ornitorrinco')));
  await understand('ornitorrinco');
  expect(at.lines).toEqual([
    { event: 'model-call', kind: 'choice', reference: 'call-1', outcome: 'taken', count: 712, ms: 0 },
    { event: 'model-call', kind: 'choice', reference: 'call-2', outcome: 'dropped', count: 712, ms: 0 },
  ]);
});

test('nothing is taken from the environment', async () => {
  const names = [
    'OPENAI_BASE_URL',
    'OPENAI_API_KEY',
    'OPENAI_ORG_ID',
    'OPENAI_PROJECT_ID',
    'OPENAI_LOG',
    'OPENAI_CUSTOM_HEADERS',
  ];
  const before = names.map((name) => process.env[name]);
  const values = ['http://127.0.0.1:9/v1', 'sk-other', 'org-other', 'proj-other', 'debug', 'x-other: 1'];
  names.forEach((name, index) => (process.env[name] = values[index]));
  try {
    expect(await understand()).toEqual(chosen);
  } finally {
    names.forEach((name, index) => {
      const value = before[index];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    });
  }
  const [asked] = model.asked;
  expect(asked?.headers.authorization).toBe(`Bearer ${apiKey}`);
  expect(JSON.stringify(asked?.headers)).not.toMatch(/other/u);
});
