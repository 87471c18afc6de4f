import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { createTokens } from '../../src/channels/directline/tokens.ts';
import { conversationId, type ConversationId } from '../../src/core/ids.ts';
import { startDirectLine, testSecret, type DirectLineServer } from '../support/direct-line-server.ts';

const page = 'https://chat.example.org';
let first: DirectLineServer;
let second: DirectLineServer;

beforeAll(async () => {
  first = await startDirectLine();
  second = await startDirectLine({ shared: first });
});
afterAll(async () => {
  await first.close();
  await second.close();
});

interface Opened {
  readonly socket: WebSocket;
  readonly texts: string[];
  readonly watermarks: string[];
  readonly serials: number[];
  readonly empty: () => number;
  until(count: number): Promise<void>;
}

interface Frame {
  readonly watermark: string;
  readonly activities: readonly { readonly id: string; readonly text: string }[];
}

const newId = (): ConversationId => conversationId(randomBytes(16).toString('base64url'));

function streamUrl(server: DirectLineServer, id: ConversationId, watermark = ''): string {
  const tokens = createTokens(testSecret, 1800, server.clock);
  const token = tokens.issueStream({ conversation: id, origins: [page] });
  const base = server.url.replace('http', 'ws');
  return `${base}/v3/directline/conversations/${id}/stream?watermark=${watermark}&t=${token}`;
}

async function open(url: string): Promise<Opened> {
  const socket = new WebSocket(url, { origin: page });
  const texts: string[] = [];
  const watermarks: string[] = [];
  const serials: number[] = [];
  let empty = 0;
  socket.on('message', (data: Buffer) => {
    const text = data.toString();
    if (text === '') {
      empty += 1;
      return;
    }
    // Frames of our own server; the shape is what this test is about.
    const frame = JSON.parse(text) as Frame;
    watermarks.push(frame.watermark);
    for (const activity of frame.activities) {
      texts.push(activity.text);
      serials.push(Number(activity.id.split('|')[1]));
    }
  });
  await once(socket, 'open');
  return {
    socket,
    texts,
    watermarks,
    serials,
    empty: () => empty,
    until: async (count) => {
      while (texts.length < count) await once(socket, 'message');
    },
  };
}

async function refusedStatus(url: string, origin?: string): Promise<number | undefined> {
  const socket = new WebSocket(url, origin === undefined ? {} : { origin });
  const answer = (await Promise.race([
    once(socket, 'unexpected-response').then(([, response]: unknown[]) => response),
    once(socket, 'open').then(() => ({ statusCode: 101 })),
  ])) as { statusCode?: number };
  socket.on('error', () => undefined);
  socket.terminate();
  return answer.statusCode;
}

