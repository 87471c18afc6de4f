import type { Service } from './schema.ts';

const day = 24 * 60 * 60 * 1000;

/** A service whose facts should be asked again. */
export interface StaleService {
  readonly id: string;
  readonly country: string;
  readonly sourceDate: string;
  /** Absent when the source has no date. */
  readonly ageInDays?: number;
}

/** Days since somebody called, else since the beginning of the day, month or year of the source; undefined without a date. */
export function ageInDays(
  service: Pick<Service, 'source_date' | 'verified_on'>,
  now: number,
): number | undefined {
  const date = service.verified_on ?? service.source_date;
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$/u.exec(date);
  if (parts === null) return undefined;
  const [, year, month = '01', dayOfMonth = '01'] = parts;
  return Math.floor((now - Date.UTC(Number(year), Number(month) - 1, Number(dayOfMonth))) / day);
}

/** What is older than so many days or has no date, the undated first, then the oldest. */
export function staleServices(
  services: readonly Service[],
  now: number,
  days: number,
): readonly StaleService[] {
  return services
    .map((service) => ({ service, age: ageInDays(service, now) }))
    .filter(({ age }) => age === undefined || age > days)
    .sort((left, right) => (right.age ?? Infinity) - (left.age ?? Infinity))
    .map(({ service: { id, country, source_date: sourceDate }, age }) => ({
      id,
      country,
      sourceDate,
      ...(age === undefined ? {} : { ageInDays: age }),
    }));
}
