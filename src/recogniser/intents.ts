import { intents, type Intent } from '../core/recognition.ts';
import type { Token } from './fold.ts';
import { createMatcher, type Fit, type Groups, type Matcher } from './pattern.ts';
import { commonWords } from './short-forms.ts';
import type { Heard } from './vocabulary.ts';
import english from './words/intents-en.json' with { type: 'json' };
import spanish from './words/intents-es.json' with { type: 'json' };

/** An intent with how sure it is, 0 to 1. */
interface Candidate {
  readonly intent: Intent;
  readonly confidence: number;
}

/** What a message asks for: best first, and each request of it in order when there are several. */
export interface IntentReading {
  readonly candidates: readonly Candidate[];
  readonly requests: readonly Intent[];
}

/** Ways of asking in one language, by how surely they mean the intent. */
interface IntentWords {
  readonly groups: Groups;
  readonly intents: Readonly<Partial<Record<Intent, Readonly<Partial<Record<Sureness, readonly string[]>>>>>>;
}

type Sureness = 'sure' | 'strong' | 'fair' | 'weak';
interface Sign {
  readonly intent: Intent;
  readonly weight: number;
}

const weights: Readonly<Record<Sureness, number>> = { sure: 0.9, strong: 0.8, fair: 0.55, weak: 0.3 };
const shortestMisspelt = 5;
const candidatesGiven = 3;
/** From here on a clause asks for something of its own. */
const requestFrom = 0.7;
/** Less than this is no answer yet (core/repair.ts). */
const sureEnough = 0.5;
/** From here on an intent that says more goes before the wider one. */
const verySure = 0.8;
/** Words that open another request in the same breath. */
const linkWords = new Set(['y', 'tambien', 'ademas', 'and', 'also', 'plus', 'pero', 'but']);
/** Intents that say more than others which fit the same words. */
const narrower: Readonly<Partial<Record<Intent, readonly Intent[]>>> = {
  consular_support: ['office_locations_hours'],
  credit_housing: ['credit_business'],
  document_lost: ['document_requirements', 'consular_support'],
  document_status: ['document_requirements'],
  family_document_status: ['document_status', 'document_requirements'],
  job_apply: ['job_search'],
  skills_certification: ['training_search'],
  stop_optout: ['privacy_delete_my_data', 'subscribe_status'],
  training_enrol: ['training_search'],
};

/** Openings and closings: never a request beside another. */
const talk: ReadonlySet<Intent> = new Set<Intent>([
  'greeting',
  'thanks_bye',
  'menu_help',
  'out_of_scope',
  'crisis_safety',
]);

/** Prepares the word lists. */
export function createIntentReader(): (tokens: readonly Token[]) => IntentReading {
  const matchers = [matcherOf(spanish, 'sound'), matcherOf(english, 'text')];
  return (tokens) => {
    const fits = matchers.flatMap((match) => match(tokens));
    const asked = clausesOf(tokens).map(({ from, to }) =>
      bestRequest(fits.filter((fit) => from <= fit.from && fit.to <= to)),
    );
    const requests = [...new Set(asked.flatMap((intent) => intent ?? []))];
    const candidates = inOrder(scoresOf(fits), requests);
    return {
      candidates,
      requests: requests.length > 0 ? requests : candidates.slice(0, 1).map(({ intent }) => intent),
    };
  };
}

function matcherOf({ groups, intents: lists }: IntentWords, heard: Heard): Matcher<Sign> {
  const patterns = intents.flatMap((intent) =>
    Object.entries(lists[intent] ?? {}).flatMap(
      ([sureness, list]) =>
        list.map((pattern) => ({ meaning: { intent, weight: weights[sureness as Sureness] }, pattern })), // keys of Sureness
    ),
  );
  return createMatcher(patterns, { groups, heard, common: commonWords, shortestMisspelt });
}

/** Every sign takes away a share of the doubt that the others left. */
function scoresOf(fits: readonly Fit<Sign>[]): readonly Candidate[] {
  const doubts = new Map<Intent, number>();
  for (const { meaning } of fits)
    doubts.set(meaning.intent, (doubts.get(meaning.intent) ?? 1) * (1 - meaning.weight));
  return [...doubts].map(([intent, doubt]) => ({ intent, confidence: Math.round((1 - doubt) * 100) / 100 }));
}

function bestRequest(fits: readonly Fit<Sign>[]): Intent | undefined {
  const [best] = inOrder(scoresOf(fits), []);
  return best !== undefined && best.confidence >= requestFrom && !talk.has(best.intent)
    ? best.intent
    : undefined;
}

/** From a word that opens another request, or a full stop, to the next. */
function clausesOf(tokens: readonly Token[]): readonly { readonly from: number; readonly to: number }[] {
  const starts = tokens.flatMap(({ clause, text }, index) => {
    const before = tokens[index - 1];
    return before === undefined || before.clause !== clause || linkWords.has(text) ? [index] : [];
  });
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? tokens.length }));
}

/** Best first, at most three; of two that are as likely the one asked for first, and small talk after the rest. */
function inOrder(scores: readonly Candidate[], requests: readonly Intent[]): readonly Candidate[] {
  const place = (intent: Intent) => (requests.includes(intent) ? requests.indexOf(intent) : requests.length);
  return [...scores]
    .sort(
      (left, right) =>
        Number(right.confidence >= sureEnough) - Number(left.confidence >= sureEnough) ||
        Number(talk.has(left.intent)) - Number(talk.has(right.intent)) ||
        Number(saysMore(right, left)) - Number(saysMore(left, right)) ||
        Math.round((right.confidence - left.confidence) * 10) ||
        place(left.intent) - place(right.intent),
    )
    .slice(0, candidatesGiven);
}

const saysMore = (one: Candidate, other: Candidate): boolean =>
  one.confidence >= verySure && (narrower[one.intent]?.includes(other.intent) ?? false);
