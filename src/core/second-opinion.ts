import { countOpinion, hasConsent, recordConsent, wasAsked } from './consent.ts';
import { currentFrame, update, type Draft } from './draft.ts';
import { dropQuestionOutside, understandDialog } from './look-up.ts';
import type { InboundMessage } from './message.ts';
import { intents, type Intent, type Understanding } from './recognition.ts';
import { advance, startDialog } from './stepping.ts';
import { foldText } from './text.ts';
import { asRecord, type JsonValue } from './values.ts';

/** From this confidence on an intent is acted on without asking anybody. */
const sureEnough = 0.5;
/** From this confidence on a message may be about it. */
const possible = 0.2;
const longestText = 2_000;

/** Nobody outside hears of these (safety.md F3). */
const closed: readonly Intent[] = [
  'document_status',
  'family_document_status',
  'subscribe_status',
  'complaint_feedback',
  'crisis_safety',
  'human_handoff',
  'privacy_delete_my_data',
  'stop_optout',
];

const childAge =
  '(?:[5-9]|1[0-7]|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieciseis|diecisiete|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen)';
const notAnAge =
  '(?! (?:hij|nin|dia|mes|seman|hora|minuto|mil|quetzal|peso|lempira|dolar|dollar|kid|child|day|month|week|hour|minute|lib|kilo|foto|copia|persona|hermano|materia|punto))';
const ownAge = new RegExp(
  `\\b(?:tengo|cumplo|cumpli|ajuste|voy a cumplir|soy de|i am|i m|im|i turned|tenho|j ai|mwen gen|m gen)(?: los| como| apenas| solo| ya| only| just)? ${childAge}\\b${notAnAge}`,
  'u',
);
const saysChild = /\b(?:soy (?:un |una )?(?:menor|nin[oa])|i am a (?:minor|child|kid)|im a (?:minor|kid))\b/u;
const anyChild = new RegExp(
  `\\b${childAge} (?:anos|anitos|years? old|yo|an|ane)\\b|\\bmenor(?:es)? de edad\\b|\\bunderage\\b`,
  'u',
);

/**
 * For a message nobody here understood: asks outside what it may mean, when the operator set that up and the person
 * allowed it; asks once whether they do. False when neither may be, and the message counts as not understood.
 */
export function askSecondOpinion(
  draft: Draft,
  message: InboundMessage,
  understanding: Understanding,
): boolean {
  if (
    message.content.kind !== 'text' ||
    !isOpenState(draft) ||
    !isOpenMessage(message.content.text, understanding)
  )
    return false;
  const isAllowed = hasConsent(draft.state, 'understanding');
  if (isAllowed ? !countOpinion(draft) : wasAsked(draft.state, 'understanding')) return false;
  // No answer is a no.
  if (!isAllowed) recordConsent(draft, 'understanding', 'no');
  startDialog(draft, understandDialog, {
    text: message.content.text.slice(0, longestText),
    language: draft.state.language.tag,
    ...(isAllowed ? { consent: 'yes' } : {}),
  });
  advance(draft);
  return true;
}

/** Who tells that they are a child is never asked, and a yes of before counts no more (safety.md A9). */
export function noteChild(draft: Draft, text: string): void {
  if (draft.context.secondOpinion !== true) return;
  if (!tellsOfChild(text)) return;
  recordConsent(draft, 'understanding', 'never');
  dropQuestionOutside(draft);
}

/** Whether somebody says that they are a child. */
export function tellsOfChild(text: string): boolean {
  const folded = foldText(text);
  return ownAge.test(folded) || saysChild.test(folded);
}

/** The intent somebody outside chose; undefined for anything else they may have said. */
export function chosenIntent(outcome: JsonValue | undefined): Intent | undefined {
  const record = asRecord(outcome);
  return record?.['kind'] === 'intent' ? intents.find((intent) => intent === record['intent']) : undefined;
}

function isOpenState({ state, context }: Draft): boolean {
  const isClosed = (intent: Intent): boolean => closed.includes(intent);
  const isSensitive = state.dialogs.some(({ dialog }) => {
    const definition = context.dialogs.get(dialog);
    return dialog === understandDialog || dialog === 'danger' || definition?.intents.some(isClosed) === true;
  });
  return (
    context.secondOpinion === true &&
    context.dialogs.has(understandDialog) &&
    state.ownership.kind === 'bot' &&
    state.calm === undefined &&
    !state.stopped &&
    !state.openCases.some(({ reason }) => reason === 'in-danger') &&
    !isSensitive &&
    !state.waitingRequests.some(({ intent }) => isClosed(intent))
  );
}

function isOpenMessage(text: string, { candidates, requests, crisis }: Understanding): boolean {
  const folded = foldText(text);
  const words = folded.split(' ').filter((word) => word.length > 1);
  const [best] = candidates;
  const mayBeClosed =
    candidates.some(({ intent, confidence }) => confidence >= possible && closed.includes(intent)) ||
    requests.some((intent) => closed.includes(intent));
  return (
    crisis === 'none' &&
    words.length >= 2 &&
    (best === undefined || best.confidence < sureEnough) &&
    !mayBeClosed &&
    !anyChild.test(folded) &&
    !ownAge.test(folded) &&
    !saysChild.test(folded)
  );
}

/** Takes the dialog that asked from the stack and gives the words it asked about; undefined when it went on without. */
export function takeAskedWords(draft: Draft, step: string): string | undefined {
  const frame = currentFrame(draft);
  if (frame?.dialog !== understandDialog || frame.step !== step) return undefined;
  update(draft, { dialogs: draft.state.dialogs.slice(0, -1) });
  const { text } = frame.values;
  return typeof text === 'string' ? text : '';
}
