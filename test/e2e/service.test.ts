import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { directLinePerson } from '../support/direct-line-person.ts';
import { ask, startRedis, type RedisServer } from '../support/redis-server.ts';
import { startPuente, type RunningPuente } from '../support/running-puente.ts';
import { simulatedPhone } from '../support/simulated-phone.ts';

const limit = 60_000;

describe.each(['embedded', 'redis'] as const)('the service as a process, on the %s store', (store) => {
  let redis: RedisServer | undefined;
  let puente: RunningPuente;
  beforeAll(async () => {
    redis = store === 'redis' ? await startRedis() : undefined;
    puente = await startPuente({
      ORGANISATION_NAME: 'Casa Camino',
      ORGANISATION_CONTACT: '+502 5555 0100',
      LOG_LEVEL: 'debug',
      ...(redis === undefined ? {} : { REDIS_URL: redis.url }),
    });
  }, limit);
  afterAll(async () => {
    await puente.remove();
    await redis?.stop();
  }, limit);

  test(
    'a person finds a real course on WhatsApp, registers interest and asks for a person',
    async () => {
      const phone = simulatedPhone(puente.url, '50255551234');
      const course = await phone.write('kiero un kurso de soldadura en xela');
      expect(course.text).toContain('INTECAP');
      expect(course.text).toMatch(/soldadura/iu);
      expect(course.text).toMatch(/muchos oficios/u);
      expect(course.text).toMatch(/no tengo (?:un )?precio confirmado|precio/iu);
      expect(course.text).toMatch(/dato de 20\d\d/u);
      expect(course.text).toContain('Casa Camino');
      const picked = await phone.tap(course, 'Me interesa');
      const kept = picked.choices.length > 0 ? await phone.tap(picked, 'gt-intecap-courses') : picked;
      expect(kept.text).toMatch(/INTECAP/u);
      const person = await phone.write('quiero hablar con una persona');
      expect(person.text).toBe('Aquí no contesta una persona. Llame o escriba a: +502 5555 0100.');
      const own = (await phone.bubbles()).filter(({ from }) => from === 'person');
      expect(own.every(({ tick }) => tick !== 'failed')).toBe(true);
    },
    limit,
  );

  test(
    'the same on web chat, in English',
    async () => {
      const person = await directLinePerson(puente.url);
      expect((await person.next()).text).toContain('Casa Camino');
      const course = await person.write('i want to learn welding in xela');
      expect(course.text).toContain('INTECAP');
      expect(course.text).toMatch(/welding/iu);
      const seen = await person.activities();
      expect(seen.map(({ from }) => from.role ?? 'user')).toEqual(['bot', 'user', 'bot']);
    },
    limit,
  );

  test(
    'a caseworker sees the cases beside the running server, without anything the person wrote',
    async () => {
      const { code, output, errors } = await puente.command('desk', 'list', '--json');
      expect(errors).toBe('');
      expect(code).toBe(0);
      const reasons = output
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { reason: string }).reason);
      expect(reasons).toEqual(expect.arrayContaining(['asked-for-a-person', 'wants-to-enrol']));
      expect(output).not.toContain('50255551234');
    },
    limit,
  );

  test(
    'what a person wrote, their number and their name stand in no log and in no file',
    async () => {
      const phone = simulatedPhone(puente.url, '50255557777');
      await phone.write('soy Zacarias Canariosky y quiero un curso de panaderia en coban');
      const person = await directLinePerson(puente.url);
      await person.next();
      await person.write('me llamo Zacarias Canariosky, busco curso de costura en mixco');
      const written = puente.written();
      const canaries = ['Canariosky', '50255557777', 'panaderia', 'mixco'];
      expect(canaries.filter((canary) => written.includes(canary))).toEqual([]);
      const stored =
        redis === undefined ? puente.folder : (await ask(redis.port, 'CONFIG', 'GET', 'dir')).split('\n')[1];
      const files = await allFiles(stored ?? '');
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const bytes = await readFile(file);
        expect({ file, found: canaries.filter((canary) => bytes.includes(canary)) }).toEqual({
          file,
          found: [],
        });
      }
    },
    limit,
  );

  test('every answer has the security headers, errors too', async () => {
    for (const address of ['/', '/healthz', '/nothing-here', '/v3/directline/conversations/x/activities']) {
      const { headers } = await fetch(`${puente.url}${address}`);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    }
  });

  test('metrics count without naming anybody', async () => {
    const text = await (await fetch(`${puente.url}/metrics`)).text();
    expect(text).toMatch(/puente_accepted_total\{channel="whatsapp",outcome="kept"\} \d+/u);
    expect(text).not.toMatch(/="[^"\n]*\d{8,}/u);
  });

  test(
    'it ends at once when asked to, with everything kept',
    async () => {
      const startedAt = Date.now();
      expect(await puente.end()).toBe(0);
      expect(Date.now() - startedAt).toBeLessThan(9_000);
    },
    limit,
  );
});

async function allFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}
