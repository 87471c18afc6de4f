import { channelName, type ConversationId } from '../../core/ids.ts';
import type { OutboundChoice, OutboundMessage } from '../../core/message.ts';
import type { ChannelOutlet } from '../../core/ports.ts';
import { foldText } from '../../core/text.ts';
import type { JsonValue } from '../../core/values.ts';

export const directLineChannel = channelName('directline');

/** The bot's name in activities: the product's, the same in every language. */
const botAccount = { id: 'puente', name: 'Puente', role: 'bot' } as const;
/** More words than this after a number no longer read as a choice. */
const wordsBesideNumber = 8;
/** Sentences after which somebody of the team is expected; the page then shows that the person waits. */
const promisesPerson = /^common:duty\.(?:onDuty|longQueue|opens)/u;

/** Web chat's way out: messages become activities of the conversation's log, which sockets and polls read. */
export const directLineOutlet: ChannelOutlet = {
  kind: 'logs',
  channel: directLineChannel,
  toLogEntry,
};

function toLogEntry(message: OutboundMessage, conversation: ConversationId): JsonValue {
  const { text, language, choices, author, keys } = message;
  const puente = {
    ...(author === undefined ? {} : { author }),
    ...(keys.some((key) => promisesPerson.test(key)) ? { waiting: true } : {}),
    ...(choices.length === 0 ? {} : { choices: choices.map(toOwnChoice) }),
  };
  return {
    type: 'message',
    channelId: directLineChannel,
    conversation: { id: conversation },
    from: author === undefined ? botAccount : { ...botAccount, name: author },
    text,
    textFormat: 'plain',
    locale: language,
    ...(choices.length === 0 ? {} : { inputHint: 'expectingInput' }),
    ...(choices.length === 0 ? {} : { suggestedActions: { to: [], actions: choices.map(toAction) } }),
    channelData: { puente },
  };
}

function toOwnChoice({ value, title, description }: OutboundChoice): JsonValue {
  return { value, title, ...(description === undefined ? {} : { description }) };
}

/** A tap is posted as its value, and shown as typed: a number with the title, which the waiting question understands. */
function toAction({ title }: OutboundChoice, index: number): JsonValue {
  const numbered = `${String(index + 1)} ${title}`;
  const words = foldText(title).split(' ');
  const isAmbiguous = /^\d/u.test(words[0] ?? '') || words.length > wordsBesideNumber;
  return { type: 'imBack', title: numbered, value: isAmbiguous ? String(index + 1) : numbered };
}
