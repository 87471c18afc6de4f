import type { ConversationState, Effect, Say } from '../core/conversation.ts';
import type { ChoiceWords } from '../core/choice-words.ts';
import type { DialogDefinition, OrganisationFacts } from '../core/dialog.ts';
import type { Control, TurnContext } from '../core/draft.ts';
import type { ConversationEvent } from '../core/event.ts';
import {
  caseId,
  channelName,
  conversationId,
  countryCode,
  languageTag,
  messageId,
  requestId,
} from '../core/ids.ts';
import type { InboundContent, OutboundMessage } from '../core/message.ts';
import type { LocalLookUp, Translator } from '../core/ports.ts';
import type { Recogniser } from '../core/recognition.ts';
import { renderSay } from '../core/render.ts';
import { timerOf } from '../core/look-up.ts';
import { newConversation, turn } from '../core/turn.ts';
import { findFaults } from './check.ts';
import type { Journey, JourneyStep } from './journey.ts';

/** The real parts a journey runs on. */
export interface JourneyWorld {
  readonly dialogs: readonly DialogDefinition[];
  readonly lookUps: Readonly<Record<string, LocalLookUp>>;
  readonly recogniser: Recogniser;
  readonly controlOf: (folded: string) => Control | undefined;
  readonly choiceWords: ChoiceWords;
  readonly translator: Translator;
}

/** What came of a journey: nothing in `faults` means it went as written. */
export interface JourneyReport {
  readonly title: string;
  readonly faults: readonly string[];
  /** Every message, rendered, in order, with who sent it. */
  readonly transcript: readonly { readonly who: 'person' | 'bot'; readonly text: string }[];
}

/** A Tuesday, ten in the morning in Guatemala. */
const beginning = Date.UTC(2026, 10, 24, 16, 0);
const spans = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** What a run knows so far. */
interface Run {
  readonly journey: Journey;
  readonly world: JourneyWorld;
  state: ConversationState;
  now: number;
  count: number;
  /** The message of the last turn, when there was one. */
  spoken: OutboundMessage | undefined;
  readonly effects: Effect[];
  readonly faults: string[];
  readonly transcript: { who: 'person' | 'bot'; text: string }[];
}

/** Runs one journey on the core alone, with the state in memory. Throws only for a fault of the core or of a dialog. */
export function runJourney(journey: Journey, world: JourneyWorld): JourneyReport {
  const run: Run = {
    journey,
    world,
    state: newConversation(conversationId('journey'), languageTag(journey.language)),
    now: beginning,
    count: 0,
    spoken: undefined,
    effects: [],
    faults: [],
    transcript: [],
  };
  for (const step of journey.steps) takeStep(run, step);
  return {
    title: journey.title,
    faults: [...run.faults, ...findFaults(journey.after, run.state, run.effects)],
    transcript: run.transcript,
  };
}

function takeStep(run: Run, step: JourneyStep): void {
  if ('person' in step) return hear(run, { kind: 'text', text: step.person }, step.person);
  if ('tap' in step) return tap(run, step.tap);
  if ('sends' in step) return hear(run, contentOf(step.sends), `(${step.sends})`);
  if ('opinion' in step) return answerOutside(run, step.opinion);
  if ('wait' in step) {
    run.now += lengthOf(step.wait);
    return;
  }
  compare(run, step);
}

function contentOf(sent: Extract<JourneyStep, { sends: string }>['sends']): InboundContent {
  if (sent === 'location') return { kind: 'location', latitude: 14.8, longitude: -91.5 };
  if (sent === 'contacts') return { kind: 'contacts' };
  return { kind: 'media', media: sent, mediaId: 'media-1', fileName: 'archivo de prueba' };
}

function lengthOf(wait: string): number {
  const [amount = '0', unit = 'minute'] = wait.replace(/s$/u, '').split(' ');
  return Number(amount) * spans[unit as keyof typeof spans]; // the schema lets only these units through
}

function tap(run: Run, title: string): void {
  const choice = run.spoken?.choices.find((offered) => offered.title === title || offered.value === title);
  if (choice === undefined) run.faults.push(`there is no choice "${title}" to tap`);
  else hear(run, { kind: 'choice', value: choice.value, title: choice.title }, `[${choice.title}]`);
}

