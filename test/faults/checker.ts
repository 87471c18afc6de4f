/** A message that was acknowledged: what must have exactly one effect. */
export interface Acknowledged {
  readonly person: string;
  /** Place in what this person wrote, from 0. */
  readonly place: number;
  /** A word that the answer to this message holds, and the answers to its neighbours do not. */
  readonly topic: string;
}

/** A send that reached the provider. `tag` is the same for every try of one answer. */
export interface Send {
  readonly person: string;
  readonly tag: string;
  readonly text: string;
}

/** What went wrong; all zero is what was promised (safety.md R1, R3, R4). */
export interface Verdict {
  readonly lost: number;
  readonly doubled: number;
  readonly reordered: number;
  /** Answers that reached the person twice. */
  readonly repeated: number;
  /** Answers that reached the person more than twice: never allowed. */
  readonly repeatedAgain: number;
  /** A few of the faults, in words, for whoever looks for the cause. */
  readonly examples: readonly string[];
}

/** Compares what was acknowledged with what was sent. Pure: the history alone decides. */
export function judge(acknowledged: readonly Acknowledged[], sends: readonly Send[]): Verdict {
  const people = new Set([...acknowledged, ...sends].map(({ person }) => person));
  const verdicts = [...people].map((person) =>
    judgePerson(
      acknowledged.filter((one) => one.person === person),
      sends.filter((one) => one.person === person),
    ),
  );
  const sum = (name: Exclude<keyof Verdict, 'examples'>): number =>
    verdicts.reduce((total, verdict) => total + verdict[name], 0);
  return {
    lost: sum('lost'),
    doubled: sum('doubled'),
    reordered: sum('reordered'),
    repeated: sum('repeated'),
    repeatedAgain: sum('repeatedAgain'),
    examples: verdicts.flatMap(({ examples }) => examples).slice(0, 10),
  };
}

function judgePerson(acknowledged: readonly Acknowledged[], sends: readonly Send[]): Verdict {
  const expected = [...acknowledged].sort((left, right) => left.place - right.place);
  const tries = Map.groupBy(sends, ({ tag }) => tag);
  const answers = [...tries.values()].flatMap(([first]) => (first === undefined ? [] : [first]));
  const examples: string[] = [];
  let reordered = 0;
  for (const [index, message] of expected.entries()) {
    const answer = answers[index];
    if (answer === undefined || answer.text.toLowerCase().includes(message.topic)) continue;
    reordered += 1;
    examples.push(`${message.person} ${index}: expected ${message.topic}, got ${answer.text.slice(0, 80)}`);
  }
  const counts = [...tries.values()].map((group) => group.length);
  return {
    lost: Math.max(0, expected.length - answers.length),
    doubled: Math.max(0, answers.length - expected.length),
    reordered,
    repeated: counts.filter((count) => count > 1).length,
    repeatedAgain: counts.filter((count) => count > 2).length,
    examples,
  };
}
