import type { Settings } from '../config.ts';
import type { ConversationState } from '../core/conversation.ts';
import type { OrganisationFacts } from '../core/dialog.ts';
import type { TurnContext } from '../core/draft.ts';
import { dutyAt, type LocalTime, type Team } from '../core/duty.ts';
import type { ConversationEvent } from '../core/event.ts';
import { caseId, countryCode, languageTag, requestId } from '../core/ids.ts';
import type { Clock, Duty, LocalLookUp, Randomness, Translator } from '../core/ports.ts';
import type { Recogniser } from '../core/recognition.ts';
import { turn, type TurnResult } from '../core/turn.ts';
import { choiceWords, controlOf, dialogs } from '../../dialogs/index.ts';

/** What deciding works with. */
export interface TurnParts {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly random: Randomness;
  readonly translator: Translator;
  readonly recogniser: Recogniser;
  readonly lookUps: Readonly<Record<string, LocalLookUp>>;
  /** People in the queue now. */
  readonly waiting: () => number;
  /** Whether somebody outside may be asked what a message means. */
  readonly hasSecondOpinion: boolean;
}

/** Decides what an event does: the core's turn with the real dialogs, words, directory and hours. */
export function createDecide(
  parts: TurnParts,
): (state: ConversationState, event: ConversationEvent) => TurnResult {
  const { settings, clock, random, translator, recogniser } = parts;
  const { DEFAULT_COUNTRY } = settings;
  const duty = createDuty(parts);
  const fixed = {
    newCaseId: () => caseId(random.id(80)),
    newRequestId: () => requestId(random.id(128)),
    dialogs: new Map(dialogs.map((dialog) => [dialog.id, dialog])),
    recognise: (text, hint) => recogniser.recognise(text, hint),
    lookUps: parts.lookUps,
    controlOf,
    choiceWords,
    secondOpinion: parts.hasSecondOpinion,
    words: (part, language, form) =>
      translator.has(part.key, language) ? translator.render(part, language, form) : undefined,
    defaultLanguage: languageTag(settings.DEFAULT_LANGUAGE),
    languages: translator.languages,
    ...(DEFAULT_COUNTRY === undefined ? {} : { defaultCountry: countryCode(DEFAULT_COUNTRY) }),
  } satisfies Partial<TurnContext>;
  return (state, event) => {
    const organisation = organisationOf(settings, translator, state);
    return turn(state, event, { ...fixed, now: clock.now(), duty: duty(), organisation });
  };
}

/** An operator who gave no name yet is said to have none. */
function organisationOf(
  settings: Settings,
  translator: Translator,
  state: ConversationState,
): OrganisationFacts {
  const { ORGANISATION_NAME, ORGANISATION_KIND: kind, ORGANISATION_CONTACT: contact } = settings;
  const unnamed = { key: 'common:unnamedOrganisation' };
  return {
    name: ORGANISATION_NAME ?? translator.render(unnamed, state.language.tag, state.form),
    kind,
    ...(contact === undefined ? {} : { contact }),
  };
}

function createDuty({ settings, clock, waiting }: TurnParts): () => Duty {
  const { TEAM_HOURS: hours, TEAM_TIME_ZONE: timeZone, ORGANISATION_CONTACT: contact } = settings;
  const team: Team | undefined =
    hours === undefined
      ? undefined
      : { hours, timeZone, answersWithin: settings.TEAM_ANSWERS_WITHIN, longQueue: settings.TEAM_LONG_QUEUE };
  const localTime = createLocalTime(timeZone);
  return () => {
    const now = clock.now();
    return dutyAt(team, contact, now, localTime(now), waiting());
  };
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** Reads the wall clock of a time zone; the same minute is read once. */
function createLocalTime(timeZone: string): (now: number) => LocalTime {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  let known = { minute: -1, time: { weekday: 0, minute: 0 } };
  return (now) => {
    const minute = Math.floor(now / 60_000);
    if (known.minute === minute) return known.time;
    const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
    const weekday = weekdays.indexOf(parts.get('weekday') ?? '');
    const time = { weekday, minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')) };
    known = { minute, time };
    return time;
  };
}
