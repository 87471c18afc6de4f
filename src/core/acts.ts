import type { ActStep } from './dialog.ts';
import { update, type Draft } from './draft.ts';
import { allowSecondOpinion, withdrawConsents } from './consent.ts';
import { abandonLookUp } from './look-up.ts';
import { assertNever } from './message.ts';

/** Carries out one of the engine's own acts for a dialog. */
export function carryOut(draft: Draft, what: ActStep['act']): void {
  switch (what) {
    case 'erase':
      draft.effects.push({ kind: 'erase' });
      return;
    case 'stop':
      update(draft, { stopped: true });
      withdrawConsents(draft);
      return;
    case 'drop-older-dialogs':
      update(draft, { dialogs: draft.state.dialogs.slice(-1) });
      return;
    case 'allow-second-opinion':
      allowSecondOpinion(draft);
      return;
    case 'become-someone-else':
      becomeSomeoneElse(draft);
      return;
    default:
      assertNever(what);
  }
}

/** Nothing of before shows any more, danger least of all: open cases stay with the team. */
function becomeSomeoneElse(draft: Draft): void {
  abandonLookUp(draft);
  const { calm: _calm, consents: _consents, ...rest } = draft.state;
  const { numberCountry } = rest.place;
  draft.state = {
    ...rest,
    dialogs: rest.dialogs.slice(-1),
    place: numberCountry === undefined ? {} : { numberCountry },
    noticeGiven: false,
    interests: [],
    waitingRequests: [],
  };
}
