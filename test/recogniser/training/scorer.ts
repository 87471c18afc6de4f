/** A message, what it asks for, and what was understood. */
export interface Answer {
  readonly expected: string;
  readonly got: string;
  /** How sure the answer was, 0 to 1. */
  readonly confidence: number;
}

/** How good a list of answers is. Shares are from 0 to 1; of no messages at all they are NaN. */
export interface Score {
  readonly messages: number;
  /** Of messages that ask for something: understood rightly. */
  readonly right: number;
  /** Mean over the intents of the harmonic mean of precision and recall. */
  readonly macroF1: number;
  /** Of messages that ask for nothing Puente does: refused. */
  readonly refused: number;
  /** Of messages that ask for something: refused all the same. */
  readonly falselyRefused: number;
  /** Mean distance between how sure and how right, in ten steps. */
  readonly calibrationError: number;
}

/** Messages answered with about the same confidence. */
export interface CalibrationStep {
  readonly messages: number;
  readonly confidence: number;
  readonly right: number;
}

export const refusal = 'out_of_scope';
const steps = 10;

/** Scores answers. */
export function scoreOf(answers: readonly Answer[]): Score {
  const asking = answers.filter(({ expected }) => expected !== refusal);
  const strangers = answers.filter(({ expected }) => expected === refusal);
  return {
    messages: answers.length,
    right: share(asking, isRight),
    macroF1: macroF1(answers),
    refused: share(strangers, ({ got }) => got === refusal),
    falselyRefused: share(asking, ({ got }) => got === refusal),
    calibrationError: calibrationOf(answers).reduce(
      (sum, step) => sum + (step.messages / answers.length) * Math.abs(step.confidence - step.right),
      0,
    ),
  };
}

/** How right the answers are at each step of confidence; steps without a message are left out. */
export function calibrationOf(answers: readonly Answer[]): readonly CalibrationStep[] {
  return Array.from({ length: steps }, (_step, index) =>
    answers.filter(({ confidence }) => Math.min(steps - 1, Math.floor(confidence * steps)) === index),
  )
    .filter((group) => group.length > 0)
    .map((group) => ({
      messages: group.length,
      confidence: group.reduce((sum, { confidence }) => sum + confidence, 0) / group.length,
      right: share(group, isRight),
    }));
}

/** Pairs of intents that are taken for each other, the commonest first. */
export function confusionsOf(
  answers: readonly Answer[],
): readonly { readonly expected: string; readonly got: string; readonly count: number }[] {
  const counts = new Map<string, { expected: string; got: string; count: number }>();
  for (const answer of answers.filter((each) => !isRight(each))) {
    const { expected, got } = answer;
    const pair = counts.get(`${expected} ${got}`) ?? { expected, got, count: 0 };
    pair.count += 1;
    counts.set(`${expected} ${got}`, pair);
  }
  return [...counts.values()].sort((left, right) => right.count - left.count);
}

function macroF1(answers: readonly Answer[]): number {
  const intents = [...new Set(answers.map(({ expected }) => expected))];
  const scores = intents.map((intent) => {
    const hits = answers.filter(({ expected, got }) => expected === intent && got === intent).length;
    const wanted = answers.filter(({ expected }) => expected === intent).length;
    const given = answers.filter(({ got }) => got === intent).length;
    return (2 * hits) / (wanted + given);
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

const isRight = ({ expected, got }: Answer): boolean => expected === got;
const share = (answers: readonly Answer[], counts: (answer: Answer) => boolean): number =>
  answers.filter(counts).length / answers.length;
