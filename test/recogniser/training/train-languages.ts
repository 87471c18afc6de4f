import { collectLanguageFeatures } from '../../../src/recogniser/model/language-features.ts';
import { languageView } from '../../../src/recogniser/model/language-model.ts';
import type { ModelFile } from '../../../src/recogniser/model/model-file.ts';
import type { FeatureSink } from '../../../src/recogniser/model/features.ts';
import { createCorpus } from './corpus.ts';
import { fitView, type Pace } from './fit.ts';
import { createDraw, texting, withoutAccents } from './noise.ts';
import type { Phrase } from './phrases.ts';

const seed = 11;
const keep = { rows: 14_000, least: 2 };
const pace: Pace = { rounds: 6, step: 0.2, decay: 5e-5, temperature: 1 };
/** Messages are also learnt in pieces of so many words: what people write is short. */
const pieceLength = 4;

/** Trains the language model; the same phrases give the same model. */
export function trainLanguages(phrases: readonly Phrase[], inputs: string): ModelFile {
  const draw = createDraw(seed);
  const labels = [...new Set(phrases.map(({ language }) => language))].sort();
  const written = phrases.flatMap(({ language, text }) =>
    [text, withoutAccents(text, draw), texting(text, draw), ...piecesOf(text)].map((piece) => ({
      language,
      piece,
    })),
  );
  const corpus = createCorpus(
    written.map(({ piece }) => (add: FeatureSink) => {
      collectLanguageFeatures(piece, add);
    }),
    written.map(({ language }) => labels.indexOf(language)),
    labels.length,
    keep,
  );
  return {
    labels,
    inputs,
    words: [],
    views: [{ name: languageView, ...fitView(corpus, labels.length, pace, draw) }],
  };
}

function piecesOf(text: string): readonly string[] {
  const words = text.split(' ');
  if (words.length <= pieceLength) return [];
  const count = Math.min(3, Math.floor(words.length / pieceLength));
  return Array.from({ length: count }, (_piece, index) =>
    words.slice(index * pieceLength, (index + 1) * pieceLength).join(' '),
  );
}
