import { defineDialog } from '../../src/core/dialog.ts';
import { place } from '../shared/answers.ts';
import { rules } from './rules.ts';

/**
 * Danger: one message that says what to do now, who was told, and asks only whether it is safe to write
 * (reference/safety.md section 4). A country named afterwards brings its number; the team is not told twice.
 */
export const danger = defineDialog({
  id: 'danger',
  version: 1,
  answers: { place },
  start: 'isTeamTold',
  steps: {
    isTeamTold: { kind: 'branch', exits: ['tellTeam', 'findNumberAgain'], choose: rules.isTeamTold },
    tellTeam: { kind: 'hand-off', reason: 'in-danger', mode: 'person', then: 'findNumber' },
    findNumber: {
      kind: 'look-up',
      where: 'local',
      name: 'emergency',
      input: [],
      save: 'emergency',
      then: 'sayHelp',
    },
    sayHelp: { kind: 'say', compose: rules.sayHelp, then: 'isSafe' },
    findNumberAgain: {
      kind: 'look-up',
      where: 'local',
      name: 'emergency',
      input: ['place'],
      save: 'emergency',
      then: 'sayNumber',
    },
    sayNumber: { kind: 'say', compose: rules.sayNumber, then: 'isSafe' },
    isSafe: {
      kind: 'choose',
      key: 'isSafe',
      choices: ['yes', 'no'],
      save: 'safeToWrite',
      exits: { yes: 'sayHere', no: 'noteUnsafe' },
    },
    sayHere: { kind: 'say', key: 'here', then: 'end' },
    noteUnsafe: { kind: 'hand-off', reason: 'in-danger', mode: 'note', then: 'sayQuiet' },
    sayQuiet: { kind: 'say', key: 'quiet', then: 'end' },
  },
});
