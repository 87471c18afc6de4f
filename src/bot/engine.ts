import type { Activity, MiddlewareHandler } from 'botbuilder';
import type { Engine } from '../core/engine.ts';
import type { Translator } from '../core/ports.ts';
import { activityOf, isOfPerson, messageOf, referenceOf } from './activities.ts';
import { CollectingAdapter, repliesOf, type TurnLogic } from './adapter.ts';
import { bindTurn, TurnHandler, type Turn } from './handler.ts';

/** Runs turns through the Bot Framework: adapter, middleware, handler. */
export function createBotEngine(parts: {
  readonly translator: Translator;
  readonly middleware?: readonly MiddlewareHandler[];
}): Engine {
  const adapter = new CollectingAdapter().use(...(parts.middleware ?? []));
  const handler = new TurnHandler(parts.translator);
  return {
    run: async ({ state, event }, decide) => {
      const turn: Turn = { state, event, decide };
      let replies: readonly Partial<Activity>[] = [];
      const logic: TurnLogic = async (context) => {
        replies = repliesOf(context);
        bindTurn(context, turn);
        await handler.run(context);
      };
      if (isOfPerson(event)) await adapter.process(activityOf(state, event), logic);
      else await adapter.continueConversation(referenceOf(state), logic);
      const { result } = turn;
      if (result === undefined) throw new TypeError('middleware kept a turn from the bot');
      const messages = replies.map(messageOf);
      const decided = result.effects.filter(({ kind }) => kind === 'send').length;
      if (messages.length !== decided) throw new TypeError('middleware swallowed or repeated a reply');
      return { result, messages };
    },
  };
}
