import { table } from './list-cases.ts';

/** One setting as `puente config` shows it. */
interface SettingLine {
  readonly name: string;
  readonly help: string;
  readonly source: string;
  readonly shown: string;
}

/** Every setting with its value (secrets masked), where it came from, and what it is for. */
export function showSettings(lines: readonly SettingLine[], asJson: boolean): string {
  if (asJson) {
    return lines
      .map(({ name, shown, source, help }) => `${JSON.stringify({ name, value: shown, source, help })}\n`)
      .join('');
  }
  const rows = lines.map(({ name, shown, source, help }) => [name, shown === '' ? '-' : shown, source, help]);
  return table([['SETTING', 'VALUE', 'SOURCE', 'WHAT IT IS FOR'], ...rows]);
}
