import type { RuleContext } from '../../src/core/dialog.ts';
import { asRecord, asText, type SayPart, type Values } from '../../src/core/values.ts';
import { dutyKind, dutySentence } from '../shared/duty.ts';
import { elsewhere, line, now, whichCountry } from './whom-to-call.ts';

/** A part of the answer; a class says its parts in an order of its own. */
type Element = (values: Values, context: RuleContext) => readonly SayPart[];

const say =
  (key: string): Element =>
  () => [{ key: `danger:${key}` }];

/** What a child can do at once, before anybody comes. */
const forChild: Element = (values) => (values['isChild'] === true ? [{ key: 'danger:child.self' }] : []);

/** What each class needs (safety.md 4); the question whether it is safe to write follows all of them. */
const answers: Readonly<Record<string, readonly Element[]>> = {
  self_harm: [say('ack.self_harm'), now, say('med.self_harm'), line, elsewhere, team, whichCountry],
  violence: [say('ack.violence'), forChild, now, elsewhere, team, say('noPolice.violence'), whichCountry],
  gbv: [say('ack.gbv'), forChild, line, now, elsewhere, team, say('noAsk'), clearChat, whichCountry],
  trafficking: [
    say('ack.trafficking'),
    line,
    now,
    elsewhere,
    team,
    say('noPolice.trafficking'),
    clearChat,
    whichCountry,
  ],
  extortion_gang: [
    say('ack.extortion_gang'),
    now,
    elsewhere,
    team,
    say('noPolice.extortion_gang'),
    clearChat,
    whichCountry,
  ],
  child_alone: [
    say('ack.child_alone'),
    say('child.self'),
    say('child.adult'),
    now,
    line,
    elsewhere,
    team,
    whichCountry,
  ],
  medical_emergency: [now, say('med.medical_emergency'), elsewhere, team, whichCountry],
};
const general: readonly Element[] = [
  say('ack.general'),
  now,
  say('med.general'),
  elsewhere,
  team,
  say('noPolice.violence'),
  whichCountry,
];

/** Rules of the danger dialog. */
export const rules = {
  isTeamTold: (values: Values): string => (values['duty'] === undefined ? 'tellTeam' : 'findNumberAgain'),

  sayHelp: (values: Values, context: RuleContext): readonly SayPart[] => {
    if (values['isRepeated'] === true) {
      return [{ key: 'danger:again' }, ...now(values, context), ...elsewhere(values, context)];
    }
    const elements = answers[asText(values['danger']) ?? 'general'] ?? general;
    return elements.flatMap((element) => element(values, context));
  },

  sayNumber: (values: Values, context: RuleContext): readonly SayPart[] =>
    asRecord(asRecord(values['help'])?.['here'])?.['number'] === undefined
      ? [{ key: 'danger:noNumber' }, ...line(values, context)]
      : [...now(values, context), ...line(values, context)],

  wasAskedBefore: (values: Values): string => (values['safeToWrite'] === undefined ? 'isSafe' : 'end'),

  isCountryKnown: (values: Values): string => (whichCountry(values).length > 0 ? 'country' : 'end'),

  sayQuiet: (values: Values): readonly SayPart[] => [
    { key: 'danger:quiet' },
    ...(dutyKind(values) === 'nobody' ? [] : [{ key: 'danger:teamKnows' }]),
    { key: 'danger:writeFromElsewhere' },
  ],
};

/** Who was told and when somebody looks, as it is true now; a person in danger does not wait behind others. */
function team(values: Values, context: RuleContext): readonly SayPart[] {
  return dutySentence(values, context).map(({ key, ...part }) => ({
    ...part,
    key: `danger:team.${key.slice(key.lastIndexOf('.') + 1)}`,
  }));
}

/** How to clear the chat where they write; that the alert stays is said only where a team got it. */
function clearChat(values: Values): readonly SayPart[] {
  const way = values['channel'] === 'whatsapp' ? 'whatsapp' : 'other';
  const stays = dutyKind(values) === 'nobody' ? [] : [{ key: 'danger:alertStays' }];
  return [{ key: `danger:private.${way}` }, ...stays];
}
