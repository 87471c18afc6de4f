import { openCase, update, type Draft } from './draft.ts';
import type { ConversationEvent } from './event.ts';
import { countryCode } from './ids.ts';
import type { InboundMessage } from './message.ts';
import type { Understanding } from './recognition.ts';
import { hashText } from './text.ts';
import { isWindowOpen } from './window.ts';

/** The event of a message. */
export type MessageEvent = Extract<ConversationEvent, { kind: 'message' }>;

const loopWindow = 10 * 60 * 1000;
const loopLimit = 20;

/** Keeps what every message tells: where to answer, by which names, since when the window is open. */
export function noteArrival(draft: Draft, event: MessageEvent): void {
  const { state } = draft;
  const { sentAt } = event.message;
  // A sender's clock that runs ahead must not hold the window open.
  const arrivedAt = Number.isFinite(sentAt) ? Math.min(sentAt, event.at) : event.at;
  const numberCountry = event.sender.numberCountry;
  const aliases = event.aliases.filter((alias) => !state.aliases.includes(alias));
  update(draft, {
    address: event.address,
    aliases: [...state.aliases, ...aliases].slice(-12),
    lastInboundAt: Math.max(state.lastInboundAt ?? 0, arrivedAt),
    ...(numberCountry === undefined ? {} : { place: { ...state.place, numberCountry } }),
  });
}

/** A message older than the window cannot be answered: a caseworker gets it (safety.md R4). */
export function isTooLate(draft: Draft, message: InboundMessage): boolean {
  if (isWindowOpen(message.sentAt, draft.context.now)) return false;
  openCase(draft, 'late-message', {});
  return true;
}

/** Twenty equal messages in ten minutes are a machine's: silence and a person (safety.md R19). */
export function isLoop(draft: Draft, text: string): boolean {
  const { alike } = draft.state;
  const { now } = draft.context;
  const hash = hashText(text);
  if (alike?.hash !== hash || now - alike.since > loopWindow) {
    update(draft, { alike: { hash, count: 1, since: now } });
    return false;
  }
  const count = alike.count + 1;
  update(draft, { alike: { ...alike, count } });
  if (count === loopLimit) openCase(draft, 'loop', {});
  return count >= loopLimit;
}

/** Keeps where they say they are from, which is not where they are (product.md section 2). */
export function noteOrigin(draft: Draft, { origin }: Understanding): void {
  if (origin === undefined) return;
  update(draft, { place: { ...draft.state.place, origin: countryCode(origin) } });
}

/** Follows the person into another language, unless they chose one; a short word must be unmistakable. */
export function followLanguage(draft: Draft, text: string, understanding: Understanding): void {
  const { language } = draft.state;
  const words = text.trim().split(/\s+/u).length;
  const isKnown = draft.context.languages.includes(understanding.language);
  if (language.chosenBy === 'person' || understanding.language === language.tag || !isKnown) return;
  if (understanding.languageConfidence < (words >= 3 ? 0.6 : 0.9)) return;
  update(draft, { language: { tag: understanding.language, chosenBy: 'detected' } });
}
