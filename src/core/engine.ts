import type { ConversationState } from './conversation.ts';
import type { ConversationEvent } from './event.ts';
import type { OutboundMessage } from './message.ts';
import type { TurnResult } from './turn.ts';

/** Runs one turn: `decide` is the core's, `messages` its `send` effects put into words, in order. */
export interface Engine {
  run(
    input: { readonly state: ConversationState; readonly event: ConversationEvent },
    decide: (state: ConversationState, event: ConversationEvent) => TurnResult,
  ): Promise<{ readonly result: TurnResult; readonly messages: readonly OutboundMessage[] }>;
}