function hear(run: Run, content: InboundContent, shown: string): void {
  const { journey } = run;
  run.count += 1;
  run.now += 1_000;
  run.transcript.push({ who: 'person', text: shown });
  happen(run, shown, {
    kind: 'message',
    at: run.now,
    address: { channel: channelName(journey.channel), account: 'journeys', recipient: 'somebody' },
    sender: journey.number === undefined ? {} : { numberCountry: countryCode(journey.number) },
    message: { messageId: messageId(`message-${run.count}`), sentAt: run.now, content },
    aliases: [],
    urgent: false,
  });
}

/** What somebody outside says to the look-up under way, or its deadline. */
function answerOutside(run: Run, opinion: string): void {
  const pending = run.state.lookUp;
  if (pending === undefined) {
    run.faults.push(`nobody was asked what "${opinion}" answers`);
    return;
  }
  const { requestId: asked, deadline } = pending;
  run.now += 1_000;
  if (opinion === 'late') return happen(run, opinion, { kind: 'timer', at: deadline, name: timerOf(asked) });
  const outcome = opinion === 'nothing' ? { kind: opinion } : { kind: 'intent', intent: opinion };
  happen(run, opinion, { kind: 'look-up-answer', at: run.now, requestId: asked, outcome });
}

function happen(run: Run, shown: string, event: ConversationEvent): void {
  const result = turn(run.state, event, contextOf(run));
  run.state = result.state;
  run.effects.push(...result.effects);
  const said = result.effects.filter((effect) => effect.kind === 'send');
  if (said.length > 1) run.faults.push(`${said.length} messages in one turn after "${shown}"`);
  run.spoken = said[0] === undefined ? undefined : speak(run, said[0].say);
}

function speak(run: Run, say: Say): OutboundMessage {
  const message = renderSay(say, run.world.translator);
  const choices = message.choices.map(({ title }, index) => `${index + 1} ${title}`);
  const text = [message.text, ...choices].join('\n');
  run.transcript.push({ who: 'bot', text });
  const limit = say.sendClass === 'crisis' ? 900 : 450;
  const notice = say.parts.find(({ key }) => key.startsWith('common:notice.'));
  const free =
    notice === undefined ? 0 : run.world.translator.render(notice, say.language, say.form).length + 1;
  if (text.length - free > limit)
    run.faults.push(`${text.length - free} characters, at most ${limit}: ${text}`);
  if (/\{\{|undefined|\bNaN\b/u.test(text)) run.faults.push(`not filled in: ${text}`);
  return message;
}

function compare(run: Run, step: Extract<JourneyStep, { bot: unknown }>): void {
  const { spoken } = run;
  const keys = spoken?.keys ?? [];
  if (keys.join(' ') !== step.bot.join(' ')) {
    run.faults.push(`expected [${step.bot.join(', ')}], the bot said [${keys.join(', ')}]`);
  }
  const text = spoken?.text ?? '';
  for (const words of step.says ?? [])
    if (!text.includes(words)) run.faults.push(`"${words}" is not in: ${text}`);
  for (const words of step['does not say'] ?? []) {
    if (text.includes(words)) run.faults.push(`"${words}" is in: ${text}`);
  }
  const titles = spoken?.choices.map(({ title }) => title) ?? [];
  if (step.choices !== undefined && titles.join('|') !== step.choices.join('|')) {
    run.faults.push(`expected the choices ${step.choices.join(' | ')}, not ${titles.join(' | ')}`);
  }
}

function contextOf(run: Run): TurnContext {
  const { world, journey } = run;
  const { duty } = journey;
  const organisation: OrganisationFacts = { name: 'Casa Camino', kind: journey.organisation };
  return {
    now: run.now,
    newCaseId: () => caseId(`case-${run.effects.length}-${run.count}`),
    newRequestId: () => requestId(`request-${run.count}`),
    dialogs: new Map(world.dialogs.map((dialog) => [dialog.id, dialog])),
    recognise: (text, hint) => world.recogniser.recognise(text, hint),
    lookUps: world.lookUps,
    controlOf: world.controlOf,
    choiceWords: world.choiceWords,
    words: (part, language, form) => world.translator.render(part, language, form),
    duty: dutyOf(duty),
    organisation,
    defaultLanguage: languageTag(journey.language),
    languages: world.translator.languages,
    secondOpinion: journey['second opinion'],
  };
}

function dutyOf(duty: Journey['duty']): TurnContext['duty'] {
  switch (duty.kind) {
    case 'off-hours':
      return { kind: 'off-hours', opensAt: Date.parse(duty.opensAt) };
    case 'nobody':
      return { kind: 'nobody', ...(duty.contact === undefined ? {} : { contact: duty.contact }) };
    default:
      return duty;
  }
}
