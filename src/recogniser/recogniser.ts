import { readFileSync } from 'node:fs';
import type { CrisisClass, Intent, KnownPlace, KnownTrade, Recogniser, Slots } from '../core/recognition.ts';
import type { JsonValue } from '../core/values.ts';
import { createCrisisDetector } from './crisis.ts';
import { createDocumentReader } from './document-slots.ts';
import { tokensOf, unmask, type Token } from './fold.ts';
import { createIntentReader, type IntentReading } from './intents.ts';
import { languageOf } from './language.ts';
import { loadIntentModel, type IntentModel } from './model/intent-model.ts';
import { moneyIn } from './money-slots.ts';
import { createPlaceReader } from './place-slots.ts';
import { referencesIn } from './reference-slot.ts';
import { commonWords, shortForms } from './short-forms.ts';
import { createTongueReader } from './tongue-slot.ts';
import { createTradeReader } from './trade-slots.ts';
import { weighModel } from './weigh-model.ts';

const modelFile = new URL('model/intents.bin', import.meta.url);

/** What the recogniser is told of the world: the directory's places and trades. */
export interface RecogniserParts {
  readonly places: readonly KnownPlace[];
  readonly trades: readonly KnownTrade[];
  /** The committed model, unless another is to be measured. */
  readonly model?: IntentModel;
}

/** Understands a text by word lists and, where they say nothing, a small model; without network and without memory: the same text, the same answer. */
export function createRecogniser({ places, trades, ...parts }: RecogniserParts): Recogniser {
  const tradeWords = new Set(
    trades.flatMap(({ words }) => words.flatMap((phrase) => unmask(phrase).split(' '))),
  );
  const isCommon = (word: string) => commonWords.has(word);
  const isKnown = (word: string) => commonWords.has(word) || tradeWords.has(word);
  const crisisOf = onceForTwo(createCrisisDetector());
  const intentsOf = createIntentReader();
  const model = parts.model ?? loadIntentModel(readFileSync(modelFile));
  const placesOf = createPlaceReader(places, isKnown);
  const tradesOf = createTradeReader(trades, isCommon);
  const tonguesOf = createTongueReader();
  const documentsOf = createDocumentReader();
  return {
    crisisOf,
    recognise: (text, hint) => {
      const tokens = tokensOf(text, shortForms);
      const { language, confidence } = languageOf(text, tokens, hint.language);
      const place = placesOf(tokens);
      const occupation = tradesOf(withoutUsed(tokens, place.used));
      const said = inLightOf(occupation, intentsOf(withoutUsed(tokens, place.used)));
      const reading = weighModel(said, tokens.length, () => model.scores(text, tokens));
      const tongue = asksForLanguage(reading.candidates[0]?.intent) ? tonguesOf(tokens) : [];
      const { country, department, city } = place;
      return {
        ...reading,
        slots: slotsOf({
          ...{ country, department, city, occupation, language: tongue },
          ...moneyIn(text, country),
          document: documentsOf(withoutUsed(tokens, place.used)),
          reference: referencesIn(text),
        }),
        ...(place.origin === undefined ? {} : { origin: place.origin }),
        language,
        languageConfidence: Math.round(confidence * 100) / 100,
        crisis: crisisOf(text),
      };
    },
  };
}

const mostRemembered = 256;

/** Accepting a message and its turn ask about the same text: the answer is kept until it is asked for again. */
function onceForTwo(detect: (text: string) => CrisisClass): (text: string) => CrisisClass {
  const known = new Map<string, CrisisClass>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) {
      known.delete(text);
      return before;
    }
    const found = detect(text);
    known.set(text, found);
    for (const oldest of known.keys()) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
    return found;
  };
}

/** "Curso de inglés" does not ask for another language; a trade alone asks for a course until something else is known. */
function inLightOf(occupation: readonly string[], reading: IntentReading): IntentReading {
  if (occupation.length === 0) return reading;
  const isCourse = occupation.includes(englishCourse);
  const fits = (intent: Intent) => !(isCourse && intent === 'change_language');
  const candidates = reading.candidates.filter(({ intent }) => fits(intent));
  const requests = reading.requests.filter(fits);
  const [best] = candidates;
  if (best !== undefined && best.confidence >= sureEnough)
    return { candidates, requests: requests.length > 0 ? requests : [best.intent] };
  return { candidates: [tradeAlone, ...candidates.slice(0, 2)], requests: [tradeAlone.intent] };
}

const sureEnough = 0.5;
const englishCourse = 'inglés';
const tradeAlone = { intent: 'training_search', confidence: sureEnough } as const;

const asksForLanguage = (intent: Intent | undefined): boolean => intent === 'change_language';

/** Words of a place name say nothing else: "Gracias" is no thanks, "La Libertad" no freedom. */
function withoutUsed(
  tokens: readonly Token[],
  used: readonly { readonly from: number; readonly to: number }[],
): readonly Token[] {
  if (used.length === 0) return tokens;
  return tokens.map((token, index) =>
    used.some(({ from, to }) => from <= index && index < to)
      ? { ...token, text: placeMark, sound: placeMark }
      : token,
  );
}

const placeMark = '0place';

/** One value stands alone, several make an array, none is left out. */
function slotsOf(found: Readonly<Record<string, readonly JsonValue[]>>): Slots {
  return Object.fromEntries(
    Object.entries(found).flatMap(([name, values]): readonly (readonly [string, JsonValue])[] => {
      const [first] = values;
      return first === undefined ? [] : [[name, values.length === 1 ? first : values]];
    }),
  );
}
