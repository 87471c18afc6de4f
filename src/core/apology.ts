import { currentFrame, openCase, say, update, type Draft } from './draft.ts';
import type { ConversationEvent } from './event.ts';
import { abandonLookUp } from './look-up.ts';
import { personOrMenu } from './repair.ts';

type QuarantinedEvent = Extract<ConversationEvent, { kind: 'quarantined' }>;

/** After a turn failed for good: the team hears of it, and the person, unless a caseworker answers them. */
export function apologise(draft: Draft, { address, urgent }: QuarantinedEvent): void {
  // The first message of all may have failed: then nothing was kept of where it came from.
  if (address !== undefined && draft.state.address === undefined) update(draft, { address });
  if (urgent === true) return helpAnyway(draft);
  openCase(draft, 'message-failed', { topic: currentFrame(draft)?.dialog ?? 'none' });
  if (draft.state.ownership.kind === 'caseworker') return;
  say(draft, { key: 'common:failed' });
  draft.choices = personOrMenu;
}

/** What read like danger could not be answered: the general line of help, without a dialog that may fail again (D14). */
function helpAnyway(draft: Draft): void {
  const caseId = openCase(draft, 'in-danger', { topic: 'none' });
  if (draft.state.ownership.kind === 'caseworker') return;
  abandonLookUp(draft);
  update(draft, { dialogs: [], waitingRequests: [], calm: { ...draft.state.calm, caseId } });
  draft.sendClass = 'crisis';
  say(draft, { key: 'common:failedInDanger' });
}
