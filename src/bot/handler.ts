import { ActivityHandler, type TurnContext } from 'botbuilder';
import type { ConversationState } from '../core/conversation.ts';
import type { ConversationEvent } from '../core/event.ts';
import type { Translator } from '../core/ports.ts';
import { renderSay } from '../core/render.ts';
import type { TurnResult } from '../core/turn.ts';
import { heardEvent, replyOf } from './activities.ts';

/** One turn on its way through the bot. `result` is there when the handler was reached. */
export interface Turn {
  readonly state: ConversationState;
  readonly event: ConversationEvent;
  readonly decide: (state: ConversationState, event: ConversationEvent) => TurnResult;
  result?: TurnResult;
}

const turnKey = Symbol('turn');

/** Ties a turn to its context, for the handler. */
export function bindTurn(context: TurnContext, turn: Turn): void {
  context.turnState.set(turnKey, turn);
}

/** Hands whatever happened to the core and says what it decided. */
export class TurnHandler extends ActivityHandler {
  readonly #translator: Translator;

  constructor(translator: Translator) {
    super();
    this.#translator = translator;
    this.onMessage((context, next) => this.#answer(context, next));
    this.onMembersAdded((context, next) => this.#answer(context, next));
    this.onEvent((context, next) => this.#answer(context, next));
  }

  async #answer(context: TurnContext, next: () => Promise<void>): Promise<void> {
    const turn = context.turnState.get<Turn | undefined>(turnKey);
    if (turn === undefined) throw new TypeError('an activity came without its turn');
    turn.result = turn.decide(turn.state, heardEvent(turn.event, context.activity));
    for (const effect of turn.result.effects) {
      if (effect.kind === 'send')
        await context.sendActivity(replyOf(renderSay(effect.say, this.#translator)));
    }
    await next();
  }
}
