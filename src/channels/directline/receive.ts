import { languageTag, messageId } from '../../core/ids.ts';
import type { ActivityReader, Inbox } from '../../core/inbox.ts';
import type { ChannelAddress, InboundContent, MediaKind, SenderFacts } from '../../core/message.ts';
import type { Clock, Randomness } from '../../core/ports.ts';
import type { JsonValue, Values } from '../../core/values.ts';
import { refusal, type Answer } from './answers.ts';
import {
  activityToKeep,
  boundedText,
  clientActivityId,
  memberText,
  type Attachment,
  type ClientActivity,
} from './payloads.ts';
import { activityId, findKept } from './read.ts';
import { directLineChannel } from './send.ts';
import type { Session } from './tokens.ts';

interface ReceiveParts {
  readonly inbox: Inbox;
  readonly reader: ActivityReader;
  readonly clock: Clock;
  readonly random: Randomness;
}

/** Accepted and dropped: they carry nothing the bot acts on, and typing is never stored. */
const passing = new Set(['typing', 'event', 'endOfConversation', 'trace']);
const longestChoice = 256;

/** Where a web chat is answered: its log. */
export function webChatAddress(session: Session): ChannelAddress {
  return { channel: directLineChannel, account: 'webchat', recipient: session.conversation };
}

/** What a client said about its language; a malformed tag says nothing. */
export function senderFacts(locale: string | undefined): SenderFacts {
  const language = /^([a-z]{2,3})(?:[-_]\w{2,8})*$/iu.exec(locale ?? '')?.[1];
  return language === undefined ? {} : { locale: languageTag(language) };
}

/** Takes one activity of a client and answers with its id, after the store has kept it. */
export async function receiveActivity(
  parts: ReceiveParts,
  session: Session,
  activity: ClientActivity,
): Promise<Answer> {
  const from = senderOf(session, activity);
  if (from === undefined) return refusal(400, 'BadArgument', 'from.id is required.');
  if (activity.type === 'conversationUpdate') {
    await parts.inbox.join(session.conversation, webChatAddress(session), senderFacts(activity.locale));
    return passingAnswer(parts, session);
  }
  if (passing.has(activity.type)) return passingAnswer(parts, session);
  if (activity.type !== 'message' && activity.type !== 'messageReaction')
    return refusal(400, 'BadArgument', `Clients may not send activities of this type.`);
  return await keep(parts, session, activity, from);
}

async function keep(
  parts: ReceiveParts,
  session: Session,
  activity: ClientActivity,
  from: Values,
): Promise<Answer> {
  const { conversation } = session;
  const text = activity.text === undefined ? undefined : boundedText(activity.text);
  const named = clientActivityId(activity);
  const kept = activityToKeep(activity, { conversation, from, ...(text === undefined ? {} : { text }) });
  const outcome = await parts.inbox.receive({
    address: webChatAddress(session),
    sender: senderFacts(activity.locale),
    message: {
      messageId: messageId(`${conversation}|${named ?? parts.random.id(128)}`),
      sentAt: parts.clock.now(),
      content: contentOf(activity, text ?? ''),
    },
    from: { kind: 'conversation', conversationId: conversation },
    repeatsBy: 'accept-time',
    activity: kept,
  });
  if (outcome.kind === 'kept' && outcome.log !== undefined)
    return idAnswer(activityId(conversation, outcome.log.serial));
  const first = await findKept(
    parts.reader,
    conversation,
    ({ channelData }) => named !== undefined && memberText(channelData, 'clientActivityID') === named,
  );
  return idAnswer(first ?? `${conversation}|${named ?? 'repeat'}`);
}

/** A bound user is who the token says, whatever the client writes; else the client must say. */
function senderOf(session: Session, activity: ClientActivity): Values | undefined {
  const id = session.user ?? activity.from?.id;
  if (id === undefined || id === '') return undefined;
  const name = session.userName ?? activity.from?.name;
  return { id, ...(name === undefined ? {} : { name }), role: 'user' };
}

function contentOf(activity: ClientActivity, text: string): InboundContent {
  const [attachment] = activity.attachments ?? [];
  const value: unknown = activity['value'];
  if (activity.type === 'messageReaction') return { kind: 'reaction' };
  if (attachment !== undefined) return mediaOf(attachment, text);
  if (typeof value === 'string' && value !== '' && value.length <= longestChoice)
    return { kind: 'choice', value: boundedText(value), title: text === '' ? boundedText(value) : text };
  if (text.trim() !== '') return { kind: 'text', text };
  if (typeof value === 'object' && value !== null)
    return { kind: 'form', name: 'value', answers: boundedText(JSON.stringify(value)) };
  return { kind: 'unsupported' };
}

function mediaOf({ contentType, name }: Attachment, caption: string): InboundContent {
  return {
    kind: 'media',
    media: mediaKindOf(contentType),
    ...(caption === '' ? {} : { caption }),
    ...(name === undefined ? {} : { fileName: boundedText(name) }),
  };
}

function mediaKindOf(contentType: string): MediaKind {
  const [family] = contentType.toLowerCase().split('/');
  return family === 'audio' || family === 'image' || family === 'video' ? family : 'document';
}

function passingAnswer(parts: ReceiveParts, { conversation }: Session): Answer {
  return idAnswer(`${conversation}|${parts.random.id(64)}`);
}

function idAnswer(id: JsonValue): Answer {
  return { status: 200, body: { id } };
}
