import path from 'node:path';
import { choiceWords, controlOf, dialogs as everyDialog } from '../../dialogs/index.ts';
import type { ConversationState, Effect } from '../../src/core/conversation.ts';
import type { DialogDefinition } from '../../src/core/dialog.ts';
import type { TurnContext } from '../../src/core/draft.ts';
import type { ConversationEvent } from '../../src/core/event.ts';
import {
  caseId,
  channelName,
  conversationId,
  countryCode,
  languageTag,
  messageId,
  requestId,
} from '../../src/core/ids.ts';
import type { InboundContent, InboundMessage } from '../../src/core/message.ts';
import type { LocalLookUp } from '../../src/core/ports.ts';
import { newConversation, turn } from '../../src/core/turn.ts';
import type { JsonValue } from '../../src/core/values.ts';
import { createTranslator } from '../../src/i18n/index.ts';
import { scriptedLookUps } from './scripted-directory.ts';
import { scriptedRecogniser } from './scripted-recogniser.ts';

type MessageEvent = Extract<ConversationEvent, { kind: 'message' }>;

/** One conversation on the core alone. Every call is one turn and gives the keys of what the bot said; `[]` is silence. */
export interface Talk {
  now: number;
  state: ConversationState;
  /** Of the last turn. */
  effects: readonly Effect[];
  says(
    text: string,
    more?: Partial<Omit<MessageEvent, 'message'>> & { readonly sentAt?: number },
  ): readonly string[];
  sends(content: InboundContent): readonly string[];
  taps(value: string, title?: string): readonly string[];
  happens(event: ConversationEvent): readonly string[];
  /** Values of the choices of the last turn's message. */
  readonly offered: readonly string[];
  readonly sendClass: string | undefined;
}

/** A Tuesday, ten in the morning in Guatemala. */
export const morning = Date.UTC(2026, 10, 24, 16, 0);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** The real words of `locales/`. */
export const translator = createTranslator(path.join(import.meta.dirname, '../../locales'));

const courseOf = (serviceId: string): JsonValue => ({
  serviceId,
  organisation: 'Instituto',
  service: { es: `Cursos ${serviceId}`, en: `Courses ${serviceId}` },
  teaches: 'trade',
  cost: 'free',
  sourceName: 'La Prensa',
  sourceDate: '2026',
  askBeforeYouGo: true,
});

/** One course for any trade, two for welding. */
const findCourses: LocalLookUp = (input, { country }) => {
  const trade = input['trade'] ?? '';
  if (country === undefined) return { kind: 'no-country' };
  const results = trade === 'soldadura' ? [courseOf('one'), courseOf('two')] : [courseOf('one')];
  return { kind: 'found', trade, country, results };
};

/** A context with the real dialogs, words and control words, scripted understanding and look-ups. */
export function testContext(now: number, more: Partial<TurnContext> = {}): TurnContext {
  let [cases, requests] = [0, 0];
  return {
    now,
    newCaseId: () => caseId(`case-${(cases += 1)}`),
    newRequestId: () => requestId(`request-${(requests += 1)}`),
    dialogs: registryOf(everyDialog),
    recognise: (text, hint) => scriptedRecogniser.recognise(text, hint),
    lookUps: { ...scriptedLookUps, training: findCourses },
    controlOf,
    choiceWords,
    words: (part, language, form) =>
      translator.has(part.key, language) ? translator.render(part, language, form) : undefined,
    duty: { kind: 'on-duty', withinMinutes: 20 },
    organisation: { name: 'Casa Camino', kind: 'ngo' },
    defaultLanguage: languageTag('es'),
    languages: [languageTag('es'), languageTag('en')],
    ...more,
  };
}

/** Dialogs by id. */
export function registryOf(dialogs: readonly DialogDefinition[]): TurnContext['dialogs'] {
  return new Map(dialogs.map((dialog) => [dialog.id, dialog]));
}

/** Begins a conversation by WhatsApp from Guatemala; `with` are dialogs besides the real ones. */
export function startTalk(
  more: Partial<TurnContext> & { readonly with?: readonly DialogDefinition[] } = {},
): Talk {
  const { with: added = [], ...rest } = more;
  const context = testContext(morning, { dialogs: registryOf([...everyDialog, ...added]), ...rest });
  let count = 0;
  const talk: Talk = {
    now: morning,
    state: newConversation(conversationId('talk'), languageTag('es')),
    effects: [],
    says: (text, { sentAt, ...change } = {}) => {
      talk.now += 1_000;
      return talk.happens({
        ...messageEvent(talk.now, { kind: 'text', text }, (count += 1), sentAt),
        ...change,
      });
    },
    sends: (content) => {
      talk.now += 1_000;
      return talk.happens(messageEvent(talk.now, content, (count += 1)));
    },
    taps: (value, title = value) => talk.sends({ kind: 'choice', value, title }),
    happens: (event) => {
      const result = turn(talk.state, event, { ...context, now: talk.now });
      talk.state = result.state;
      talk.effects = result.effects;
      return keysOf(result.effects);
    },
    get offered() {
      return sayOf(talk.effects)?.choices.map(({ value }) => value) ?? [];
    },
    get sendClass() {
      return sayOf(talk.effects)?.sendClass;
    },
  };
  return talk;
}

/** A message as it comes from the mailbox. */
export function messageEvent(at: number, content: InboundContent, count: number, sentAt = at): MessageEvent {
  const message: InboundMessage = { messageId: messageId(`message-${count}`), sentAt, content };
  return {
    kind: 'message',
    at,
    address: { channel: channelName('whatsapp'), account: 'ours', recipient: '50255550100' },
    sender: { numberCountry: countryCode('GT') },
    message,
    aliases: ['alias-1'],
    urgent: false,
  };
}

/** Reasons of the cases a turn wrote. */
export const caseReasons = (effects: readonly Effect[]): readonly string[] =>
  effects.flatMap((effect) => (effect.kind === 'put-case' ? [effect.case.reason] : []));

function sayOf(effects: readonly Effect[]) {
  return effects.flatMap((effect) => (effect.kind === 'send' ? [effect.say] : []))[0];
}

function keysOf(effects: readonly Effect[]): readonly string[] {
  const sent = effects.filter(({ kind }) => kind === 'send');
  if (sent.length > 1) throw new Error('a turn says at most one message');
  return sayOf(effects)?.parts.map(({ key }) => key) ?? [];
}
