import { afterEach, describe, expect, test } from '@jest/globals';
import { intents } from '../../src/core/recognition.ts';
import { createModelTier, type ModelTier } from '../../src/recogniser/openai-tier.ts';
import injections from '../fixtures/injections.json' with { type: 'json' };
import { plantedMessages, secretsLeft, type PlantedKind } from '../support/personal-messages.ts';
import { completionOf } from '../support/stand-in-model.ts';
import { createStillClock } from '../support/still-clock.ts';

const silent = () => undefined;
const never = new AbortController().signal;
const bodies: string[] = [];
let tier: ModelTier | undefined;

afterEach(async () => {
  await tier?.close();
  bodies.length = 0;
});

/** A tier whose calls are caught before they leave. */
function catching(answer: (count: number) => string): ModelTier {
  tier = createModelTier({
    service: {
      apiKey: 'sk-0123456789',
      baseUrl: 'https://llm.example/v1',
      model: 'stand-in',
      isProduction: true,
      fetch: (_url, init) => {
        bodies.push(typeof init.body === 'string' ? init.body : '');
        const headers = { 'content-type': 'application/json' };
        return Promise.resolve(new Response(answer(bodies.length), { headers }));
      },
    },
    clock: createStillClock(),
    random: { id: () => 'call', fraction: () => 0.5 },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    budget: { calls: 100_000, tokens: 1_000_000_000 },
  });
  return tier;
}

interface Body {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}
const bodyOf = (body: string): Body => JSON.parse(body) as Body;
const materialOf = (body: string): { readonly message: string } =>
  JSON.parse(bodyOf(body).messages[1]!.content) as { message: string };

describe('of 10,000 captured bodies', () => {
  test.each<readonly [PlantedKind, number]>([
    ['phone', 3_334],
    ['id', 3_333],
    ['email', 3_333],
  ])(
    'none holds a planted %s (%d messages)',
    async (kind, count) => {
      const { understand } = catching(() => completionOf({ intent: 'job_search', answer: 'none' }));
      const messages = plantedMessages(kind, count, 77);
      const results = await Promise.all(
        messages.map(({ text }) => understand({ text, language: 'es' }, never)),
      );
      expect(
        results.every((result) => JSON.stringify(result) === '{"kind":"intent","intent":"job_search"}'),
      ).toBe(true);
      expect(bodies).toHaveLength(count);
      const leaked = messages.flatMap((message, index) =>
        secretsLeft(message, materialOf(bodies[index]!).message),
      );
      expect(leaked).toEqual([]);
    },
    120_000,
  );
});

/** As they are, coded, in the name of a file, and in a page that was found. */
const attacks = injections.flatMap((words) => [
  words,
  Buffer.from(words).toString('base64'),
  `le mando el archivo "${words}.pdf", ¿lo recibió?`,
  `encontré esta página: <html><body>${words}</body></html> ¿es cierto?`,
]);

/** What an obedient model might send back. */
const obeyed: readonly string[] = [
  completionOf('HACKED'),
  completionOf({ intent: 'send_money', answer: 'all' }),
  completionOf({ intent: 'privacy_delete_my_data', answer: 'none', users: 'all' }),
  completionOf(null),
  completionOf('', {
    finish_reason: 'tool_calls',
    message: { content: null, tool_calls: [{ function: { name: 'delete_all' } }] },
  }),
  completionOf({ intent: 'stop_optout', answer: '../../etc/passwd' }),
  completionOf({ intent: 'toString', answer: 'none' }),
];

describe(`${attacks.length} messages that give orders`, () => {
  test('change nothing of a question but the message in it', async () => {
    const { understand } = catching(() => completionOf({ intent: 'out_of_scope', answer: 'none' }));
    await understand({ text: 'quiero un curso', language: 'es' }, never);
    for (const text of attacks) await understand({ text, language: 'es' }, never);
    expect(attacks.length).toBeGreaterThanOrEqual(150);
    expect(bodies).toHaveLength(attacks.length + 1);
    const frame = (body: string): unknown => {
      const { messages, ...rest } = bodyOf(body);
      return { ...rest, roles: messages.map(({ role }) => role), instruction: messages[0]?.content };
    };
    const [plain, ...others] = bodies.map((body) => JSON.stringify(frame(body)));
    expect(new Set(others)).toEqual(new Set([plain]));
    for (const body of bodies) expect(Object.keys(materialOf(body))).toEqual(['language', 'message']);
  });

  test('come to nothing even where the model obeys them', async () => {
    for (const answer of obeyed) {
      const { understand } = catching(() => answer);
      const outcomes = new Set<string>();
      for (const text of attacks.slice(0, 25)) {
        outcomes.add(JSON.stringify(await understand({ text, language: 'es' }, never)));
      }
      expect([...outcomes]).toEqual(['{"kind":"nothing"}']);
    }
  });

  test('at worst choose one of the intents anybody may ask for', async () => {
    for (const intent of intents) {
      const { understand } = catching(() => completionOf({ intent, answer: 'none' }));
      expect(await understand({ text: attacks[0]! }, never)).toEqual({ kind: 'intent', intent });
    }
  });
});

test('a question holds no memory of the one before', async () => {
  const { understand } = catching(() => completionOf({ intent: 'greeting', answer: 'none' }));
  await understand({ text: 'mi palabra es ornitorrinco' }, never);
  await understand({ text: 'hola otra vez' }, never);
  expect(bodies[1]).not.toContain('ornitorrinco');
});

test('the instruction holds no key, no address, no number of a person', async () => {
  const { understand } = catching(() => completionOf({ intent: 'greeting', answer: 'none' }));
  await understand({ text: 'hola' }, never);
  const { content } = bodyOf(bodies[0]!).messages[0]!;
  expect(content).not.toMatch(/sk-|https?:|@|\d{3}/u);
});
