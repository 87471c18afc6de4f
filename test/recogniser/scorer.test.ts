import { describe, expect, test } from '@jest/globals';
import { calibrationPlot } from './training/calibration-plot.ts';
import { scoreCrisis } from './training/crisis-messages.ts';
import { calibrationOf, confusionsOf, scoreOf } from './training/scorer.ts';
import { scoreSlots } from './training/slot-examples.ts';

/** Ten planted answers: six requests of which four are right and one is refused, four strangers of which three are refused. */
const planted = [
  { expected: 'job_search', got: 'job_search', confidence: 0.95 },
  { expected: 'job_search', got: 'job_search', confidence: 0.95 },
  { expected: 'job_search', got: 'job_apply', confidence: 0.45 },
  { expected: 'job_apply', got: 'job_apply', confidence: 0.95 },
  { expected: 'job_apply', got: 'job_apply', confidence: 0.95 },
  { expected: 'job_apply', got: 'out_of_scope', confidence: 0.45 },
  { expected: 'out_of_scope', got: 'out_of_scope', confidence: 0.95 },
  { expected: 'out_of_scope', got: 'out_of_scope', confidence: 0.95 },
  { expected: 'out_of_scope', got: 'out_of_scope', confidence: 0.95 },
  { expected: 'out_of_scope', got: 'job_apply', confidence: 0.95 },
];

describe('the scorer of intents, on planted right and wrong answers', () => {
  test('counts what is right, refused and falsely refused', () => {
    const score = scoreOf(planted);
    expect(score.messages).toBe(10);
    expect(score.right).toBeCloseTo(4 / 6);
    expect(score.refused).toBeCloseTo(3 / 4);
    expect(score.falselyRefused).toBeCloseTo(1 / 6);
  });

  test('takes the mean of F1 over intents: 4/5, 4/7 and 6/8', () => {
    expect(scoreOf(planted).macroF1).toBeCloseTo((0.8 + 4 / 7 + 0.75) / 3);
  });

  test('measures how far confidence is from being right: 2 of 10 at 0.45 all wrong, 8 at 0.95 with one wrong', () => {
    expect(scoreOf(planted).calibrationError).toBeCloseTo(0.2 * 0.45 + 0.8 * (0.95 - 7 / 8));
    expect(calibrationOf(planted).map(({ messages }) => messages)).toEqual([2, 8]);
  });

  test('gives full marks for right answers and none for wrong ones', () => {
    const right = planted.map(({ expected }) => ({ expected, got: expected, confidence: 1 }));
    expect(scoreOf(right)).toEqual({
      messages: 10,
      right: 1,
      macroF1: 1,
      refused: 1,
      falselyRefused: 0,
      calibrationError: 0,
    });
    const wrong = planted.map(({ expected }) => ({ expected, got: 'greeting', confidence: 1 }));
    expect(scoreOf(wrong)).toMatchObject({ right: 0, macroF1: 0, refused: 0, calibrationError: 1 });
  });

  test('names the pairs that are taken for each other', () => {
    expect(confusionsOf(planted)).toContainEqual({ expected: 'job_apply', got: 'out_of_scope', count: 1 });
    expect(confusionsOf(planted)).toHaveLength(3);
  });
});

test('the scorer of dangers tells recall, false alarms and right classes apart', () => {
  const message = (danger: string, kind: string, text: string) => ({ danger, kind, language: 'es', text });
  const scores = scoreCrisis(
    [
      message('violence', 'explicit', 'violence'),
      message('violence', 'explicit', 'gbv'),
      message('violence', 'explicit', 'none'),
      message('none', 'negative', 'none'),
      message('none', 'negative', 'gbv'),
    ],
    (text) => text,
  );
  expect(scores).toEqual([
    { group: 'none negative', messages: 2, alarms: 0.5, classRight: 0 },
    { group: 'violence explicit', messages: 3, alarms: 2 / 3, classRight: 0.5 },
  ]);
});

test('the scorer of slots asks for every value, in any order, and names what is missing', () => {
  const found: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    one: { city: 'Cobán', amount: 5_000 },
    two: { department: ['Yoro', 'Cortés'], city: 'Progreso' },
  };
  const score = scoreSlots(
    [
      { text: 'one', slots: { city: 'Cobán', amount: 500 } },
      { text: 'two', slots: { department: ['Cortés', 'Yoro'] } },
    ],
    (text) => found[text]!,
  );
  expect(score).toEqual({ wanted: 3, given: 4, right: 2, misses: ['one: amount 500, got 5000'] });
});

test('the calibration plot draws a dot for each step of confidence', () => {
  const plot = calibrationPlot(calibrationOf(planted), 'Planted');
  expect(plot.match(/<circle/gu)).toHaveLength(2);
  expect(plot).toContain('cx="348.0" cy="84.0"');
});
