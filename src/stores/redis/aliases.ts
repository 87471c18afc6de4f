import type { ConversationId } from '../../core/ids.ts';
import { aliasHash, conversationId } from '../../core/ids.ts';
import type { AliasListener, Store } from '../../core/store.ts';
import { aliasDays } from '../limits.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { aliasChannel, sharedKeys } from './keys.ts';
import type { News } from './news.ts';

const dayMs = 86_400_000;
const lifeMs = aliasDays * dayMs;

/** The names people are known by: each in a slot of its own, gone when nobody asks for it long enough. */
export function createAliases(
  engine: Engine,
  news: News,
): Pick<Store, 'resolveAliases' | 'forgetAliases' | 'onAliasesForgotten'> {
  const listeners = new Set<AliasListener>();
  return {
    resolveAliases: (aliases, candidate) => resolve(engine, aliases.map(sharedKeys.alias), candidate),
    forgetAliases: async (aliases, conversation) => {
      if (aliases.length === 0) return;
      await Promise.all(
        aliases.map((alias) => engine.run('forget-alias', [sharedKeys.alias(alias)], [conversation])),
      );
      await engine.replicated();
      // This process need not wait for its own news.
      for (const listener of listeners) listener(aliases);
      await guarded(() => engine.connections.commands.publish(aliasChannel, aliases.join(' ')));
    },
    onAliasesForgotten: (listener) => {
      const own: AliasListener = (aliases) => {
        listener(aliases);
      };
      listeners.add(own);
      const stop = news.listen(
        aliasChannel,
        (message) => {
          own(message.split(' ').map(aliasHash));
        },
        () => {
          own('all');
        },
      );
      return () => {
        listeners.delete(own);
        stop();
      };
    },
  };
}

/**
 * Claims go in sorted order: two processes that meet the same person at once contend for the same first key, and the
 * loser takes the winner's conversation.
 */
async function resolve(
  engine: Engine,
  aliases: readonly string[],
  candidate: ConversationId,
): Promise<ConversationId> {
  const { commands } = engine.connections;
  const known = await guarded(() => Promise.all(aliases.map((alias) => find(engine, alias))));
  let owner = known.find((value) => value !== null);
  const unknown = aliases.filter((_, index) => known[index] === null).toSorted();
  for (const alias of unknown) {
    const taken = await guarded(() => commands.set(alias, owner ?? candidate, 'PX', lifeMs, 'NX', 'GET'));
    owner ??= taken ?? candidate;
  }
  if (unknown.length > 0) await engine.replicated();
  return conversationId(owner ?? candidate);
}

/** Prolongs its life at most once a day. */
async function find(engine: Engine, alias: string): Promise<string | null> {
  const { commands } = engine.connections;
  const [owner, left] = await Promise.all([commands.get(alias), commands.pttl(alias)]);
  if (owner !== null && left < lifeMs - dayMs) await commands.pexpire(alias, lifeMs);
  return owner;
}
