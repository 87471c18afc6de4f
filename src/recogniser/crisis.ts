import { readFileSync } from 'node:fs';
import type { CrisisClass } from '../core/recognition.ts';
import { createOpinion, decodeModel, type Opinion } from './crisis/model.ts';
import { readingsOf } from './crisis/readings.ts';
import { createSignReader, dangers, type Danger, type Sign } from './crisis/signs.ts';
import type { Token } from './fold.ts';

/** From here on the model raises an alarm that no pattern raised. */
const enough = -0.5;
/** A hint of danger makes the model believed a little sooner; more than two hints do not. */
const ofHint = 0.6;
const mostHints = 2;
/** What a sure pattern and a hint count for their class, beside the model. */
const classOfCertain = 2;
const classOfHint = 0.5;
const modelFile = new URL('crisis/weights.bin', import.meta.url);

/**
 * The danger a text tells of, of the writer or of somebody else (safety.md section 4): one sure pattern is enough; where
 * there is none, the model may still raise an alarm, and never takes one back.
 */
export function createCrisisDetector(): (text: string) => CrisisClass {
  const signsOf = createSignReader();
  const opinionOf = createOpinion(decodeModel(readFileSync(modelFile)));
  const dangerIn = (tokens: readonly Token[]): CrisisClass => {
    if (tokens.length === 0) return 'none';
    const signs = signsOf(tokens);
    const opinion = opinionOf(tokens);
    return isDanger(signs, opinion) ? likeliest(signs, opinion) : 'none';
  };
  return (text) =>
    readingsOf(text)
      .map(dangerIn)
      .find((found) => found !== 'none') ?? 'none';
}

function isDanger(signs: readonly Sign[], opinion: Opinion): boolean {
  if (signs.some(({ sureness }) => sureness === 'certain')) return true;
  const hints = Math.min(signs.length, mostHints);
  return opinion.danger + hints * ofHint > enough;
}

function likeliest(signs: readonly Sign[], opinion: Opinion): Danger {
  const scoreOf = (danger: Danger, index: number): number =>
    signs.reduce(
      (sum, sign) =>
        sign.danger === danger ? sum + (sign.sureness === 'certain' ? classOfCertain : classOfHint) : sum,
      opinion.classes[index] ?? 0,
    );
  const scores = dangers.map(scoreOf);
  const best = Math.max(...scores);
  return dangers.find((_danger, index) => scores[index] === best) ?? 'violence';
}
