import { describe, expect, test } from '@jest/globals';
import { rememberGood } from '../../src/stores/good-check.ts';
import { createStillClock } from '../support/still-clock.ts';

describe('a check that was good', () => {
  test('counts for a second; one that failed is made again each time', async () => {
    const clock = createStillClock();
    let [count, isFull] = [0, false];
    const check = rememberGood(clock, () => {
      count += 1;
      return isFull ? Promise.reject(new Error('full')) : Promise.resolve();
    });
    for (let asked = 0; asked < 50; asked += 1) await check();
    expect(count).toBe(1);
    isFull = true;
    clock.forward(999);
    await check();
    clock.forward(1);
    await expect(check()).rejects.toThrow('full');
    await expect(check()).rejects.toThrow('full');
    expect(count).toBe(3);
    isFull = false;
    await check();
    expect(count).toBe(4);
  });

  test('is one for all who ask at once', async () => {
    let count = 0;
    const check = rememberGood(createStillClock(), async () => {
      count += 1;
      await new Promise((resolve) => setImmediate(resolve));
    });
    await Promise.all(Array.from({ length: 100 }, check));
    expect(count).toBe(1);
  });
});
