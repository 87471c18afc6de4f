import MiniSearch from 'minisearch';
import { foldText } from '../core/text.ts';
import type { Service } from './schema.ts';
import type { Trade } from './trades.ts';

/** How well a service fits a trade: its course list or text names it, it teaches many, or nothing is known. */
export type Teaching = 'trade' | 'many-trades' | 'unknown';

/** Tells how well each service fits a trade in anybody's words. */
export type TeachingOf = (trade: string) => (service: Service) => Teaching;

const fillers = new Set(
  'a al con curso cursos de del el en la las los o para por taller un una y'.split(' '),
);
const shortestMisspelt = 5;
const misspelt = (term: string): number | boolean => (term.length >= shortestMisspelt ? 0.2 : false);
const begun = (term: string): boolean => term.length >= shortestMisspelt;
const searchOptions = { combineWith: 'AND', fuzzy: misspelt, maxFuzzy: 2 } as const;

/** Prepares course lists, texts and trade names once. */
export function createTeaching(services: readonly Service[], trades: readonly Trade[]): TeachingOf {
  const courses = new Map<string, Set<string>>();
  const texts = new Map<string, string>();
  for (const service of services) {
    texts.set(service.id, ` ${foldText(`${service.name.es} ${service.description.es}`)} `);
    for (const course of service.trades ?? []) {
      const key = keyOf(course);
      courses.set(key, (courses.get(key) ?? new Set()).add(service.id));
    }
  }
  const nameOf = createTradeNames(trades);
  const search = createCourseSearch(services);
  return (trade) => {
    const known = nameOf(trade);
    if (known === undefined) {
      const found = search(trade);
      return (service) => (found.has(service.id) ? 'trade' : otherwise(service));
    }
    const names = [known.name, ...known.alike];
    const keys = names.map(keyOf);
    const phrases = names.map((name) => ` ${foldText(name)} `);
    const isTaught = ({ id }: Service) =>
      keys.some((key) => courses.get(key)?.has(id)) ||
      phrases.some((phrase) => texts.get(id)?.includes(phrase));
    return (service) => (isTaught(service) ? 'trade' : otherwise(service));
  };
}

const otherwise = (service: Service): Teaching => (service.any_trade === true ? 'many-trades' : 'unknown');

/** The known trade that somebody means, also misspelt ("soldadra", "elektrisidad"). */
function createTradeNames(trades: readonly Trade[]): (words: string) => Trade | undefined {
  const exact = new Map<string, Trade>();
  for (const trade of trades) {
    for (const word of trade.words) if (!exact.has(keyOf(word))) exact.set(keyOf(word), trade);
  }
  const index = indexOf(
    trades.flatMap((trade, place) => trade.words.map((text, count) => ({ id: `${place}.${count}`, text }))),
  );
  return (words) => {
    const found = exact.get(keyOf(words));
    if (found !== undefined) return found;
    const best = index.search(words, searchOptions)[0];
    return best === undefined ? undefined : trades[Number.parseInt(String(best.id), 10)];
  };
}

/** Services whose course list or name holds words that no known trade has. A description holds any word. */
function createCourseSearch(services: readonly Service[]): (words: string) => ReadonlySet<string> {
  const index = indexOf(
    services.flatMap((service, place) =>
      [...(service.trades ?? []), service.name.es, service.name.en].map((text, count) => ({
        id: `${place}.${count}`,
        text,
      })),
    ),
  );
  return (words) =>
    new Set(
      index
        .search(words, { ...searchOptions, prefix: begun })
        .flatMap(({ id }) => services[Number.parseInt(String(id), 10)]?.id ?? []),
    );
}

function indexOf(texts: readonly { readonly id: string; readonly text: string }[]): MiniSearch {
  const index = new MiniSearch({
    fields: ['text'],
    tokenize: (text) => foldText(text).split(' '),
    processTerm: (term) => (term === '' || fillers.has(term) ? null : term),
  });
  index.addAll(texts);
  return index;
}

/** Two names with the same words are the same course: "aire acondicionado y refrigeración". */
function keyOf(name: string): string {
  const words = foldText(name).split(' ');
  const kept = words.filter((word) => !fillers.has(word));
  return (kept.length === 0 ? words : kept).sort().join(' ');
}
