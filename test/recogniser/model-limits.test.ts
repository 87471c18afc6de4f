import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { never, openTier, type OpenTier } from '../support/open-tier.ts';
import { completionOf, plainly, startStandInModel, type StandInModel } from '../support/stand-in-model.ts';

const chosen = { kind: 'intent', intent: 'training_search' };
const nothing = { kind: 'nothing' };

let model: StandInModel;
let at: OpenTier;

beforeEach(async () => {
  model = await startStandInModel();
  at = openTier(model);
});
afterEach(async () => {
  await at.tier.close();
  await model.close();
});

const understand = () => at.tier.understand({ text: 'fijese lo del volado ese', language: 'es' }, never);
async function reopen(budget: { readonly calls: number; readonly tokens: number }): Promise<void> {
  await at.tier.close();
  at = openTier(model, { budget });
}

describe('a service that fails', () => {
  const fail = async (count: number): Promise<void> => {
    model.answerWith(plainly('', 500));
    for (let done = 0; done < count; done += 1) await understand();
  };
  const heal = (): void => model.answerWith(plainly(completionOf(chosenWords)));
  const chosenWords = { intent: 'training_search', answer: 'none' };

  test('five times in a minute is left alone for a minute, then tried once', async () => {
    await fail(5);
    heal();
    expect(await understand()).toEqual(nothing);
    at.clock.forward(59_999);
    expect(await understand()).toEqual(nothing);
    expect(model.asked).toHaveLength(5);
    at.clock.forward(1);
    const [first, second] = [understand(), understand()];
    expect([await first, await second]).toEqual([chosen, nothing]);
    expect(await understand()).toEqual(chosen);
    expect(at.verdicts()).toEqual([
      ...Array.from({ length: 5 }, () => 'failed'),
      'resting',
      'resting',
      'resting',
      'taken',
      'taken',
    ]);
  });

  test('at the try too is left alone for another minute', async () => {
    await fail(5);
    at.clock.forward(60_000);
    await fail(1);
    heal();
    expect(await understand()).toEqual(nothing);
    at.clock.forward(60_000);
    expect(await understand()).toEqual(chosen);
  });

  test('four times a minute is asked on', async () => {
    for (let minute = 0; minute < 3; minute += 1) {
      await fail(4);
      at.clock.forward(60_000);
    }
    heal();
    expect(await understand()).toEqual(chosen);
  });
});

describe('the budget of a day', () => {
  test('of calls is kept, and begins anew with the next day', async () => {
    await reopen({ calls: 2, tokens: 1_000_000 });
    expect([await understand(), await understand(), await understand()]).toEqual([chosen, chosen, nothing]);
    expect([model.asked.length, at.verdicts().at(-1)]).toEqual([2, 'spent']);
    at.clock.forward(24 * 60 * 60 * 1_000);
    expect(await understand()).toEqual(chosen);
  });

  test('of tokens counts what a call may cost before it is made, and what it did cost after', async () => {
    await reopen({ calls: 1_000, tokens: 6_000 });
    const results = await Promise.all(Array.from({ length: 10 }, () => understand()));
    const together = results.filter((result) => JSON.stringify(result) === JSON.stringify(chosen)).length;
    expect(together).toBeGreaterThanOrEqual(1);
    expect(together).toBeLessThan(3);
    await reopen({ calls: 1_000, tokens: 6_000 });
    const afterEachOther: unknown[] = [];
    for (let count = 0; count < 10; count += 1) afterEachOther.push(await understand());
    expect(
      afterEachOther.filter((result) => JSON.stringify(result) === JSON.stringify(chosen)).length,
    ).toBeGreaterThan(3);
  });
});