describe('a stream', () => {
  test('replays after its watermark and goes on live, whichever process was posted to', async () => {
    const id = newId();
    for (const text of ['1', '2', '3']) first.inbox.append(id, { type: 'message', text });
    const stream = await open(streamUrl(second, id, '1'));
    await stream.until(2);
    first.inbox.append(id, { type: 'message', text: '4' });
    await stream.until(3);
    stream.socket.close();
    expect([stream.texts, stream.watermarks]).toEqual([
      ['2', '3', '4'],
      ['3', '4'],
    ]);
  });

  test('loses and repeats nothing while posts go on and sockets are cut', async () => {
    const id = newId();
    const serials: number[] = [];
    let watermark = '0';
    let written = 0;
    const writing = setInterval(() => {
      for (let number = 0; number < 10 && written < 600; number += 1) {
        written += 1;
        first.inbox.append(id, { type: 'message', text: String(written) });
      }
    }, 2);
    for (let round = 0; serials.length < 600 && round < 100; round += 1) {
      const stream = await open(streamUrl(round % 2 === 0 ? first : second, id, watermark));
      await stream.until(Math.min(40, 600 - serials.length));
      stream.socket.terminate();
      serials.push(...stream.serials);
      watermark = stream.watermarks.at(-1) ?? watermark;
    }
    clearInterval(writing);
    expect(serials).toEqual(Array.from({ length: 600 }, (_unused, index) => index + 1));
  });

  test('of five sockets the oldest is closed as a collision and the others hear everything', async () => {
    const id = newId();
    const streams = [];
    for (let number = 0; number < 4; number += 1) streams.push(await open(streamUrl(first, id)));
    const closed = once(streams[0]?.socket ?? new WebSocket(''), 'close');
    streams.push(await open(streamUrl(first, id)));
    const [code, reason] = (await closed) as [number, Buffer];
    first.inbox.append(id, { type: 'message', text: 'todos' });
    await Promise.all(streams.slice(1).map((stream) => stream.until(1)));
    for (const { socket } of streams) socket.terminate();
    expect([code, reason.toString(), streams.map(({ texts }) => texts.length)]).toEqual([
      1008,
      'collision',
      [0, 1, 1, 1, 1],
    ]);
  });

  test('ignores empty frames and closes on a flood', async () => {
    const stream = await open(streamUrl(first, newId()));
    const closed = once(stream.socket, 'close');
    for (let number = 0; number < 60; number += 1) stream.socket.send('');
    expect((await closed)[0]).toBe(1008);
  });

  test('closes on a frame over 64 KB', async () => {
    const stream = await open(streamUrl(first, newId()));
    const closed = once(stream.socket, 'close');
    stream.socket.send('x'.repeat(64 * 1024 + 1));
    expect((await closed)[0]).toBe(1009);
  });

  test('is refused without a fitting token and page', async () => {
    const id = newId();
    const good = streamUrl(first, id);
    const other = streamUrl(first, newId());
    const foreign = other.replace(/conversations\/[\w-]+/u, `conversations/${id}`);
    const late = streamUrl(first, id);
    const statuses = [
      await refusedStatus(good.replace(/t=.*$/u, 't=x'), page),
      await refusedStatus(foreign, page),
      await refusedStatus(good, 'https://evil.test'),
      await refusedStatus(good, 'null'),
      await refusedStatus(good),
    ];
    first.clock.shift(61_000);
    statuses.push(await refusedStatus(late, page));
    first.clock.shift(-61_000);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
  });

  test('is open to a program without a page when its token was made with the secret', async () => {
    const id = newId();
    const token = createTokens(testSecret, 1800, first.clock).issueStream({ conversation: id });
    const url = `${first.url.replace('http', 'ws')}/v3/directline/conversations/${id}/stream?t=${token}`;
    expect([await refusedStatus(url), await refusedStatus(url, 'https://evil.test')]).toEqual([101, 403]);
  });

  test('a process that stops says so with 1001', async () => {
    const stopping = await startDirectLine();
    const stream = await open(streamUrl(stopping, newId()));
    const closed = once(stream.socket, 'close');
    await stopping.close();
    expect((await closed)[0]).toBe(1001);
  });

  test('a socket that is not WebSocket at all leaves the others alone', async () => {
    const id = newId();
    const stream = await open(streamUrl(first, id));
    const raw = connect(Number(new URL(first.url).port), '127.0.0.1');
    raw.write(
      `GET ${new URL(streamUrl(first, id)).pathname} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    const [answer] = (await once(raw, 'data')) as [Buffer];
    first.inbox.append(id, { type: 'message', text: 'sigue' });
    await stream.until(1);
    stream.socket.terminate();
    raw.destroy();
    expect(answer.toString().slice(0, 12)).toBe('HTTP/1.1 403');
  });
});

describe('keeping alive', () => {
  test('each beat sends an empty frame, and a peer that answers no ping is cut', async () => {
    const waits: { ms: number; callback: () => void }[] = [];
    const clock = {
      ...first.clock,
      after: (ms: number, callback: () => void) => {
        const wait = { ms, callback };
        waits.push(wait);
        return () => {
          const index = waits.indexOf(wait);
          if (index >= 0) waits.splice(index, 1);
        };
      },
    };
    const server = await startDirectLine({ clock });
    const socket = new WebSocket(streamUrl(server, newId()), { origin: page, autoPong: false });
    let empty = 0;
    socket.on('message', (data: Buffer) => {
      if (data.length === 0) empty += 1;
    });
    await once(socket, 'open');
    const closed = once(socket, 'close');
    for (let beat = 0; beat < 3; beat += 1) {
      const index = waits.findIndex(({ ms }) => ms === 20_000);
      const [due] = waits.splice(index, 1);
      due?.callback();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await closed;
    expect(empty).toBe(2);
    await server.close();
  });
});
