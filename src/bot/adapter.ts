import {
  ActivityEventNames,
  ActivityTypes,
  BotAdapter,
  TurnContext,
  type Activity,
  type ConversationReference,
  type ResourceResponse,
} from 'botbuilder';

const repliesKey = Symbol('replies');

/** What to do in a turn, after the middleware. */
export type TurnLogic = (context: TurnContext) => Promise<void>;

/** Runs turns with no channel behind them: what is said is collected, because only the commit may let it out. */
export class CollectingAdapter extends BotAdapter {
  #count = 0;

  /** Runs an activity through the middleware and then the logic, which takes the replies by `repliesOf`. */
  async process(activity: Partial<Activity>, logic: TurnLogic): Promise<void> {
    await this.runMiddleware(new TurnContext(this, activity), logic);
  }

  /** A turn nobody's message began: a timer, a caseworker, an answer from outside. */
  override continueConversation(reference: Partial<ConversationReference>, logic: TurnLogic): Promise<void> {
    const activity = { type: ActivityTypes.Event, name: ActivityEventNames.ContinueConversation };
    return this.process(TurnContext.applyConversationReference(activity, reference, true), logic);
  }

  /** Traces and typing signs end here. */
  override sendActivities(
    context: TurnContext,
    activities: readonly Partial<Activity>[],
  ): Promise<ResourceResponse[]> {
    repliesOf(context).push(...activities.filter(({ type }) => type === ActivityTypes.Message));
    return Promise.resolve(
      activities.map(() => {
        this.#count += 1;
        return { id: `reply-${this.#count}` };
      }),
    );
  }

  override updateActivity(): Promise<never> {
    return Promise.reject(new TypeError('a message that was said cannot be changed: say another one'));
  }

  override deleteActivity(): Promise<never> {
    return Promise.reject(new TypeError('a message that was said cannot be taken back'));
  }
}

/** The replies of this turn, in order; the list grows until the middleware has ended. */
export function repliesOf(context: TurnContext): Partial<Activity>[] {
  const known = context.turnState.get<Partial<Activity>[] | undefined>(repliesKey);
  const replies = known ?? [];
  if (known === undefined) context.turnState.set(repliesKey, replies);
  return replies;
}
