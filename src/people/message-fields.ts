import type { ChannelAddress, InboundMessage, OutboundMessage } from '../core/message.ts';
import { personal, plain, sensitive, type FieldRow, type PathsOf } from './stored-field.ts';

/** Where a person is answered. */
export const addressFields = {
  channel: plain('Which channel the person writes on.'),
  account: plain('Which of our numbers or pages they wrote to.'),
  recipient: sensitive('Their number or id on the channel, to answer there.'),
} satisfies Record<PathsOf<ChannelAddress>, FieldRow>;

/** A message from a person. */
export const inboundFields = {
  messageId: sensitive(
    'The channel’s id of the message, which can contain a phone number: to answer it once.',
  ),
  sentAt: personal('When they wrote it: order, and the 24 hours in which an answer may be sent.'),
  'content.kind': plain('Whether it is a text, a choice, a file, a place.'),
  'content.text': sensitive('What they wrote, to answer it.'),
  'content.value': personal('The choice they tapped.'),
  'content.title': personal('The choice they tapped, as it was shown.'),
  'content.media': plain('What kind of file they sent.'),
  'content.mediaId': personal('The channel’s id of a file.'),
  'content.caption': sensitive('What they wrote under a file, to answer it and to see danger.'),
  'content.fileName': sensitive('Name of a file, to see danger in it.'),
  'content.latitude': sensitive('A place they sent; gone with the turn.'),
  'content.longitude': sensitive('A place they sent; gone with the turn.'),
  'content.name': plain('Which form they filled in.'),
  'content.answers': sensitive('What they filled in.'),
  replyTo: sensitive('The message they answered to.'),
  forwarded: plain('Whether it was forwarded.'),
} satisfies Record<PathsOf<InboundMessage>, FieldRow>;

/** A message to a person. */
export const outboundFields = {
  text: sensitive('What the person is told.', { readers: ['program', 'person'] }),
  language: plain('Its language.'),
  'choices[].value': personal('What tapping a choice means.'),
  'choices[].title': personal('A choice as it is shown.', { readers: ['program', 'person'] }),
  'choices[].description': personal('More about a choice.', { readers: ['program', 'person'] }),
  sendClass: personal('Whether it is ordinary, about danger, or the status of a document.'),
  'keys[]': personal('Which texts it was made from, for counting.'),
  author: plain('Name the caseworker shows.', { readers: ['program', 'person'] }),
} satisfies Record<PathsOf<OutboundMessage>, FieldRow>;
