import { settingTable, type Setting, type SettingName, type SettingValues } from './table.ts';

/** Where a value came from. */
export type Source = 'environment' | '.env' | 'default' | 'made at random' | 'not set';

/** One line of `puente config`; `shown` is masked for secrets. */
export interface SettingLine {
  readonly name: SettingName;
  readonly help: string;
  readonly source: Source;
  readonly shown: string;
}

/** Everything that was read, with every fault found. */
export interface ReadSettings {
  readonly values: SettingValues;
  readonly lines: readonly SettingLine[];
  readonly faults: readonly string[];
}

/** The texts settings come from; an empty text counts as not set. */
export interface SettingTexts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly file: Readonly<Record<string, string | undefined>>;
  /** Made at random for a development start. */
  readonly made: Readonly<Partial<Record<SettingName, string>>>;
}

/** Reads every setting. Nothing is thrown: all faults are listed, each with its name and what was expected. */
export function readAll(texts: SettingTexts): ReadSettings {
  const values: Partial<Record<SettingName, unknown>> = {};
  const lines: SettingLine[] = [];
  const faults: string[] = [];
  // Object.keys loses that these are the table's own names.
  for (const name of Object.keys(settingTable) as SettingName[]) {
    const one: Setting<unknown> = settingTable[name];
    const { text, source } = find(name, one, texts);
    lines.push({ name, help: one.help, source, shown: shownOf(one, text) });
    if (text === undefined) continue;
    const read = one.read(text);
    if ('expected' in read) faults.push(`${name}: expected ${read.expected}`);
    else values[name] = read.value;
  }
  return { values: values as SettingValues, lines, faults }; // each value was read by its own reader
}

function find(
  name: SettingName,
  one: Setting<unknown>,
  { environment, file, made }: SettingTexts,
): { readonly text?: string; readonly source: Source } {
  const candidates: readonly (readonly [string | undefined, Source])[] = [
    [environment[name], 'environment'],
    [file[name], '.env'],
    [made[name], 'made at random'],
    [one.fallback, 'default'],
  ];
  const found = candidates.find(([text]) => text !== undefined && text !== '');
  return found?.[0] === undefined ? { source: 'not set' } : { text: found[0], source: found[1] };
}

function shownOf(one: Setting<unknown>, text: string | undefined): string {
  if (text === undefined) return '';
  return one.isSecret === true ? `(${text.length} characters, hidden)` : text;
}
