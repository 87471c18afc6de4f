import { ActionTypes, ActivityTypes, type Activity, type ConversationReference } from 'botbuilder';
import type { ConversationState } from '../core/conversation.ts';
import type { ConversationEvent } from '../core/event.ts';
import { languageTag } from '../core/ids.ts';
import {
  assertNever,
  type ChannelAddress,
  type InboundContent,
  type OutboundMessage,
} from '../core/message.ts';

/** Events in which the person is present. All others are proactive turns. */
export type PersonEvent = Extract<ConversationEvent, { kind: 'message' | 'joined' }>;

/** What of a message an activity has no place for. */
interface Extras extends Pick<OutboundMessage, 'sendClass' | 'keys' | 'author'> {
  readonly descriptions: readonly (string | undefined)[];
}

/** Whether the person is present in an event. */
export const isOfPerson = (event: ConversationEvent): event is PersonEvent =>
  event.kind === 'message' || event.kind === 'joined';

/** The activity of something the person did. The event itself goes beside it, in the turn. */
export function activityOf(state: ConversationState, event: PersonEvent): Partial<Activity> {
  const parties = partiesOf(state, event.address);
  const locale = event.sender.locale ?? state.language.tag;
  switch (event.kind) {
    case 'joined':
      return { ...parties, type: ActivityTypes.ConversationUpdate, locale, membersAdded: [parties.from] };
    case 'message': {
      const { messageId, sentAt, content, replyTo } = event.message;
      return {
        ...parties,
        ...formOf(content),
        type: ActivityTypes.Message,
        id: messageId,
        timestamp: new Date(sentAt),
        locale,
        ...(replyTo === undefined ? {} : { replyToId: replyTo }),
      };
    }
    default:
      return assertNever(event);
  }
}

/** Where a turn that nobody's message began takes place. */
export function referenceOf(state: ConversationState): Partial<ConversationReference> {
  const { from, recipient, conversation, channelId } = partiesOf(state, state.address);
  return { user: from, bot: recipient, conversation, channelId, locale: state.language.tag };
}

/** The event as the bot hears it: middleware may have put other words into the activity. */
export function heardEvent(event: ConversationEvent, activity: Activity): ConversationEvent {
  if (event.kind !== 'message' || event.message.content.kind !== 'text') return event;
  const { text } = activity;
  if (text === event.message.content.text) return event;
  return { ...event, message: { ...event.message, content: { kind: 'text', text } } };
}

/** A message as the bot sends it. */
export function replyOf(message: OutboundMessage): Partial<Activity> {
  const { text, language, choices, sendClass, keys, author } = message;
  const extras: Extras = {
    sendClass,
    keys,
    descriptions: choices.map(({ description }) => description),
    ...(author === undefined ? {} : { author }),
  };
  const actions = choices.map(({ value, title }) => ({ type: ActionTypes.PostBack, title, value }));
  return {
    type: ActivityTypes.Message,
    text,
    textFormat: 'plain',
    locale: language,
    ...(choices.length === 0 ? {} : { suggestedActions: { to: [], actions } }),
    channelData: { puente: extras },
  };
}

/** The message behind a reply, with what middleware changed. Throws for a reply that no turn decided on. */
export function messageOf(reply: Partial<Activity>): OutboundMessage {
  // Made by `replyOf`, or by middleware, which knows nothing of it.
  const { puente } = (reply.channelData ?? {}) as { readonly puente?: Extras };
  if (puente === undefined) throw new TypeError('middleware may change a reply, but not add one');
  const actions = reply.suggestedActions?.actions ?? [];
  return {
    text: reply.text ?? '',
    language: languageTag(reply.locale ?? ''),
    choices: actions.map(({ title, value }, index) => {
      const description = puente.descriptions[index];
      return { value: String(value), title, ...(description === undefined ? {} : { description }) };
    }),
    sendClass: puente.sendClass,
    keys: puente.keys,
    ...(puente.author === undefined ? {} : { author: puente.author }),
  };
}

function partiesOf(state: ConversationState, address: ChannelAddress | undefined) {
  return {
    channelId: address?.channel ?? 'internal',
    from: { id: address?.recipient ?? 'nobody', name: '', role: 'user' },
    recipient: { id: address?.account ?? 'puente', name: '', role: 'bot' },
    conversation: { id: state.conversationId, name: '', isGroup: false, conversationType: 'personal' },
  };
}

function formOf(content: InboundContent): Partial<Activity> {
  switch (content.kind) {
    case 'text':
      return { text: content.text };
    case 'choice':
      return { text: content.title, value: content.value };
    case 'media': {
      const { media, fileName, caption } = content;
      const attachment = { contentType: `${media}/*`, ...(fileName === undefined ? {} : { name: fileName }) };
      return { attachments: [attachment], ...(caption === undefined ? {} : { text: caption }) };
    }
    case 'location':
      return {
        entities: [{ type: 'GeoCoordinates', latitude: content.latitude, longitude: content.longitude }],
      };
    case 'form':
      return { value: { name: content.name, answers: content.answers } };
    case 'contacts':
    case 'reaction':
    case 'unsupported':
      return {};
    default:
      return assertNever(content);
  }
}
