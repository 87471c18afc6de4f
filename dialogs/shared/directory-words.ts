import type { LanguageTag } from '../../src/core/ids.ts';
import { asRecord, asText, type JsonValue } from '../../src/core/values.ts';
import tradeNames from './trade-names.json' with { type: 'json' };

/** The directory's words in the person's language, else in Spanish; undefined when there are none. */
export function inLanguage(value: JsonValue | undefined, language: LanguageTag): string | undefined {
  const words = asRecord(value);
  const found = asText(words?.[language]) ?? asText(words?.['es']);
  return found === '' ? undefined : found;
}

/** A directory date (`2025-06-12`, `2025-06`, `2025`) as people say it: "junio 2025"; undefined when it has none. */
export function dateInWords(value: JsonValue | undefined, language: LanguageTag): string | undefined {
  const parts = /^(\d{4})(?:-(\d{2}))?/u.exec(asText(value) ?? '');
  if (parts === null) return undefined;
  const [, year = '', month] = parts;
  if (month === undefined) return year;
  const name = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(
    Date.UTC(Number(year), Number(month) - 1, 1),
  );
  return `${name} ${year}`;
}

/** A country's name in the person's language. */
export function countryInWords(code: string, language: LanguageTag): string {
  return new Intl.DisplayNames([language, 'es'], { type: 'region' }).of(code) ?? code;
}

/** A trade's name in the person's language; the recogniser gives it in Spanish. */
export function tradeInWords(trade: string, language: LanguageTag): string {
  const names: Readonly<Record<string, string>> = tradeNames;
  return language === 'es' ? trade : (names[trade] ?? trade);
}
