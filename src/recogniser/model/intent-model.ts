import { intents, type Intent } from '../../core/recognition.ts';
import { tokensOf, type Token } from '../fold.ts';
import { shortForms } from '../short-forms.ts';
import { collectFeatures, readTokens, type ViewKind } from './features.ts';
import { createIdeaFinder } from './ideas.ts';
import { createViewReader } from './linear-view.ts';
import { decodeModel } from './model-file.ts';

/** What the model makes of a message. */
export interface IntentScores {
  /** Every intent with its probability, best first; `out_of_scope` is one of them. */
  readonly scores: readonly { readonly intent: Intent; readonly probability: number }[];
  /** Share of the message's words and letters that the model knows, 0 to 1: low for other scripts and for keys hit at random. */
  readonly knownShare: number;
}

/** Tells what a message asks for. The same text gives the same answer; no text makes it throw. */
export interface IntentModel {
  /** `tokens` spare cutting the words of the text once more. */
  scores(text: string, tokens?: readonly Token[]): IntentScores;
}

const viewKinds: readonly ViewKind[] = ['spelt', 'heard'];
/** Of a message that is known less than this, the rest of the probability goes to out of scope. */
const wellKnown = 0.5;
/** Of letters read, the share that has to be Latin: look-alikes of other scripts would else be read as words. */
const leastLatin = 0.5;
const lettersLooked = 2_000;

/** Reads a model that `npm run train` wrote. */
export function loadIntentModel(bytes: Uint8Array): IntentModel {
  const model = decodeModel(bytes);
  const labels = model.labels.map(toIntent);
  const ideasOf = createIdeaFinder(model.words);
  const views = viewKinds.map((kind) => {
    const view = model.views.find(({ name }) => name === kind);
    if (view === undefined) throw new Error(`The intent model has no view "${kind}": run "npm run train".`);
    return { kind, read: createViewReader(view) };
  });
  const scores: IntentModel['scores'] = (text, all = tokensOf(text, shortForms)) => {
    const tokens = isLatin(text) ? readTokens(all) : [];
    const ideas = ideasOf(tokens.map(({ sound }) => sound));
    const readings = views.map(({ kind, read }) =>
      read((add) => {
        collectFeatures(kind, tokens, ideas, add);
      }),
    );
    const knownShare = mean(readings.map((reading) => reading.knownShare));
    const trust = Math.min(1, knownShare / wellKnown);
    const shares = labels.map((intent, label) => {
      const share = mean(readings.map(({ probabilities }) => probabilities[label] ?? 0)) * trust;
      return { intent, probability: intent === 'out_of_scope' ? share + 1 - trust : share };
    });
    return { scores: shares.sort((left, right) => right.probability - left.probability), knownShare };
  };
  return { scores };
}

function isLatin(text: string): boolean {
  const letters = text.slice(0, lettersLooked).match(/\p{L}/gu) ?? [];
  const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter));
  return latin.length >= letters.length * leastLatin;
}

function toIntent(label: string): Intent {
  const intent = intents.find((known) => known === label);
  if (intent === undefined) throw new Error(`The intent model knows a strange intent, "${label}".`);
  return intent;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
