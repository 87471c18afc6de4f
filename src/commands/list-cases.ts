import type { CaseRecord } from '../core/conversation.ts';

const minute = 60_000;

/** Open cases as a table for a person, or as JSON lines for a program; most urgent first, as they come. */
export function listCases(cases: readonly CaseRecord[], now: number, asJson: boolean): string {
  if (asJson) return cases.map((record) => `${JSON.stringify(lineOf(record, now))}\n`).join('');
  if (cases.length === 0) return 'No open cases.\n';
  const rows = cases.map((record) => {
    const { caseId, urgency, waitingMinutes, reason, channel, language, topic } = lineOf(record, now);
    return [urgency, spanOf(waitingMinutes), reason, topic, channel, language, caseId];
  });
  return table([['URGENCY', 'WAITS', 'REASON', 'TOPIC', 'CHANNEL', 'LANGUAGE', 'CASE'], ...rows]);
}

/** What is shown of a case: never what the person wrote, never who they are. */
function lineOf(record: CaseRecord, now: number) {
  const { caseId, urgency, reason, channel, language, status, openedAt, brief } = record;
  const topic = typeof brief['topic'] === 'string' ? brief['topic'] : '';
  const waitingMinutes = Math.max(0, Math.floor((now - openedAt) / minute));
  return { caseId, urgency, waitingMinutes, reason, status, channel, language, topic, brief };
}

function spanOf(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  return minutes < 2_880 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1_440)} d`;
}

/** Columns side by side, each as wide as its widest cell. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
