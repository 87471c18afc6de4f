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
      forgetPerson(draft);
      update(draft, { dialogs: draft.state.dialogs.slice(-1) });
      return;
    default:
      assertNever(what);
  }
}

/**
 * Somebody else may write from now on: nothing of before shows any more, danger least of all. Open cases stay with the
 * team as the former person's; a number's country, and that nobody is written to unasked, hold for whoever has it.
 */
export function forgetPerson(draft: Draft): void {
  abandonLookUp(draft);
  const { calm: _calm, consents: _consents, lastSaid: _said, alike: _alike, ...rest } = draft.state;
  const { numberCountry } = rest.place;
  draft.state = {
    ...rest,
    language: { ...rest.language, chosenBy: 'detected' },
    form: 'usted',
    place: numberCountry === undefined ? {} : { numberCountry },
    ownership: { kind: 'bot' },
    openCases: rest.openCases.map((open) => ({ ...open, former: true })),
    noticeGiven: false,
    interests: [],
    waitingRequests: [],
    misses: 0,
  };
}
