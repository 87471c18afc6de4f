import { afterAll, describe, expect, test } from '@jest/globals';
import { conversationId, languageTag } from '../../src/core/ids.ts';
import { startDirectLine, testSecret } from '../support/direct-line-server.ts';
import { claimsOf, clientOf, say } from './directline-surroundings.ts';

const server = await startDirectLine();
const { call, visitor, started } = clientOf(server);
afterAll(() => server.close());

describe('a conversation', () => {
  test('starts with 201 and an absolute stream address, again with 200, and is joined once', async () => {
    const { id, token } = await visitor();
    const first = await call('POST', '/conversations', { token, body: { user: {}, locale: 'en-US' } });
    const second = await call('POST', '/conversations', { token, body: { user: {}, locale: '!!' } });
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body['streamUrl']).toMatch(
      new RegExp(`^ws://127\\.0\\.0\\.1:\\d+/v3/directline/conversations/${id}/stream\\?watermark=0&t=`, 'u'),
    );
    expect(server.inbox.joined.filter(({ conversation }) => conversation === id)).toEqual([
      { conversation: id, sender: { locale: languageTag('en') } },
    ]);
  });

  test('uses the public address for streams when there is one', async () => {
    const behind = await startDirectLine({ publicUrl: 'https://puente.example.org/' });
    const { stream } = await clientOf(behind).started();
    await behind.close();
    expect(stream).toMatch(/^wss:\/\/puente\.example\.org\/v3\/directline\/conversations\//u);
  });

  test('echoes a post with the same id everywhere and the bound user, before what the bot says', async () => {
    const { id, token } = await started();
    const channelData = { clientActivityID: 'c1', 'webchat:sequence-id': 4 };
    const { body } = await call('POST', `/conversations/${id}/activities`, {
      token,
      body: say('hola', {
        channelData,
        from: { id: 'somebody-else', role: 'bot' },
        custom: [1, { a: true }],
      }),
    });
    server.inbox.append(conversationId(id), { type: 'message', text: 'buenas', from: { id: 'puente' } });
    const list = await call('GET', `/conversations/${id}/activities`, { token });
    expect(body).toEqual({ id: `${id}|0000001` });
    expect(list.body).toEqual({
      watermark: '2',
      activities: [
        {
          type: 'message',
          id: `${id}|0000001`,
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]+\.\d{3}Z$/u),
          text: 'hola',
          channelId: 'directline',
          channelData,
          custom: [1, { a: true }],
          conversation: { id },
          from: { id: claimsOf(token)['user'], role: 'user' },
        },
        expect.objectContaining({ id: `${id}|0000002`, text: 'buenas' }),
      ],
    });
  });

  test('gives what came after the watermark, and everything for one it cannot read', async () => {
    const { id, token } = await started();
    for (let number = 1; number <= 60; number += 1)
      server.inbox.append(conversationId(id), { type: 'message', text: String(number) });
    const texts = async (query: string) => {
      const { body } = await call('GET', `/conversations/${id}/activities${query}`, { token });
      const activities = body['activities'] as { text: string }[];
      return [activities.length, activities[0]?.text, body['watermark']];
    };
    expect(await texts('')).toEqual([50, '1', '50']);
    expect(await texts('?watermark=50')).toEqual([10, '51', '60']);
    expect(await texts('?watermark=60')).toEqual([0, undefined, '60']);
    expect(await texts('?watermark=')).toEqual([50, '1', '50']);
    expect(await texts('?watermark=0001a-95')).toEqual([50, '1', '50']);
  });

  test('is read from its start again after it was erased', async () => {
    const { id, token } = await started();
    for (const text of ['1', '2', '3']) server.inbox.append(conversationId(id), { type: 'message', text });
    server.inbox.erase(conversationId(id));
    server.inbox.append(conversationId(id), { type: 'message', text: 'erased' });
    const { body } = await call('GET', `/conversations/${id}/activities?watermark=3`, { token });
    expect(body).toMatchObject({ watermark: '1', activities: [{ text: 'erased' }] });
  });

  test('answers a repeated post with the id of the first and keeps it once', async () => {
    const { id, token } = await started();
    const body = say('una vez', { channelData: { clientActivityID: 'same' } });
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => call('POST', `/conversations/${id}/activities`, { token, body })),
    );
    const list = await call('GET', `/conversations/${id}/activities`, { token });
    expect(answers.map(({ status, body: answer }) => [status, answer['id']])).toEqual(
      answers.map(() => [200, `${id}|0000001`]),
    );
    expect(list.body['activities']).toHaveLength(1);
  });

  test('the same mark in two conversations is two messages', async () => {
    const body = say('hola', { channelData: { clientActivityID: '1' } });
    const lengths = [];
    for (const { id, token } of [await started(), await started()]) {
      await call('POST', `/conversations/${id}/activities`, { token, body });
      lengths.push(
        ((await call('GET', `/conversations/${id}/activities`, { token })).body['activities'] as []).length,
      );
    }
    expect(lengths).toEqual([1, 1]);
  });

  test('reconnecting gives a fresh token and a stream from the watermark', async () => {
    const { id, token } = await started();
    const { status, body } = await call('GET', `/conversations/${id}?watermark=7`, { token });
    expect([status, body['conversationId'], body['expires_in']]).toEqual([200, id, 1800]);
    expect(body['streamUrl']).toContain('/stream?watermark=7&t=');
    expect((await call('GET', `/conversations/${id}`, { token: String(body['token']) })).status).toBe(200);
  });

  test('with the secret a server starts, posts as whom it names and reads, but not without from.id', async () => {
    const start = await call('POST', '/conversations', { token: testSecret, body: { user: {} } });
    const path = `/conversations/${String(start.body['conversationId'])}/activities`;
    const nobody = await call('POST', path, { token: testSecret, body: { type: 'message', text: 'x' } });
    const somebody = await call('POST', path, { token: testSecret, body: say('x') });
    expect([start.status, nobody.status, somebody.status]).toEqual([201, 400, 200]);
    expect((await call('GET', path, { token: testSecret })).body).toMatchObject({
      activities: [{ from: { id: 'me' } }],
    });
    expect(
      (await call('GET', '/conversations/short/activities', { token: testSecret })).body['error'],
    ).toMatchObject({
      code: 'ConversationNotFound',
    });
  });
});

test('no secret, token or text is ever logged', () => {
  expect(server.lines).toEqual([]);
});
