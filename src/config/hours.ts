import type { TeamHours } from '../core/duty.ts';
import type { Reader } from './readers.ts';

const days = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const part = /^(?<from>[a-z]{3})(?:-(?<to>[a-z]{3}))? (?<opens>\d{2}:\d{2})-(?<closes>\d{2}:\d{2})$/u;

/** When the team answers: `mon-fri 08:00-17:00, sat 08:00-12:00`. A day may stand several times. */
export const teamHours: Reader<TeamHours> = (text) => {
  const spans = text.split(',').map((one) => spanOf(one.trim().toLowerCase()));
  const isGood = (span: TeamHours | undefined): span is TeamHours => span !== undefined;
  return spans.every(isGood)
    ? { value: spans.flat() }
    : { expected: 'days and hours such as "mon-fri 08:00-17:00, sat 08:00-12:00"' };
};

/** A time zone that this machine knows, such as `America/Guatemala`. */
export const timeZone: Reader<string> = (text) => {
  try {
    return { value: new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone };
  } catch {
    return { expected: 'a time zone such as America/Guatemala' };
  }
};

function spanOf(text: string): TeamHours | undefined {
  const found = part.exec(text)?.groups;
  const first = days.findIndex((day) => day === found?.['from']);
  const last = found?.['to'] === undefined ? first : days.findIndex((day) => day === found['to']);
  const [opens, closes] = [minuteOf(found?.['opens']), minuteOf(found?.['closes'])];
  if (first < 0 || last < 0 || opens === undefined || closes === undefined || opens >= closes)
    return undefined;
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, index) => ({ weekday: (first + index) % 7, opens, closes }));
}

function minuteOf(text: string | undefined): number | undefined {
  const [hours = Number.NaN, minutes = Number.NaN] = (text ?? '').split(':').map(Number);
  return hours <= 24 && minutes < 60 && hours * 60 + minutes <= 1440 ? hours * 60 + minutes : undefined;
}
