import type { Duty } from './ports.ts';

/** When somebody answers, by local time. `weekday` 0 is Sunday; minutes since midnight, `closes` excluded. */
export type TeamHours = readonly {
  readonly weekday: number;
  readonly opens: number;
  readonly closes: number;
}[];

/** A moment on the wall of the team's room. */
export interface LocalTime {
  readonly weekday: number;
  readonly minute: number;
}

/** What an operator said about the team. */
export interface Team {
  readonly hours: TeamHours;
  readonly timeZone: string;
  /** How soon a person answers when on duty, minutes. */
  readonly answersWithin: number;
  /** From this many waiting people on, the queue is long. */
  readonly longQueue: number;
}

const dayMinutes = 24 * 60;
const minute = 60_000;

/** Which of the four honest sentences of J10 is true now. `waiting`: people in the queue already. */
export function dutyAt(
  team: Team | undefined,
  contact: string | undefined,
  now: number,
  local: LocalTime,
  waiting: number,
): Duty {
  const opensIn = team === undefined ? undefined : minutesUntilOpen(team.hours, local);
  if (team === undefined || opensIn === undefined)
    return { kind: 'nobody', ...(contact === undefined ? {} : { contact }) };
  if (opensIn > 0) {
    const opensAt = now - (now % minute) + opensIn * minute;
    return { kind: 'off-hours', opensAt, timeZone: team.timeZone };
  }
  const { answersWithin, longQueue } = team;
  if (waiting < longQueue) return { kind: 'on-duty', withinMinutes: answersWithin };
  const turns = Math.floor(waiting / longQueue) + 1;
  return { kind: 'long-queue', waiting, withinMinutes: answersWithin * turns };
}

/** 0 while open; undefined when it never opens. */
function minutesUntilOpen(hours: TeamHours, { weekday, minute: now }: LocalTime): number | undefined {
  const waits = hours.map((span) => {
    const days = (span.weekday - weekday + 7) % 7;
    if (days === 0 && now >= span.opens && now < span.closes) return 0;
    const wait = days * dayMinutes + span.opens - now;
    return wait >= 0 ? wait : wait + 7 * dayMinutes;
  });
  return waits.length === 0 ? undefined : Math.min(...waits);
}
