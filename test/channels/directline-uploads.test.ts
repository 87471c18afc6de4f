import { afterAll, describe, expect, test } from '@jest/globals';
import { startDirectLine } from '../support/direct-line-server.ts';
import { clientOf, codeOf } from './directline-surroundings.ts';

const server = await startDirectLine();
const { call, started } = clientOf(server);
afterAll(() => server.close());

describe('uploads', () => {
  test('an activity with a file, a file alone and a bare body become messages', async () => {
    const { id, token } = await started();
    const path = `/conversations/${id}/upload?userId=me`;
    const file = new Blob(['%PDF-'], { type: 'application/pdf' });
    const activity = { type: 'message', text: 'mi papel', channelData: { clientActivityID: 'u1' } };
    const whole = new FormData();
    whole.append(
      'activity',
      new Blob([JSON.stringify(activity)], { type: 'application/vnd.microsoft.activity' }),
      'blob',
    );
    whole.append('file', file, '../../papel.pdf');
    const alone = new FormData();
    alone.append('file', file, 'solo.pdf');
    const statuses = [
      (await call('POST', path, { token, raw: whole })).status,
      (await call('POST', path, { token, raw: alone })).status,
      (
        await call('POST', path, {
          token,
          raw: 'bytes',
          headers: { 'content-type': 'image/jpeg', 'content-disposition': 'name="file"; filename="a.jpg"' },
        })
      ).status,
    ];
    expect(statuses).toEqual([200, 200, 200]);
    expect(server.inbox.received.slice(-3).map(({ message }) => message.content)).toEqual([
      { kind: 'media', media: 'document', caption: 'mi papel', fileName: 'papel.pdf' },
      { kind: 'media', media: 'document', fileName: 'solo.pdf' },
      { kind: 'media', media: 'image', fileName: 'a.jpg' },
    ]);
    expect((await call('GET', `/conversations/${id}/activities`, { token })).body).toMatchObject({
      activities: [
        { text: 'mi papel', channelData: { clientActivityID: 'u1' }, attachments: [{ name: 'papel.pdf' }] },
        {},
        {},
      ],
    });
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    [String.raw`C:\papeles\dpi.png`, 'dpi.png'],
    ['dpi%0D%0A.png', 'dpi.png'],
  ])('the file name %s is kept as %s', async (written, kept) => {
    const { id, token } = await started();
    const raw = `--edge\r\nContent-Disposition: form-data; name="file"; filename="${written}"\r\n\r\nx\r\n--edge--\r\n`;
    const headers = { 'content-type': 'multipart/form-data; boundary=edge' };
    const { status } = await call('POST', `/conversations/${id}/upload?userId=me`, { token, raw, headers });
    expect(status).toBe(200);
    expect(server.inbox.received.at(-1)?.message.content).toEqual({
      kind: 'media',
      media: 'document',
      fileName: kept,
    });
  });

  test('more than 4 MB, an unreadable form and an empty body are refused', async () => {
    const { id, token } = await started();
    const path = `/conversations/${id}/upload?userId=me`;
    const large = await call('POST', path, { token, raw: new Uint8Array(4 * 1024 * 1024 + 1) });
    const torn = await call('POST', path, {
      token,
      raw: 'x',
      headers: { 'content-type': 'multipart/form-data' },
    });
    const empty = await call('POST', path, { token });
    expect([large, torn, empty].map((reply) => [reply.status, codeOf(reply)])).toEqual([
      [413, 'FileTooLarge'],
      [400, 'BadArgument'],
      [400, 'BadArgument'],
    ]);
  });
});

test('no secret, token or text is ever logged', () => {
  expect(server.lines).toEqual([]);
});
