import type { AliasHash, ConversationId } from '../../core/ids.ts';
import { conversationId } from '../../core/ids.ts';
import type { AliasListener, Store } from '../../core/store.ts';
import { aliasDays } from '../limits.ts';
import type { Engine } from './engine.ts';
import { integer, text } from './rows.ts';

const dayMs = 86_400_000;

/** The names people are known by. `last_day` is the UTC day on which somebody asked for one last. */
export function createAliases(
  engine: Engine,
): Pick<Store, 'resolveAliases' | 'forgetAliases' | 'onAliasesForgotten'> {
  const forget = engine.prepare('DELETE FROM aliases WHERE hash = ? AND conversation = ?');
  const listeners = new Set<AliasListener>();
  return {
    resolveAliases: createResolving(engine),
    forgetAliases: async (aliases, conversation) => {
      await engine.write(() => {
        for (const alias of aliases) forget.run(alias, conversation);
      });
      for (const listener of listeners) listener(aliases);
    },
    // One process alone runs turns on this store: there is nobody else to tell.
    onAliasesForgotten: (listener) => {
      const own: AliasListener = (aliases) => {
        listener(aliases);
      };
      listeners.add(own);
      return () => listeners.delete(own);
    },
  };
}

/** The first UTC day whose aliases still count. */
export const firstAliasDay = (now: number): number => dayOf(now) - aliasDays;

const dayOf = (at: number): number => Math.floor(at / dayMs);

/** Reads first: most people are known by all their names, and were asked for today. */
function createResolving(engine: Engine): Store['resolveAliases'] {
  const find = engine.prepare('SELECT conversation, last_day FROM aliases WHERE hash = ? AND last_day >= ?');
  const claim = engine.prepare(
    'INSERT OR REPLACE INTO aliases (hash, conversation, last_day) VALUES (?, ?, ?)',
  );
  const lookUp = (alias: AliasHash) => {
    const row = find.get(alias, firstAliasDay(engine.clock.now()));
    if (row === undefined) return undefined;
    return { owner: conversationId(text(row, 'conversation')), lastDay: integer(row, 'last_day') };
  };
  const settle = (aliases: readonly AliasHash[], candidate: ConversationId): ConversationId => {
    const today = dayOf(engine.clock.now());
    const known = new Map([...new Set(aliases)].map((alias) => [alias, lookUp(alias)]));
    const owner = [...known.values()].find((one) => one !== undefined)?.owner ?? candidate;
    for (const [alias, found] of known) {
      if (found?.lastDay !== today) claim.run(alias, found?.owner ?? owner, today);
    }
    return owner;
  };
  return async (aliases, candidate) => {
    const today = dayOf(engine.clock.now());
    const known = await engine.read(() => aliases.map(lookUp));
    const [first] = known;
    if (first !== undefined && known.every((one) => one?.lastDay === today)) return first.owner;
    return engine.write(() => settle(aliases, candidate));
  };
}
