import type { CrisisClass } from '../../src/core/recognition.ts';
import type { CrisisLine } from '../../src/recogniser/crisis/examples.ts';

/** How well dangers are found, as shares from 0 to 1. */
export interface CrisisScore {
  readonly explicit: number;
  readonly indirect: number;
  /** Of the dangers found, those of the right class. */
  readonly rightClass: number;
  /** Of what is no danger, what raised an alarm. */
  readonly falseAlarms: number;
  readonly mistakes: readonly string[];
}

/** Holds a detector against lines whose class is known; `disguise` changes the text before. */
export function scoreOf(
  lines: readonly CrisisLine[],
  crisisOf: (text: string) => CrisisClass,
  disguise: (text: string) => string = (text) => text,
): CrisisScore {
  const answers = lines.map((line) => ({ ...line, found: crisisOf(disguise(line.text)) }));
  const dangers = answers.filter(({ kind }) => kind !== 'negative');
  const alarms = dangers.filter(({ found }) => found !== 'none');
  const harmless = answers.filter(({ kind }) => kind === 'negative');
  const raised = (kind: CrisisLine['kind']) =>
    share(
      answers.filter((answer) => answer.kind === kind),
      ({ found }) => found !== 'none',
    );
  return {
    explicit: raised('explicit'),
    indirect: raised('indirect'),
    rightClass: share(alarms, ({ found, class: wanted }) => found === wanted),
    falseAlarms: share(harmless, ({ found }) => found !== 'none'),
    mistakes: answers
      .filter(({ found, class: wanted }) => (found === 'none') !== (wanted === 'none'))
      .map(({ found, class: wanted, text }) => `${wanted}, found ${found}: ${text}`),
  };
}

function share<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(test).length / items.length;
}
