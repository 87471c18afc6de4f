import { update, type Draft } from './draft.ts';
import { answerDanger, obeyIntent, understand } from './message-turn.ts';
import type { Intent } from './recognition.ts';
import { notUnderstood } from './repair.ts';
import { chosenIntent, takeAskedWords, tellsOfChild } from './second-opinion.ts';
import type { JsonValue } from './values.ts';

/** What somebody outside made of a message, or that they made nothing of it in time: the turn goes on from there. */
export function hearSecondOpinion(draft: Draft, step: string, outcome: JsonValue | undefined): void {
  const text = takeAskedWords(draft, step);
  if (text === undefined) return;
  const intent = chosenIntent(outcome);
  if (intent !== undefined && follow(draft, intent, text)) update(draft, { misses: 0 });
  else notUnderstood(draft, { kind: 'text', text });
}

/** What is in the message, such as a trade or a place, is read here; only what it is about comes from outside. */
function follow(draft: Draft, intent: Intent, text: string): boolean {
  if (intent === 'crisis_safety') {
    // A second opinion may raise, never lower (safety.md 4).
    answerDanger(draft, understand(draft, text), tellsOfChild(text));
    return true;
  }
  const understanding = { ...understand(draft, text), candidates: [{ intent, confidence: 1 }], requests: [] };
  return obeyIntent(draft, intent, understanding);
}
