import type { ConsentPurpose, ConversationState } from './conversation.ts';
import { update, type Draft } from './draft.ts';

/** Versions of the words a consent is asked with: a new one asks again, once (safety.md A5). */
const textVersions: Readonly<Record<ConsentPurpose, number>> = { understanding: 1 };

/** Messages of one person that somebody outside may be asked about in a day (safety.md F8). */
const callsPerDay = 30;
const day = 24 * 60 * 60 * 1000;

/** Whether the person said yes, to the words as they are now. */
export function hasConsent({ consents }: ConversationState, purpose: ConsentPurpose): boolean {
  const known = consents?.[purpose];
  return known?.answer === 'yes' && known.textVersion === textVersions[purpose];
}

/** Whether there is nothing more to ask: the person was asked with these words, or is a child. */
export function wasAsked({ consents }: ConversationState, purpose: ConsentPurpose): boolean {
  const known = consents?.[purpose];
  return known !== undefined && (known.answer === 'never' || known.textVersion === textVersions[purpose]);
}

/** Keeps an answer. `never`: a child cannot give it, and is not asked again. */
export function recordConsent(draft: Draft, purpose: ConsentPurpose, answer: 'yes' | 'no' | 'never'): void {
  const { consents, address } = draft.state;
  const consent = {
    answer,
    textVersion: textVersions[purpose],
    at: draft.context.now,
    channel: address?.channel ?? 'unknown',
  };
  update(draft, { consents: { ...consents, [purpose]: consent } });
}

/** Takes back whatever the person said yes to (safety.md A4). */
export function withdrawConsents(draft: Draft): void {
  if (hasConsent(draft.state, 'understanding')) recordConsent(draft, 'understanding', 'no');
}

/** The person said yes: it is kept, and the question under way is the first. */
export function allowSecondOpinion(draft: Draft): void {
  recordConsent(draft, 'understanding', 'yes');
  countOpinion(draft);
}

/** False when the day's questions for this person are used up. */
export function countOpinion(draft: Draft): boolean {
  const today = Math.floor(draft.context.now / day);
  const { opinions } = draft.state;
  const count = opinions?.day === today ? opinions.count : 0;
  if (count >= callsPerDay) return false;
  update(draft, { opinions: { day: today, count: count + 1 } });
  return true;
}
