import type { DialogFrame } from './conversation.ts';
import type { HandOffStep } from './dialog.ts';
import { calmOf } from './danger.ts';
import { openCase, update, updateFrame, type Draft } from './draft.ts';
import { placeIn } from './place.ts';
import { asText, type Values } from './values.ts';

/** Opens a case for the team; a person who is waiting already opens no second one. */
export function handOff(draft: Draft, frame: DialogFrame, step: HandOffStep): void {
  const { duty } = draft.context;
  const { ownership } = draft.state;
  const alreadyWaiting = step.mode === 'person' && step.reason !== 'in-danger' && ownership.kind !== 'bot';
  updateFrame(draft, { values: { ...frame.values, duty: { ...duty }, alreadyWaiting } });
  if (alreadyWaiting) return;
  const below = draft.state.dialogs.at(-2);
  const caseId = openCase(draft, step.reason, briefOf(below ?? frame, frame));
  if (step.reason === 'in-danger') update(draft, { calm: { caseId, ...calmOf(frame.values) } });
  if (step.mode === 'person' && duty.kind !== 'nobody' && ownership.kind !== 'caseworker') {
    update(draft, { ownership: { kind: 'queue', caseId } });
  }
}

/** Topic and place for the caseworker: what dialogs kept, never the person's own text. */
function briefOf(topic: DialogFrame, frame: DialogFrame): Values {
  const place = placeIn({ ...topic.values, ...frame.values });
  const trade = topic.values['trade'] ?? frame.values['trade'];
  const { danger, safeToWrite } = frame.values;
  return {
    topic: topic.dialog,
    ...(danger === undefined ? {} : { danger }),
    ...(safeToWrite === undefined ? {} : { safeToWrite }),
    ...(trade === undefined ? {} : { trade }),
    ...(place === undefined ? {} : { place: { ...place } }),
  };
}

/** Keeps a registered interest; the same service and trade once. */
export function remember(draft: Draft, frame: DialogFrame, serviceId: string | undefined): void {
  if (serviceId === undefined) return;
  const trade = asText(frame.values['trade']);
  const city = placeIn(frame.values)?.city;
  const interest = {
    serviceId,
    at: draft.context.now,
    ...(trade === undefined ? {} : { trade }),
    ...(city === undefined ? {} : { city }),
  };
  const others = draft.state.interests.filter(
    (known) => known.serviceId !== serviceId || known.trade !== trade,
  );
  update(draft, { interests: [...others, interest].slice(-10) });
}
