import type { Intent } from '../core/recognition.ts';
import type { IntentReading } from './intents.ts';
import type { IntentScores } from './model/intent-model.ts';

/** From here on the word lists know what is asked for. */
const sureEnough = 0.5;
/** What the model has to be sure of before it is believed alone. */
const verySure = 0.85;
/** Fewer words are rather the answer to a question than a request. */
const fewestWords = 4;
/** Danger is heard by its own detector; what cannot be taken back and what is no request is never guessed. */
const neverGuessed: ReadonlySet<Intent> = new Set<Intent>([
  'crisis_safety',
  'privacy_delete_my_data',
  'stop_optout',
  'change_language',
  'menu_help',
  'greeting',
  'thanks_bye',
  'out_of_scope',
]);

/** Lets the model name the request of a longer message in which the word lists found none. */
export function weighModel(reading: IntentReading, words: number, scores: () => IntentScores): IntentReading {
  const [sign] = reading.candidates;
  if (words < fewestWords || (sign !== undefined && sign.confidence >= sureEnough)) return reading;
  const [best] = scores().scores;
  if (best === undefined || best.probability < verySure || neverGuessed.has(best.intent)) return reading;
  const guess = { intent: best.intent, confidence: Math.round(best.probability * 100) / 100 };
  const others = reading.candidates.filter(({ intent }) => intent !== guess.intent);
  return { candidates: [guess, ...others].slice(0, 3), requests: [guess.intent] };
}
