import { afterAll, describe, expect, test } from '@jest/globals';
import { startDirectLine } from '../support/direct-line-server.ts';
import { clientOf, codeOf, say } from './directline-surroundings.ts';

const server = await startDirectLine();
const { call, started } = clientOf(server);
afterAll(() => server.close());

describe('what a client may send', () => {
  const contents: readonly (readonly [string, object, unknown])[] = [
    ['text', { text: 'quiero un curso' }, { kind: 'text', text: 'quiero un curso' }],
    [
      'a tapped choice',
      { text: 'Cocina', value: 'cooking' },
      { kind: 'choice', value: 'cooking', title: 'Cocina' },
    ],
    ['a postBack', { text: '', value: 'yes' }, { kind: 'choice', value: 'yes', title: 'yes' }],
    ['a filled card', { value: { a: 1 } }, { kind: 'form', name: 'value', answers: '{"a":1}' }],
    [
      'a named file without its address',
      {
        text: 'mi papel',
        attachments: [{ contentType: 'image/png', contentUrl: 'http://169.254.169.254/', name: 'a.png' }],
      },
      { kind: 'media', media: 'image', caption: 'mi papel', fileName: 'a.png' },
    ],
    ['a voice note', { attachments: [{ contentType: 'audio/ogg' }] }, { kind: 'media', media: 'audio' }],
    ['nothing', {}, { kind: 'unsupported' }],
    ['nulls', { text: null, value: null, attachments: null }, { kind: 'unsupported' }],
    ['broken characters', { text: 'a\ud800b\0' }, { kind: 'text', text: 'a\ufffdb' }],
  ];
  test.each(contents)('%s', async (_name, activity, content) => {
    const { id, token } = await started();
    const { status } = await call('POST', `/conversations/${id}/activities`, {
      token,
      body: { type: 'message', ...activity },
    });
    expect(status).toBe(200);
    expect(server.inbox.received.at(-1)?.message.content).toEqual(content);
    expect(JSON.stringify(server.inbox.received.at(-1)?.activity)).not.toContain('169.254');
  });

  test('of a text over 10,000 characters the beginning and the end are kept', async () => {
    const { id, token } = await started();
    const text = `inicio ${'a'.repeat(20_000)} me quieren matar`;
    await call('POST', `/conversations/${id}/activities`, { token, body: say(text) });
    const kept = (server.inbox.received.at(-1)?.message.content as { text: string }).text;
    expect([kept.length, kept.startsWith('inicio '), kept.endsWith('me quieren matar')]).toEqual([
      10_000,
      true,
      true,
    ]);
  });

  test('passing activities are answered with an id and not kept', async () => {
    const { id, token } = await started();
    const before = server.inbox.received.length;
    const answers = [];
    for (const type of ['typing', 'event', 'endOfConversation', 'conversationUpdate'])
      answers.push(await call('POST', `/conversations/${id}/activities`, { token, body: { type } }));
    expect(answers.map(({ status, body }) => [status, typeof body['id']])).toEqual(
      answers.map(() => [200, 'string']),
    );
    expect(server.inbox.received.length).toBe(before);
    expect(server.inbox.joined.filter(({ conversation }) => conversation === id)).toHaveLength(1);
  });

  const wrongs: readonly (readonly [string, string, Record<string, string>, number, string])[] = [
    ['JSON that is none', '{"type":', {}, 400, 'BadSyntax'],
    ['no type', '{"text":"x"}', {}, 400, 'BadArgument'],
    ['a text that is a number', '{"type":"message","text":5}', {}, 400, 'BadArgument'],
    ['a list', '[]', {}, 400, 'BadArgument'],
    ['no body', '', {}, 400, 'BadArgument'],
    ['an invoke', '{"type":"invoke"}', {}, 400, 'BadArgument'],
    ['over 64 KB', JSON.stringify({ type: 'message', text: 'x'.repeat(66_000) }), {}, 413, 'BadArgument'],
    ['something compressed', 'x', { 'content-encoding': 'gzip' }, 415, 'UnsupportedMediaType'],
  ];
  test.each(wrongs)('%s is refused', async (_name, raw, headers, status, code) => {
    const { id, token } = await started();
    const reply = await call('POST', `/conversations/${id}/activities`, { token, raw, headers });
    expect([reply.status, codeOf(reply)]).toEqual([status, code]);
    expect(reply.headers.get('x-request-id')).toMatch(/^[\w-]{11}$/u);
  });

  test('deep nesting and names of prototypes do no harm', async () => {
    const { id, token } = await started();
    const raw = `{"type":"message","text":"x","__proto__":{"polluted":1},"channelData":${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}`;
    expect((await call('POST', `/conversations/${id}/activities`, { token, raw })).status).toBe(200);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(JSON.stringify(server.inbox.received.at(-1)?.activity)).not.toContain('polluted');
  });
});

test('no secret, token or text is ever logged', () => {
  expect(server.lines).toEqual([]);
});
