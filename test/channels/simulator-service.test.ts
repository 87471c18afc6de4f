import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { phone, startSimulatedMeta, tag, type SimulatedMeta } from './simulator-surroundings.ts';
import { until } from './whatsapp-surroundings.ts';

let meta: SimulatedMeta;
beforeEach(async () => {
  meta = await startSimulatedMeta();
});
afterEach(() => meta.close());

describe('what the service sends', () => {
  test('shows on the phone and comes back as sent and delivered with the tag', async () => {
    expect(await meta.send()).toEqual({ kind: 'accepted' });
    await until(() => meta.reported().length === 2);
    expect(meta.inbox.reports).toEqual([
      { ...tag, status: 'sent', at: expect.any(Number) },
      { ...tag, status: 'delivered', at: expect.any(Number) },
    ]);
    expect((await meta.screen()).messages).toMatchObject([
      { from: 'business', text: 'Hola', tick: 'delivered' },
    ]);
  });

  test('is read while a page looks at the phone', async () => {
    const page = new AbortController();
    await fetch(`${meta.url}/simulator/api/phones/${phone}/events`, { signal: page.signal });
    await meta.send();
    await until(() => meta.reported().length === 3);
    expect(meta.reported()).toEqual(['sent', 'delivered', 'read']);
    page.abort();
  });

  test('is read when a page looks later', async () => {
    await meta.send();
    await until(() => meta.reported().length === 2);
    const page = new AbortController();
    await fetch(`${meta.url}/simulator/api/phones/${phone}/events`, { signal: page.signal });
    await until(() => meta.reported().includes('read'));
    page.abort();
  });

  test('with buttons is answered by a tap with the value', async () => {
    await meta.send({
      text: '¿Le aviso?',
      choices: [
        { value: 'notify:yes', title: 'Sí' },
        { value: 'notify:no', title: 'No' },
      ],
    });
    const [message] = (await meta.screen()).messages;
    expect(message?.choices).toEqual([
      { value: 'notify:yes', title: '1 Sí' },
      { value: 'notify:no', title: '2 No' },
    ]);
    await meta.act({ kind: 'choice', messageId: message?.id, value: 'notify:no' });
    await until(() => meta.inbox.received.length === 1);
    expect(meta.inbox.received[0]?.message.content).toEqual({
      kind: 'choice',
      value: 'notify:no',
      title: '2 No',
    });
    expect(meta.inbox.received[0]?.message.replyTo).toBe(message?.id);
  });

  test('with a list is answered by a row with the value', async () => {
    const titles = ['Cursos', 'Trabajo', 'Crédito', 'Documentos'];
    await meta.send({
      choices: titles.map((title, index) => ({ value: `topic:${index}`, title, description: title })),
    });
    const [message] = (await meta.screen()).messages;
    expect(message?.listButton).toBe('Ver opciones');
    await meta.act({ kind: 'choice', messageId: message?.id, value: 'topic:2' });
    await until(() => meta.inbox.received.length === 1);
    expect(meta.inbox.received[0]?.message.content).toEqual({
      kind: 'choice',
      value: 'topic:2',
      title: '3 Crédito',
    });
  });

  test.each([
    ['Meta answers 500', { graphFails: true }, { kind: 'failed', error: 'send-unknown' }, 0],
    ['the window is closed', { windowClosed: true }, { kind: 'failed', error: 'send-window-closed' }, 0],
    ['the answer is lost', { answerLost: true }, { kind: 'in-doubt', error: 'send-network' }, 1],
  ])('fails honestly when %s', async (_name, faults, outcome, shown) => {
    await meta.switchFaults(faults);
    expect(await meta.send()).toEqual(outcome);
    expect((await meta.screen()).messages).toHaveLength(shown);
  });

  test('comes without statuses when that fault is switched on', async () => {
    await meta.switchFaults({ noStatuses: true });
    await meta.send();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(meta.reported()).toEqual([]);
  });

  test.each([
    ['no token', {}, {}, 401, 190],
    ['an unknown field', { surprise: 1 }, { authorization: 'Bearer x' }, 400, 100],
    ['a user id in to', { to: 'GT.50255550101' }, { authorization: 'Bearer x' }, 400, 100],
  ])('is refused like Meta does for %s', async (_name, change, headers, status, code) => {
    const body = {
      messaging_product: 'whatsapp',
      to: `+${phone}`,
      type: 'text',
      text: { body: 'x' },
      ...change,
    };
    const response = await fetch(`${meta.url}/simulator/graph/v26.0/800000000000002/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ error: { code } });
  });
});

test('news reach a page as server-sent events', async () => {
  const page = new AbortController();
  const response = await fetch(`${meta.url}/simulator/api/phones/${phone}/events`, { signal: page.signal });
  const reader = response.body?.getReader();
  await meta.send();
  let text = '';
  while (!text.includes('"tick":"sent"'))
    text += Buffer.from((await reader?.read())?.value ?? []).toString('utf8');
  expect(text).toContain('event: message\ndata: {"id":"wamid.');
  page.abort();
});
