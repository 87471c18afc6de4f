import { defineDialog } from '../../src/core/dialog.ts';
import { place, trade } from '../shared/answers.ts';
import { answerWords, moreWords, nothingWords } from './words.ts';
import { rules } from './rules.ts';

/** Vocational training by trade and place (product.md J2). What a message said already is not asked again. */
export const training = defineDialog({
  id: 'training',
  version: 1,
  answers: { trade, place },
  start: 'askTrade',
  intents: ['training_search', 'training_enrol', 'skills_certification'],
  steps: {
    askTrade: { kind: 'ask', key: 'askTrade', answer: 'trade', then: 'askPlace' },
    askPlace: { kind: 'ask', key: 'askPlace', answer: 'place', then: 'search' },
    search: {
      kind: 'look-up',
      where: 'local',
      name: 'training',
      input: ['trade', 'place'],
      save: 'found',
      then: 'whatWasFound',
    },
    whatWasFound: {
      kind: 'branch',
      exits: ['sayFound', 'sayNothing', 'askCountry'],
      choose: rules.whatWasFound,
    },
    askCountry: { kind: 'ask', key: 'askCountry', answer: 'place', again: true, then: 'search' },
    sayFound: { kind: 'say', compose: answerWords, then: 'offer' },
    offer: {
      kind: 'choose',
      key: 'offer',
      choices: ['enrol', 'more', 'person'],
      exits: { enrol: 'isOneToEnrol', more: 'isOneToExplain', person: 'callPerson' },
    },
    isOneToEnrol: { kind: 'branch', exits: ['keepInterest', 'pickToEnrol'], choose: rules.isOneToEnrol },
    pickToEnrol: {
      kind: 'choose',
      key: 'pick',
      choices: rules.services,
      save: 'service',
      exits: { '*': 'keepInterest' },
    },
    keepInterest: { kind: 'remember', service: rules.chosenService, then: 'noteForTeam' },
    noteForTeam: { kind: 'hand-off', reason: 'wants-to-enrol', mode: 'note', then: 'sayKept' },
    sayKept: { kind: 'say', compose: rules.sayKept, then: 'end' },
    isOneToExplain: { kind: 'branch', exits: ['sayMore', 'pickToExplain'], choose: rules.isOneToExplain },
    pickToExplain: {
      kind: 'choose',
      key: 'pick',
      choices: rules.services,
      save: 'service',
      exits: { '*': 'sayMore' },
    },
    sayMore: { kind: 'say', compose: moreWords, then: 'offerAfterMore' },
    offerAfterMore: {
      kind: 'choose',
      key: 'offer',
      choices: ['enrol', 'person'],
      exits: { enrol: 'keepInterest', person: 'callPerson' },
    },
    sayNothing: { kind: 'say', compose: nothingWords, then: 'offerPerson' },
    offerPerson: {
      kind: 'choose',
      key: 'offerPerson',
      choices: ['person', 'control:menu'],
      exits: { person: 'callPerson' },
    },
    callPerson: { kind: 'start', dialog: 'person', then: 'end' },
  },
});
