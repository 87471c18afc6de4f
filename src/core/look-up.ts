import type { ConversationState } from './conversation.ts';
import { isControl, update, type Control, type Draft } from './draft.ts';
import { dialogId } from './ids.ts';
import type { InboundMessage } from './message.ts';
import type { Intent } from './recognition.ts';
import { foldText } from './text.ts';

/** The engine's own dialog that asks outside what a message means. */
export const understandDialog = dialogId('understand');

const maximumKept = 5;
const grace = 60_000;

/** Who says one of these does not wait for the answer of a look-up; the other words are obeyed after it. */
const leavingControls: ReadonlySet<Control> = new Set([
  'person',
  'menu',
  'cancel',
  'erase',
  'stop',
  'restart',
  'someone-else',
]);
const leavingIntents: readonly (Intent | undefined)[] = [
  'human_handoff',
  'stop_optout',
  'privacy_delete_my_data',
];

/**
 * While a remote look-up is under way ordinary messages wait in the state. Who asks for a person, to stop, to erase or
 * to leave does not wait; True when the message was kept.
 */
export function keepsForLater(draft: Draft, message: InboundMessage, best: Intent | undefined): boolean {
  const { lookUp } = draft.state;
  if (lookUp === undefined) return false;
  if (draft.context.now > lookUp.deadline + grace) {
    // Its deadline's event was lost to a fault of ours: nobody waits for ever.
    abandonLookUp(draft);
    dropQuestionOutside(draft);
    return false;
  }
  const control = controlIn(draft, message);
  const isLeaving = control !== undefined && leavingControls.has(control);
  if (!isLeaving && !leavingIntents.includes(best)) {
    update(draft, { kept: withMessage(draft.state.kept, message) });
    return true;
  }
  dropLookUp(draft);
  if (lookUp.dialog === understandDialog) {
    // Who leaves does not come back to words nobody understood.
    dropQuestionOutside(draft);
    update(draft, { kept: [] });
    return false;
  }
  // The dialog stays open below a person's: it looks up again, and what was kept has its turn then.
  if (control !== 'person' && best !== 'human_handoff') update(draft, { kept: [] });
  return false;
}

/** Takes the question what a message means from the stack, asked or about to be. */
export function dropQuestionOutside(draft: Draft): void {
  update(draft, { dialogs: draft.state.dialogs.filter(({ dialog }) => dialog !== understandDialog) });
}

/** Forgets the look-up under way; its late answer will be dropped. */
export function dropLookUp(draft: Draft): void {
  const { lookUp, ...rest } = draft.state;
  if (lookUp === undefined) return;
  draft.effects.push({ kind: 'clear-timer', name: timerOf(lookUp.requestId) });
  draft.state = rest;
}

/** Forgets the look-up under way and what was said meanwhile. */
export function abandonLookUp(draft: Draft): void {
  dropLookUp(draft);
  update(draft, { kept: [] });
}

/** Name of a look-up's deadline. */
export const timerOf = (requestId: string): string => `look-up:${requestId}`;

function controlIn(draft: Draft, { content }: InboundMessage): Control | undefined {
  if (content.kind === 'text') return draft.context.controlOf(foldText(content.text));
  if (content.kind !== 'choice' || !content.value.startsWith('control:')) return undefined;
  const name = content.value.slice('control:'.length);
  return isControl(name) ? name : undefined;
}

/** At most five; a text more is joined to the last, so that nothing somebody wrote is lost. */
function withMessage(kept: ConversationState['kept'], message: InboundMessage): ConversationState['kept'] {
  const last = kept.at(-1);
  if (last === undefined || kept.length < maximumKept) return [...kept, message];
  if (last.content.kind !== 'text' || message.content.kind !== 'text') return [...kept.slice(1), message];
  const text = `${last.content.text}\n${message.content.text}`;
  return [...kept.slice(0, -1), { ...message, content: { kind: 'text', text } }];
}
