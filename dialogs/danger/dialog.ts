import { defineDialog, type AnswerParser } from '../../src/core/dialog.ts';
import { place } from '../shared/answers.ts';
import { rules } from './rules.ts';

/** Known from the start and kept when a country is named afterwards; never asked. */
const kept: AnswerParser = { parse: () => ({ kind: 'unclear' }) };
const whereToLook = ['danger', 'place', 'numberCountry', 'namedCountry', 'isOnlyFrom'];

/**
 * Danger: one message with what its class needs (reference/safety.md section 4): what to do now, whom to call, who was
 * told, and as the only question whether it is safe to write. The same danger told again within the hour gets a short
 * answer; a country named afterwards brings its number; the team is not told twice.
 */
export const danger = defineDialog({
  id: 'danger',
  version: 2,
  answers: {
    place,
    danger: kept,
    toldAt: kept,
    isChild: kept,
    channel: kept,
    numberCountry: kept,
    namedCountry: kept,
    isOnlyFrom: kept,
    safeToWrite: kept,
    duty: kept,
  },
  start: 'isTeamTold',
  steps: {
    isTeamTold: { kind: 'branch', exits: ['tellTeam', 'findNumberAgain'], choose: rules.isTeamTold },
    tellTeam: { kind: 'hand-off', reason: 'in-danger', mode: 'person', then: 'findNumber' },
    findNumber: {
      kind: 'look-up',
      where: 'local',
      name: 'emergency',
      input: whereToLook,
      save: 'help',
      then: 'sayHelp',
    },
    sayHelp: { kind: 'say', compose: rules.sayHelp, then: 'isSafe' },
    findNumberAgain: {
      kind: 'look-up',
      where: 'local',
      name: 'emergency',
      input: whereToLook,
      save: 'help',
      then: 'sayNumber',
    },
    sayNumber: { kind: 'say', compose: rules.sayNumber, then: 'wasAskedBefore' },
    wasAskedBefore: { kind: 'branch', exits: ['isSafe', 'end'], choose: rules.wasAskedBefore },
    isSafe: {
      kind: 'choose',
      key: 'isSafe',
      choices: ['yes', 'no'],
      save: 'safeToWrite',
      exits: { yes: 'noteSafe', no: 'noteUnsafe' },
    },
    noteSafe: { kind: 'hand-off', reason: 'in-danger', mode: 'note', then: 'sayHere' },
    sayHere: { kind: 'say', key: 'here', then: 'isCountryKnown' },
    isCountryKnown: { kind: 'branch', exits: ['country', 'end'], choose: rules.isCountryKnown },
    /** Offers nothing to tap: any message may name the country or be about anything else. */
    country: { kind: 'choose', key: 'whichCountry', choices: [], exits: {} },
    noteUnsafe: { kind: 'hand-off', reason: 'in-danger', mode: 'note', then: 'sayQuiet' },
    sayQuiet: { kind: 'say', compose: rules.sayQuiet, then: 'end' },
  },
});
