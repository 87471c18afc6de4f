import type { Draft } from './draft.ts';
import type { CrisisClass, Understanding } from './recognition.ts';
import { asText, type Values } from './values.ts';

/** Within this time the whole answer is not said again for the same danger. */
const fresh = 60 * 60 * 1000;
/** Most people named it because they were sent back from there: it is not taken for where they are. */
const leftBehind = 'US';

/**
 * What the dialog of danger starts with: the class, or `general` for a message that is only called urgent; whether this
 * was answered just now; what is known of the country and of writing safely.
 */
export function dangerValues(
  draft: Draft,
  { crisis, slots }: Pick<Understanding, 'crisis' | 'slots'>,
  isChild: boolean,
): Values {
  const { calm, place, address } = draft.state;
  const { now } = draft.context;
  const danger = crisis === 'none' ? 'general' : crisis;
  const toldAt = calm?.danger === danger ? (calm.toldAt ?? 0) : 0;
  const isRepeated = now - toldAt < fresh;
  const named = asText(slots['country']);
  return {
    danger,
    isRepeated,
    toldAt: isRepeated ? toldAt : now,
    isChild,
    channel: address?.channel === 'whatsapp' ? 'whatsapp' : 'other',
    ...(calm?.safeToWrite === undefined ? {} : { safeToWrite: calm.safeToWrite }),
    // Where they are from is not where they are.
    isOnlyFrom: place.now?.country === undefined && place.origin !== undefined,
    ...(place.numberCountry === undefined ? {} : { numberCountry: place.numberCountry }),
    ...(named === undefined || named === leftBehind ? {} : { namedCountry: named }),
  };
}

/** For the caseworker who owns the conversation: the class, and whether it is safe to write. */
export function briefOfDanger({ state }: Draft, crisis: CrisisClass): Values {
  const danger = crisis === 'none' ? state.calm?.danger : crisis;
  const safeToWrite = state.calm?.safeToWrite;
  return {
    ...(danger === undefined ? {} : { danger }),
    ...(safeToWrite === undefined ? {} : { safeToWrite }),
  };
}

/** What the calm keeps of the danger that began it, until its case is resolved. */
export function calmOf(values: Values): { danger?: string; toldAt?: number; safeToWrite?: string } {
  const [danger, safeToWrite] = [values['danger'], values['safeToWrite']].map(asText);
  const toldAt = values['toldAt'];
  return {
    ...(danger === undefined ? {} : { danger }),
    ...(typeof toldAt === 'number' ? { toldAt } : {}),
    ...(safeToWrite === undefined ? {} : { safeToWrite }),
  };
}
