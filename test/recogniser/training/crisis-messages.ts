import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A message of the crisis sets, one a line: class, how plainly, language, text. */
export interface CrisisMessage {
  readonly danger: string;
  readonly kind: string;
  readonly language: string;
  readonly text: string;
}

/** How a group of messages was taken. */
export interface CrisisScore {
  readonly group: string;
  readonly messages: number;
  /** Share that raised an alarm: recall for dangers, false alarms for the rest. */
  readonly alarms: number;
  /** Share of the alarms with the right class. */
  readonly classRight: number;
}

const folder = path.join(import.meta.dirname, '..', '..', '..', 'src', 'recogniser', 'phrases', 'crisis');

/** Reads one of the sets in `src/recogniser/phrases/crisis`. */
export function readCrisisMessages(file: string): readonly CrisisMessage[] {
  return readFileSync(path.join(folder, file), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [danger, kind, language, text] = line.split('\t');
      if (danger === undefined || kind === undefined || language === undefined || text === undefined)
        return [];
      return [{ danger, kind, language, text }];
    });
}

/** Alarms and right classes by class and by how plainly the danger is told. */
export function scoreCrisis(
  messages: readonly CrisisMessage[],
  crisisOf: (text: string) => string,
): readonly CrisisScore[] {
  const answered = messages.map((message) => ({ ...message, got: crisisOf(message.text) }));
  const groups = Map.groupBy(answered, ({ danger, kind }) => `${danger} ${kind}`);
  return [...groups]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([group, members]) => {
      const alarms = members.filter(({ got }) => got !== 'none');
      const classed = alarms.filter(({ danger, got }) => danger === got);
      return {
        group,
        messages: members.length,
        alarms: alarms.length / members.length,
        classRight: classed.length / alarms.length,
      };
    });
}
