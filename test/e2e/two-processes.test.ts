import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { directLinePerson } from '../support/direct-line-person.ts';
import { startRedis, type RedisServer } from '../support/redis-server.ts';
import { startPuente, type RunningPuente } from '../support/running-puente.ts';
import { simulatedPhone } from '../support/simulated-phone.ts';

const limit = 60_000;
const secrets = {
  DIRECTLINE_SECRET: 'two-processes-0123456789abcdefgh',
  ENCRYPTION_KEYS: 'k1:q3Zx0h7mJwYb2uVtN5kLr8PzQfXcE1sGdA4oTiRyUeM',
  LEASE_MS: '1000',
};
let redis: RedisServer;
let first: RunningPuente;
let second: RunningPuente;
beforeAll(async () => {
  redis = await startRedis();
  first = await startPuente({ ...secrets, REDIS_URL: redis.url });
  second = await startPuente({ ...secrets, REDIS_URL: redis.url });
}, limit);
afterAll(async () => {
  await Promise.all([first.remove(), second.remove()]);
  await redis.stop();
}, limit);

test(
  'a web chat that posts to one process is read from the other',
  async () => {
    const person = await directLinePerson(first.url, second.url);
    await person.next();
    expect((await person.write('curso de carpinteria en tegucigalpa')).text).toContain('INFOP');
    expect((await person.write('y de cocina')).text).toMatch(/cocina/iu);
  },
  limit,
);

test(
  'when a process dies the other one goes on with its conversations',
  async () => {
    // Each server has a simulator of its own: only one is left, and workers beside it.
    await second.remove();
    const stopWorker = await first.startWorker();
    const phone = simulatedPhone(first.url, '50498765432');
    const course = await phone.write('curso de electricidad en gracias lempira');
    expect(course.text).toContain('INFOP');
    await stopWorker();
    expect((await phone.write('menu')).choices.length).toBeGreaterThan(0);
    const stopOther = await first.startWorker();
    expect((await phone.write('quiero un curso de cocina en choluteca')).text).toMatch(/cocina/iu);
    await stopOther();
  },
  limit,
);

test(
  'a process that is asked to end while Redis is away ends all the same',
  async () => {
    await redis.kill();
    const startedAt = Date.now();
    await first.end();
    expect(Date.now() - startedAt).toBeLessThan(30_000);
    await redis.restart();
  },
  limit,
);
