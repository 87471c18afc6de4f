import { languageTag, type LanguageTag } from '../../core/ids.ts';
import { collectLanguageFeatures } from './language-features.ts';
import { createViewReader } from './linear-view.ts';
import { decodeModel } from './model-file.ts';

/** Every language the model knows with its probability, likeliest first. */
export type LanguageScores = readonly { readonly language: LanguageTag; readonly probability: number }[];

/** Tells the language of a short message. No text makes it throw. */
export interface LanguageModel {
  scores(text: string): LanguageScores;
}

/** The one view of the language model. */
export const languageView = 'languages';
/** Of a text that is known less than this, nothing is sure. */
const wellKnown = 0.4;

/** Reads a model that `npm run train` wrote. */
export function loadLanguageModel(bytes: Uint8Array): LanguageModel {
  const model = decodeModel(bytes);
  const languages = model.labels.map(languageTag);
  const view = model.views.find(({ name }) => name === languageView);
  if (view === undefined) throw new Error('The language model has no view: run "npm run train".');
  const read = createViewReader(view);
  return {
    scores: (text) => {
      const { probabilities, knownShare } = read((add) => {
        collectLanguageFeatures(text, add);
      });
      const trust = Math.min(1, knownShare / wellKnown);
      return languages
        .map((language, label) => ({
          language,
          probability: trust * (probabilities[label] ?? 0) + (1 - trust) / languages.length,
        }))
        .sort((left, right) => right.probability - left.probability);
    },
  };
}
