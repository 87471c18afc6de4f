import type { ConversationState, Effect } from '../core/conversation.ts';
import type { Journey } from './journey.ts';

/** What does not hold at the end, in words. Only what the journey names is looked at. */
export function findFaults(
  after: Journey['after'],
  state: ConversationState,
  effects: readonly Effect[],
): readonly string[] {
  const facts = factsOf(state, effects);
  // Both records have the keys of `after`; Object.keys loses that.
  const names = Object.keys(after) as (keyof Journey['after'])[];
  return names.flatMap((name) => {
    const [expected, found] = [JSON.stringify(after[name]), JSON.stringify(facts[name])];
    return expected === found ? [] : [`${name} should be ${expected}, is ${found}`];
  });
}

function factsOf(
  state: ConversationState,
  effects: readonly Effect[],
): Readonly<Record<keyof Journey['after'], unknown>> {
  return {
    language: state.language.tag,
    ownership: state.ownership.kind,
    cases: effects.flatMap((effect) => (effect.kind === 'put-case' ? [effect.case.reason] : [])),
    interests: state.interests.map(({ serviceId }) => serviceId),
    country: state.place.now?.country,
    stopped: state.stopped,
    erased: effects.some(({ kind }) => kind === 'erase'),
    calm: state.calm !== undefined,
    'notice given': state.noticeGiven,
    'asked outside': effects.flatMap((effect) => (effect.kind === 'request' ? [effect.input['text']] : [])),
  };
}
