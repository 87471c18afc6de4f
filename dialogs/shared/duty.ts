import type { RuleContext } from '../../src/core/dialog.ts';
import { asRecord, asText, type JsonValue, type SayPart, type Values } from '../../src/core/values.ts';

const day = 24 * 60 * 60 * 1000;
/** Longer waits are said in hours. */
const minutesSaid = 90;
/** Capital's zone of each served country, for an operator who set none. */
const zones: Readonly<Record<string, string>> = {
  GT: 'America/Guatemala',
  HN: 'America/Tegucigalpa',
  SV: 'America/El_Salvador',
  MX: 'America/Mexico_City',
  NI: 'America/Managua',
  CR: 'America/Costa_Rica',
  PA: 'America/Panama',
  DO: 'America/Santo_Domingo',
  BZ: 'America/Belize',
};

/** Which of the four true sentences fits (product.md J10). `nobody` also when nothing is known. */
export function dutyKind(values: Values): 'on-duty' | 'off-hours' | 'long-queue' | 'nobody' {
  const kind = asText(asRecord(values['duty'])?.['kind']);
  return kind === 'on-duty' || kind === 'off-hours' || kind === 'long-queue' ? kind : 'nobody';
}

/** When a person answers, in words that are true for `values.duty`. Never promises one who is not there. */
export function dutySentence(values: Values, context: RuleContext): readonly SayPart[] {
  const duty = asRecord(values['duty']) ?? {};
  switch (dutyKind(values)) {
    case 'on-duty':
      return [within('common:duty.onDuty', numberOf(duty['withinMinutes']))];
    case 'long-queue': {
      const wait = within('common:duty.longQueue', numberOf(duty['withinMinutes']));
      return [{ key: wait.key, params: { ...wait.params, waiting: numberOf(duty['waiting']) } }];
    }
    case 'off-hours':
      return [opening(numberOf(duty['opensAt']), asText(duty['timeZone']), context)];
    case 'nobody': {
      const contact = asText(duty['contact']) ?? context.organisation.contact;
      return contact === undefined
        ? [{ key: 'common:duty.nobody' }]
        : [{ key: 'common:duty.nobodyCall', params: { contact } }];
    }
  }
}

function within(key: string, minutes: number): SayPart {
  return minutes <= minutesSaid
    ? { key: `${key}Minutes`, params: { minutes } }
    : { key: `${key}Hours`, params: { hours: Math.round(minutes / 60) } };
}

function opening(opensAt: number, zone: string | undefined, context: RuleContext): SayPart {
  const timeZone = zone ?? zones[context.country ?? ''] ?? 'America/Guatemala';
  const language = context.language;
  const format = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { timeZone, ...options }).format(at);
  const dayOf = (at: number) => format(at, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const hour = format(opensAt, { hour: 'numeric', minute: '2-digit', hour12: language !== 'es' });
  if (dayOf(opensAt) === dayOf(context.now)) return { key: 'common:duty.opensToday', params: { hour } };
  if (dayOf(opensAt) === dayOf(context.now + day))
    return { key: 'common:duty.opensTomorrow', params: { hour } };
  const isNear = opensAt - context.now < 6 * day;
  const options = isNear
    ? ({ weekday: 'long' } as const)
    : ({ weekday: 'long', day: 'numeric', month: 'long' } as const);
  return { key: 'common:duty.opensLater', params: { day: format(opensAt, options), hour } };
}

function numberOf(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}
