import type { Clock, Log, LogFields } from '../core/ports.ts';

/** How much is logged, least important first. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Fields a line may have, in this order, and their types. The compiler holds it together with `LogFields`. */
const allowed = {
  event: 'string',
  conversation: 'string',
  partition: 'number',
  channel: 'string',
  dialog: 'string',
  step: 'string',
  outcome: 'string',
  error: 'string',
  reference: 'string',
  kind: 'string',
  count: 'number',
  attempt: 'number',
  status: 'number',
  ms: 'number',
  lagMs: 'number',
} as const satisfies {
  readonly [Name in keyof Required<LogFields>]: LogFields[Name] & string extends never ? 'number' : 'string';
};

const longest = 120;
/** More than this is not even looked at. */
const longestRead = 1_000;
/** Larger than any count or duration, smaller than a phone number with its country. */
const largest = 10_000_000_000;
const messageIds = /wamid\.[\w+/=.-]*/giu;
/** Eight digits or more, with or without what people write between them. */
const phoneNumbers = /\+?\(?\p{Nd}(?:[\s().\-–/]{0,3}\p{Nd}){7,}/gu;
/** What a terminal or a viewer would obey and JSON does not escape: controls, line separators, changes of direction. */
const obeyed = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu;

/** Writes one line of JSON for each call at or above the level. Only allowed fields of the right type come through. */
export function createLog(parts: {
  readonly write: (line: string) => void;
  readonly level: LogLevel;
  readonly clock: Pick<Clock, 'now'>;
}): Log {
  const least = logLevels.indexOf(parts.level);
  const writer = (level: LogLevel): ((fields: LogFields) => void) => {
    if (logLevels.indexOf(level) < least) return () => undefined;
    return (fields) => parts.write(lineOf(level, fields, parts.clock.now()));
  };
  return { debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') };
}

function lineOf(level: LogLevel, fields: LogFields, now: number): string {
  const line: Record<string, string | number> = { time: new Date(now).toISOString(), level };
  for (const [name, type] of Object.entries(allowed)) {
    // A caller may have got round the types: what is there is looked at, not believed.
    const value: unknown = (fields as unknown as Record<string, unknown>)[name];
    if (type === 'string' && typeof value === 'string') line[name] = harmless(value);
    if (type === 'number' && typeof value === 'number' && Math.abs(value) < largest)
      line[name] = Math.round(value * 1_000) / 1_000;
  }
  return JSON.stringify(line).replace(obeyed, escapeOf);
}

function harmless(text: string): string {
  const safe = text
    .slice(0, longestRead)
    .replace(messageIds, '[message id]')
    .replace(phoneNumbers, '[number]');
  return safe.length > longest ? `${safe.slice(0, longest)}…` : safe;
}

const escapeOf = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
