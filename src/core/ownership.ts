import type { CaseRecord, ConversationState, DeskOutcome, Effect } from './conversation.ts';
import type { ConversationEvent } from './event.ts';
import { assertNever } from './message.ts';
import { isWindowOpen } from './window.ts';

type DeskEvent = Extract<ConversationEvent, { kind: 'desk' }>;

/** What a caseworker's act makes of a conversation. The first claim wins; the others learn who has it. */
export function deskTurn(
  state: ConversationState,
  event: DeskEvent,
  now: number,
): { readonly state: ConversationState; readonly effects: readonly Effect[] } {
  const { action } = event;
  if (!state.openCases.some(({ caseId }) => caseId === event.caseId))
    return answered(state, event, { kind: 'not-found' });
  const { ownership } = state;
  const owner = ownership.kind === 'caseworker' ? ownership.by : undefined;
  if (owner !== undefined && owner !== action.by) return answered(state, event, { kind: 'taken', by: owner });
  switch (action.kind) {
    case 'claim': {
      const claimed = {
        kind: 'caseworker',
        caseId: event.caseId,
        by: action.by,
        shownName: action.shownName,
      } as const;
      return answered({ ...state, ownership: claimed }, event, { kind: 'done' });
    }
    case 'reply':
      return reply(state, event, action.text, now);
    case 'return-to-bot':
      if (owner === undefined) return answered(state, event, { kind: 'not-found' });
      return answered({ ...state, ownership: { kind: 'bot' } }, event, { kind: 'done' }, [
        spoken(state, 'common:botIsBack'),
      ]);
    case 'resolve': {
      const { calm, ...rest } = state;
      const openCases = state.openCases.filter(({ caseId }) => caseId !== event.caseId);
      const keptCalm = calm !== undefined && calm.caseId !== event.caseId ? { calm } : {};
      const wasOwned = ownership.kind !== 'bot' && ownership.caseId === event.caseId;
      return answered(
        { ...rest, ...keptCalm, openCases, ownership: wasOwned ? { kind: 'bot' } : ownership },
        event,
        { kind: 'done' },
        [
          { kind: 'close-case', caseId: event.caseId },
          ...(ownership.kind === 'caseworker' && wasOwned ? [spoken(state, 'common:botIsBack')] : []),
        ],
      );
    }
    default:
      return assertNever(action);
  }
}

function reply(
  state: ConversationState,
  event: DeskEvent,
  text: string,
  now: number,
): ReturnType<typeof deskTurn> {
  const { ownership } = state;
  if (ownership.kind !== 'caseworker') return answered(state, event, { kind: 'not-found' });
  if (state.address?.channel === 'whatsapp' && !isWindowOpen(state.lastInboundAt, now)) {
    return answered(state, event, { kind: 'window-closed' });
  }
  const message = {
    text,
    language: state.language.tag,
    choices: [],
    sendClass: 'ordinary',
    keys: [],
    author: ownership.shownName,
  } as const;
  return answered(state, event, { kind: 'done' }, [{ kind: 'send-written', message }]);
}

function answered(
  state: ConversationState,
  event: DeskEvent,
  outcome: DeskOutcome,
  effects: readonly Effect[] = [],
): ReturnType<typeof deskTurn> {
  return { state, effects: [...effects, { kind: 'desk-outcome', requestId: event.requestId, outcome }] };
}

function spoken(state: ConversationState, key: string): Effect {
  const say = {
    parts: [{ key }],
    choices: [],
    sendClass: 'ordinary',
    language: state.language.tag,
    form: state.form,
  } as const;
  return { kind: 'send', say };
}

/** Rank for the queue: 1 is answered first. */
export const rankOf = (urgency: CaseRecord['urgency']): 1 | 2 | 3 => {
  switch (urgency) {
    case 'U1':
      return 1;
    case 'U2':
      return 2;
    case 'U3':
      return 3;
    default:
      return assertNever(urgency);
  }
};
