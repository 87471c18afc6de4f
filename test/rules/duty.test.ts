import { describe, expect, test } from '@jest/globals';
import { teamHours, timeZone } from '../../src/config/hours.ts';
import { dutyAt, type Team } from '../../src/core/duty.ts';

/** Monday to Friday eight to five, Saturday eight to twelve. */
const team: Team = {
  hours: [
    ...[1, 2, 3, 4, 5].map((weekday) => ({ weekday, opens: 480, closes: 1020 })),
    { weekday: 6, opens: 480, closes: 720 },
  ],
  timeZone: 'America/Guatemala',
  answersWithin: 30,
  longQueue: 10,
};
const now = Date.UTC(2026, 10, 24, 16, 0, 30);
const at = (weekday: number, hour: number, minute = 0) => ({ weekday, minute: hour * 60 + minute });

describe('which of the four sentences is true', () => {
  test.each([
    ['in the middle of the morning', at(2, 10), 0, { kind: 'on-duty', withinMinutes: 30 }],
    ['in the minute of opening', at(2, 8), 9, { kind: 'on-duty', withinMinutes: 30 }],
    ['with ten waiting', at(2, 10), 10, { kind: 'long-queue', waiting: 10, withinMinutes: 60 }],
    ['with thirty-five waiting', at(2, 10), 35, { kind: 'long-queue', waiting: 35, withinMinutes: 120 }],
  ])('on duty %s', (_when, local, waiting, expected) => {
    expect(dutyAt(team, undefined, now, local, waiting)).toEqual(expected);
  });

  test.each([
    ['before opening', at(2, 6), 120],
    ['in the minute of closing', at(2, 17), 15 * 60],
    ['on Friday evening, until Saturday', at(5, 18), 14 * 60],
    ['on Saturday afternoon, until Monday', at(6, 12), 44 * 60],
    ['on Sunday, until Monday', at(0, 8), 24 * 60],
  ])('off hours %s', (_when, local, minutes) => {
    const opensAt = Date.UTC(2026, 10, 24, 16, 0) + minutes * 60_000;
    expect(dutyAt(team, '+502 5555 0100', now, local, 50)).toEqual({
      kind: 'off-hours',
      opensAt,
      timeZone: 'America/Guatemala',
    });
  });

  test('nobody when no hours are set, whoever waits', () => {
    expect(dutyAt(undefined, '+502 5555 0100', now, at(2, 10), 3)).toEqual({
      kind: 'nobody',
      contact: '+502 5555 0100',
    });
    expect(dutyAt({ ...team, hours: [] }, undefined, now, at(2, 10), 3)).toEqual({ kind: 'nobody' });
  });
});

describe('the setting TEAM_HOURS', () => {
  test('reads days, spans of days and several spans', () => {
    expect(teamHours('sat 08:00-12:00')).toEqual({ value: [{ weekday: 6, opens: 480, closes: 720 }] });
    expect(teamHours('Fri-Mon 09:30-24:00')).toEqual({
      value: [5, 6, 0, 1].map((weekday) => ({ weekday, opens: 570, closes: 1440 })),
    });
    expect(teamHours('mon 08:00-12:00, mon 14:00-17:00')).toEqual({
      value: [
        { weekday: 1, opens: 480, closes: 720 },
        { weekday: 1, opens: 840, closes: 1020 },
      ],
    });
  });

  test.each([
    'always',
    'mon 17:00-08:00',
    'mon 08:00-08:00',
    'lun 08:00-17:00',
    'mon 08:00-25:00',
    'mon 8-17',
    '',
  ])('refuses %j', (text) => {
    expect(teamHours(text)).toHaveProperty('expected');
  });

  test('takes time zones that exist', () => {
    expect(timeZone('America/Tegucigalpa')).toEqual({ value: 'America/Tegucigalpa' });
    expect(timeZone('America/Nowhere')).toHaveProperty('expected');
  });
});
