import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand, startPuente, type RunningPuente } from '../support/running-puente.ts';

const limit = 60_000;
const appSecret = 'bad-input-0123456789abcdefghijkl';

describe('the webhook', () => {
  let puente: RunningPuente;
  beforeAll(async () => {
    puente = await startPuente({
      WHATSAPP_APP_SECRET: appSecret,
      WHATSAPP_VERIFY_TOKEN: 'bad-input-verify-0123456789',
    });
  }, limit);
  afterAll(async () => {
    await puente.remove();
  }, limit);
  const post = async (body: string | Buffer, signature?: string): Promise<Response> =>
    fetch(`${puente.url}/webhooks/whatsapp`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256':
          signature ?? `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });

  test('a wrong signature is 401 as problem+json with an id', async () => {
    const response = await post('{"object":"whatsapp_business_account"}', `sha256=${'0'.repeat(64)}`);
    expect(response.status).toBe(401);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 401 });
  });

  test('a body over 3 MB is 413', async () => {
    const response = await post(Buffer.alloc(3 * 1024 * 1024 + 1, 32)).catch(() => undefined);
    expect(response?.status ?? 413).toBe(413);
  });

  test('a well-signed body that nobody can read is 200 and counted as set aside', async () => {
    expect((await post('{"object": 7, broken')).status).toBe(200);
    const metrics = await (await fetch(`${puente.url}/metrics`)).text();
    expect(metrics).toMatch(/puente_quarantined_total 1/u);
  });

  test('the verification echoes the challenge for the right token only', async () => {
    const ask = async (token: string): Promise<Response> =>
      fetch(
        `${puente.url}/webhooks/whatsapp?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=12345`,
      );
    expect(await (await ask('bad-input-verify-0123456789')).text()).toBe('12345');
    expect((await ask('wrong')).status).toBe(403);
  });

  test('an address that is not there is a problem with an id, and says nothing of us', async () => {
    const response = await fetch(`${puente.url}/wp-admin`);
    expect(response.status).toBe(404);
    const body = (await response.json()) as { instance: string };
    expect(body).toEqual({
      type: 'about:blank',
      title: 'There is nothing here',
      status: 404,
      instance: body.instance,
    });
    expect(response.headers.get('x-request-id')).toBe(body.instance);
  });
});

describe('the start', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'puente-start-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test('names every wrong setting at once and ends with 2', async () => {
    const wrong = {
      DATA_DIR: folder,
      PORT: 'eighty',
      DEFAULT_COUNTRY: 'Guatemala',
      TEAM_HOURS: 'always',
      REDIS_URL: 'http://127.0.0.1',
      ENCRYPTION_KEYS: 'onlysecret',
    };
    const { code, output, errors } = await runCommand(wrong, ['serve']);
    expect(code).toBe(2);
    expect(output).toBe('');
    expect(errors).toContain('PORT: expected a whole number from 0 to 65535');
    for (const name of ['DEFAULT_COUNTRY', 'TEAM_HOURS', 'REDIS_URL', 'ENCRYPTION_KEYS'])
      expect(errors).toContain(`${name}: `);
    expect(errors).not.toContain('onlysecret');
  });

  test('in production refuses what is missing, short or from a sample, and an unnamed organisation', async () => {
    const production = {
      NODE_ENV: 'production',
      DATA_DIR: folder,
      DIRECTLINE_SECRET: 'changeme-changeme',
      WHATSAPP_ACCESS_TOKEN: 'short',
    };
    const { code, errors } = await runCommand(production, ['serve']);
    expect(code).toBe(2);
    const named = [
      'ORGANISATION_NAME',
      'ENCRYPTION_KEYS',
      'DIRECTLINE_SECRET',
      'WHATSAPP_ACCESS_TOKEN',
      'WHATSAPP_APP_SECRET',
    ];
    for (const name of named) expect(errors).toContain(`${name}: `);
    expect(errors).not.toContain('changeme');
  });

  test('in production an account that is half set is named, not left out', async () => {
    const half = {
      NODE_ENV: 'production',
      DATA_DIR: folder,
      WHATSAPP_APP_SECRET: 'Zt3w8Qm2Xc7Lr9VbZt3w8Qm2',
    };
    const { code, errors } = await runCommand(half, ['serve']);
    expect(code).toBe(2);
    expect(errors).toContain('WHATSAPP_ACCESS_TOKEN: ');
  });

  test('a data folder that is a file is named', async () => {
    const { code, errors } = await runCommand(
      { DATA_DIR: path.join(import.meta.dirname, 'bad-input.test.ts') },
      ['serve'],
    );
    expect(code).toBe(2);
    expect(errors).toContain('DATA_DIR: ');
  });

  test('a worker without Redis is wrong usage', async () => {
    const { code, errors } = await runCommand({ DATA_DIR: folder }, ['worker']);
    expect(code).toBe(2);
    expect(errors).toContain('REDIS_URL');
  });

  test('a word that is no command, or a flag that is none, is wrong usage', async () => {
    expect((await runCommand({ DATA_DIR: folder }, ['dance'])).code).toBe(2);
    expect((await runCommand({ DATA_DIR: folder }, ['chat', '--loud'])).code).toBe(2);
    expect((await runCommand({ DATA_DIR: folder }, [])).code).toBe(2);
  });

  test(
    'a second server on the same port says so',
    async () => {
      const puente = await startPuente();
      try {
        const { code, errors } = await puente.command('serve');
        expect(code).toBe(2);
        expect(errors).toContain('something else listens there already');
      } finally {
        await puente.remove();
      }
    },
    limit,
  );
});

describe('the command line', () => {
  const settings = { DATA_DIR: path.join(tmpdir(), 'puente-command-line') };
  afterAll(async () => {
    await rm(settings.DATA_DIR, { recursive: true, force: true });
  });

  test('talks in the terminal', async () => {
    const { code, output } = await runCommand(
      settings,
      ['chat', '--lang', 'es'],
      'curso de soldadura en xela\n',
    );
    expect(code).toBe(0);
    expect(output).toContain('INTECAP');
  });

  test('recognises JSON lines in order, with an error in the place of a bad one and exit 1', async () => {
    const lines = '{"text":"kiero un kurso de soldadura en xela"}\nnot json\n{"text":"hello","lang":"en"}\n';
    const { code, output } = await runCommand(settings, ['recognise'], lines);
    expect(code).toBe(1);
    const answers = output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(answers[0]).toMatchObject({
      intent: 'training_search',
      language: 'es',
      crisis: 'none',
      slots: { occupation: 'soldadura', city: 'Quetzaltenango', country: 'GT' },
    });
    expect(answers[1]).toEqual({ error: 'not JSON' });
    expect(answers[2]).toMatchObject({ intent: 'greeting', language: 'en' });
  });

  test('shows every setting without showing a secret', async () => {
    const secret = 'a-very-private-direct-line-value-1';
    const { code, output } = await runCommand({ ...settings, DIRECTLINE_SECRET: secret }, ['config']);
    expect(code).toBe(0);
    expect(output).toMatch(/DIRECTLINE_SECRET +\(34 characters, hidden\) +environment/u);
    expect(output).not.toContain(secret);
  });

  test('checks the directory and finds nothing wrong', async () => {
    const { code, output } = await runCommand(settings, ['directory', 'check']);
    expect({ code, output }).toEqual({ code: 0, output: '192 services, 0 faults\n' });
  });

  test('prints keys that a production start takes', async () => {
    const { output } = await runCommand(settings, ['keys', 'new']);
    expect(output).toMatch(/^DIRECTLINE_SECRET=[\w-]{43}\nENCRYPTION_KEYS=k1:[\w-]{43}\n$/u);
  });
});
