import { languageTag } from '../../src/core/ids.ts';
import type { CrisisClass, Intent, Recogniser } from '../../src/core/recognition.ts';
import { foldText } from '../../src/core/text.ts';
import type { JsonValue } from '../../src/core/values.ts';

const intents: readonly (readonly [RegExp, Intent])[] = [
  [/\b(?:curso|kurso|cursos|aprender|estudiar|course|learn|class)\b/u, 'training_search'],
  [/\b(?:trabajo|empleo|job)\b/u, 'job_search'],
  [/\b(?:prestamo|credito|loan)\b/u, 'credit_business'],
  [/\b(?:dpi|pasaporte|passport)\b/u, 'document_requirements'],
  [/\b(?:hablar con|persona que me|talk to)\b/u, 'human_handoff'],
  [/\b(?:gracias|thanks|adios|bye)\b/u, 'thanks_bye'],
  [/^(?:hola|buenas|hello|hi)\b/u, 'greeting'],
  [/\b(?:en ingles|in english|en espanol|in spanish|idioma|language)\b/u, 'change_language'],
];
const slots: readonly (readonly [RegExp, string, JsonValue])[] = [
  [/\b(?:soldadura|soldar|welding|weld)\b/u, 'occupation', 'soldadura'],
  [/\b(?:electricidad|electrician)\b/u, 'occupation', 'electricidad'],
  [/\b(?:panaderia|bakery|baking)\b/u, 'occupation', 'panadería'],
  [/\b(?:xela|quetzaltenango)\b/u, 'city', 'Quetzaltenango'],
  [/\b(?:xela|quetzaltenango)\b/u, 'department', 'Quetzaltenango'],
  [/\b(?:gracias lempira)\b/u, 'city', 'Gracias'],
  [/\b(?:gracias lempira)\b/u, 'department', 'Lempira'],
  [/\bdanli\b/u, 'city', 'Danlí'],
  [/\bdanli\b/u, 'department', 'El Paraíso'],
  [/\b(?:totonicapan|toto)\b/u, 'city', 'Totonicapán'],
  [/\b(?:totonicapan|toto)\b/u, 'department', 'Totonicapán'],
  [/\b(?:guatemala|xela|quetzaltenango|totonicapan|toto)\b/u, 'country', 'GT'],
  [/\b(?:honduras|danli|gracias lempira)\b/u, 'country', 'HN'],
  [/\b(?:belice|belize)\b/u, 'country', 'BZ'],
  [/\bestados unidos\b/u, 'country', 'US'],
  [/\b(?:en ingles|in english)\b/u, 'language', 'en'],
  [/\b(?:en espanol|in spanish)\b/u, 'language', 'es'],
];
const dangers: readonly (readonly [RegExp, CrisisClass])[] = [
  [/\b(?:me quieren matar|they want to kill me)\b/u, 'violence'],
  [/\b(?:no quiero vivir|want to die)\b/u, 'self_harm'],
];
const english = /\b(?:the|want|learn|where|is|to|my|course|i|they)\b/u;

/** Understands the few words of the tests, always the same way. */
export const scriptedRecogniser: Recogniser = {
  crisisOf: (text) => dangers.find(([words]) => words.test(foldText(text)))?.[1] ?? 'none',
  recognise: (text, hint) => {
    const folded = foldText(text);
    const found = intents.filter(([words]) => words.test(folded)).map(([, intent]) => intent);
    const place = /\bgracias lempira\b/u.test(folded);
    const requests = place ? found.filter((intent) => intent !== 'thanks_bye') : found;
    const isEnglish = english.test(folded);
    return {
      candidates: requests.slice(0, 1).map((intent) => ({ intent, confidence: 0.9 })),
      requests,
      slots: Object.fromEntries(
        slots.filter(([words]) => words.test(folded)).map(([, name, value]) => [name, value]),
      ),
      language: languageTag(isEnglish ? 'en' : (hint.language ?? 'es')),
      languageConfidence: isEnglish ? 0.9 : 0.3,
      crisis: scriptedRecogniser.crisisOf(text),
    };
  },
};
