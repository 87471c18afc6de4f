import { dialogOf, sayBeforeQuestion, update, type Draft } from './draft.ts';
import type { Intent, Understanding } from './recognition.ts';
import { startIntent, topicNotReady } from './repair.ts';

/** Starts what a message asks for: the best understood first, the others after it. True when it was dealt with. */
export function startRequests(draft: Draft, intent: Intent, understanding: Understanding): boolean {
  const others = othersBeside(draft, intent, understanding);
  if (!startIntent(draft, intent, understanding)) {
    if (others.length === 0) topicNotReady(draft);
    else startOther(draft, others, understanding);
    return true;
  }
  if (understanding.requests.some((other) => isUnknownTopic(draft, other))) {
    sayBeforeQuestion(draft, { key: 'common:alsoNotReady' });
  }
  letWait(draft, others, understanding);
  return true;
}

/** What else was asked for in a message whose first wish was dealt with: its turn comes after that. */
export function keepOthers(draft: Draft, intent: Intent, understanding: Understanding): void {
  letWait(draft, othersBeside(draft, intent, understanding), understanding);
}

function othersBeside(draft: Draft, intent: Intent, understanding: Understanding): readonly Intent[] {
  const asked = dialogOf(draft.context, intent);
  return understanding.requests.filter((other) => {
    const dialog = dialogOf(draft.context, other);
    return other !== intent && dialog !== undefined && dialog !== asked;
  });
}

function letWait(draft: Draft, others: readonly Intent[], understanding: Understanding): void {
  if (others.length === 0) return;
  const waiting = others.map((other) => ({ intent: other, slots: understanding.slots }));
  update(draft, { waitingRequests: [...draft.state.waitingRequests, ...waiting].slice(0, 3) });
}

/** Nothing is known about the first request: the next one is answered, and that is said. */
function startOther(draft: Draft, others: readonly Intent[], understanding: Understanding): void {
  const [next, ...rest] = others;
  if (next !== undefined) startRequests(draft, next, { ...understanding, requests: rest });
  sayBeforeQuestion(draft, { key: 'common:alsoNotReady' });
}

/** A topic of the product that no dialog of this release answers. */
function isUnknownTopic(draft: Draft, intent: Intent): boolean {
  const isTalk = ['greeting', 'thanks_bye', 'menu_help', 'out_of_scope', 'change_language', 'crisis_safety'];
  return !isTalk.includes(intent) && dialogOf(draft.context, intent) === undefined;
}

/** When everything asked for is done, the next request of the same message has its turn. */
export function continueWithNext(draft: Draft): void {
  const next = draft.state.waitingRequests[0];
  if (next === undefined || draft.state.dialogs.length > 0) return;
  update(draft, { waitingRequests: draft.state.waitingRequests.slice(1) });
  startIntent(draft, next.intent, {
    candidates: [],
    requests: [],
    slots: next.slots,
    language: draft.state.language.tag,
    languageConfidence: 0,
    crisis: 'none',
  });
}
