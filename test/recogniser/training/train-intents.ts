import { tokensOf } from '../../../src/recogniser/fold.ts';
import { collectFeatures, readTokens, type ViewKind } from '../../../src/recogniser/model/features.ts';
import { createIdeaFinder, type WordCount } from '../../../src/recogniser/model/ideas.ts';
import type { ModelFile } from '../../../src/recogniser/model/model-file.ts';
import { shortForms } from '../../../src/recogniser/short-forms.ts';
import { createCorpus } from './corpus.ts';
import { fitView, type Pace } from './fit.ts';
import { createDraw, slips, texting, vowelless, type Noise } from './noise.ts';
import type { Phrase } from './phrases.ts';
import { refusal } from './scorer.ts';

/** What the training is told besides the phrases. */
export interface IntentTraining {
  readonly inputs: string;
  readonly pace?: Partial<Pace>;
}

const seed = 7;
/** Every phrase is learnt as written and once in each of these ways. */
const noises: readonly Noise[] = [slips(0.06), texting, vowelless];
const views: readonly ViewKind[] = ['spelt', 'heard'];
const keep = { rows: 50_000, least: 4 };
/** Chosen by leaving writers out in turn: at 1 the model was less sure than it was right. */
const usualPace: Pace = { rounds: 6, step: 0.2, decay: 5e-5, temperature: 0.85 };
/** Out of scope has the most phrases, but a person who is refused loses more than one who is asked again. */
const refusalOdds = 0.6;
const leastWordCount = 2;

/** Trains the intent model; the same phrases give the same model. */
export function trainIntents(phrases: readonly Phrase[], { inputs, pace }: IntentTraining): ModelFile {
  const draw = createDraw(seed);
  const labels = [...new Set(phrases.map(({ intent }) => intent))].sort();
  const written = [
    ...phrases,
    ...noises.flatMap((noise) => phrases.map((phrase) => ({ ...phrase, text: noise(phrase.text, draw) }))),
  ];
  const words = wordsOf(phrases);
  const ideasOf = createIdeaFinder(words);
  const read = written.map(({ text }) => {
    const tokens = readTokens(tokensOf(text, shortForms));
    return { tokens, ideas: ideasOf(tokens.map(({ sound }) => sound)) };
  });
  const answers = written.map(({ intent }) => labels.indexOf(intent));
  return {
    labels,
    inputs,
    words,
    views: views.map((kind) => {
      const collectors = read.map(({ tokens, ideas }) => (add: Parameters<typeof collectFeatures>[3]) => {
        collectFeatures(kind, tokens, ideas, add);
      });
      const corpus = createCorpus(collectors, answers, labels.length, keep);
      const view = fitView(corpus, labels.length, { ...usualPace, ...pace }, draw);
      const biases = view.biases.map((bias, label) =>
        labels[label] === refusal ? bias + Math.log(refusalOdds) : bias,
      );
      return { name: kind, ...view, biases };
    }),
  };
}

/** Words that several messages have, as they sound, in alphabetical order. */
function wordsOf(phrases: readonly Phrase[]): readonly WordCount[] {
  const counts = new Map<string, number>();
  for (const { text } of phrases) {
    for (const sound of new Set(tokensOf(text, shortForms).map((token) => token.sound)))
      counts.set(sound, (counts.get(sound) ?? 0) + 1);
  }
  return [...counts]
    .filter(([sound, count]) => sound !== '' && count >= leastWordCount)
    .sort(([left], [right]) => (left < right ? -1 : 1));
}
