import type { ConversationEvent } from '../core/event.ts';
import { addressFields, inboundFields, outboundFields } from './message-fields.ts';
import {
  personal,
  plain,
  sensitive,
  under,
  type FieldRow,
  type PathsOf,
  type StoredRecord,
} from './stored-field.ts';

/** What waits in a mailbox for its turn. */
export const eventRecord = {
  what: 'Something that happened to a conversation and waits for its turn.',
  basis: 'asked-for',
  retention: 'mailbox',
  readers: ['program'],
  fields: {
    kind: plain('What happened.'),
    at: personal('When it was accepted.'),
    ...under('address', addressFields),
    'sender.numberCountry': personal('Country of their number, assumed until they say another.'),
    'sender.locale': personal('Language their browser asks for.'),
    ...under('message', inboundFields),
    'aliases[]': personal('Keyed hashes that lead here, so that erasing can remove them.', {
      basis: 'working',
    }),
    urgent: sensitive('Whether it reads like danger, to run it first.', { basis: 'danger' }),
    name: plain('Which timer went off.'),
    requestId: plain('The question that was asked outside or by a caseworker.'),
    caseId: plain('The case a caseworker works on.'),
    'action.kind': plain('What the caseworker does.'),
    'action.by': plain('Which caseworker.'),
    'action.shownName': plain('Name the caseworker shows.', { readers: ['program', 'person'] }),
    'action.text': sensitive('What the caseworker writes to the person.', { readers: ['program', 'person'] }),
    'outcome.**': sensitive('What somebody outside answered.'),
    outboxId: plain('The message that could not be delivered.', { basis: 'working' }),
    error: plain('Why it could not be delivered.', { basis: 'working' }),
    eventId: plain('The event that was set aside.', { basis: 'working' }),
  } satisfies Record<PathsOf<ConversationEvent>, FieldRow>,
} as const satisfies StoredRecord;

/** What is on its way out. The test of completeness holds it together with what delivery writes. */
export const outboxRecord = {
  what: 'Something on its way out.',
  basis: 'asked-for',
  retention: 'outbox',
  readers: ['program'],
  fields: {
    kind: plain('A message, a question to somebody outside, or hashes to forget or to claim.'),
    ...under('message', outboundFields),
    ...under('address', addressFields),
    lastInboundAt: personal('When they last wrote: after 24 hours it may not be sent.'),
    causedAt: personal('When what it answers was accepted, to measure the wait.', { basis: 'working' }),
    requestId: plain('Number of a question.'),
    name: plain('Whom it asks.'),
    'input.**': sensitive('What the question needs.'),
    deadline: plain('When an answer is no longer waited for.'),
    'aliases[]': personal('Keyed hashes that are forgotten after erasing, or lead here again.', {
      basis: 'working',
    }),
  },
} as const satisfies StoredRecord;

const shown = { readers: ['program', 'person'] } as const;

/** What the web chat shows again after a reload. The test of completeness holds it together with what the channel writes. */
export const activityRecord = {
  what: 'An activity of a web chat, in the form of Direct Line. What the person’s own program posted is kept as it came, at most 26 KB.',
  basis: 'asked-for',
  retention: 'conversation',
  readers: ['program'],
  fields: {
    'posted.**': sensitive('What the person wrote, as their program posted it.', shown),
    'activity.type': plain('What kind of activity.'),
    'activity.at': plain('When the self-test asked; only in the self-test’s own conversation.', {
      basis: 'working',
    }),
    'activity.channelId': plain('The channel.'),
    'activity.conversation.id': plain('Random number of the conversation.'),
    'activity.from.id': plain('That the program wrote.'),
    'activity.from.name': plain('Name of the program, or the one the caseworker shows.', shown),
    'activity.from.role': plain('That the program wrote.'),
    'activity.text': sensitive('What the person is told.', shown),
    'activity.textFormat': plain('That it is plain text.'),
    'activity.locale': personal('Its language.'),
    'activity.inputHint': plain('That a choice is expected.'),
    'activity.suggestedActions.to[]': plain('Nobody in particular: always empty.'),
    'activity.suggestedActions.actions[].type': plain('That tapping posts a text.'),
    'activity.suggestedActions.actions[].title': personal('A choice as it is shown.', shown),
    'activity.suggestedActions.actions[].value': personal('What tapping posts.'),
    'activity.channelData.puente.author': plain('Name the caseworker shows.', shown),
    'activity.channelData.puente.choices[].value': personal('What a choice means.'),
    'activity.channelData.puente.choices[].title': personal('A choice as it is shown.', shown),
    'activity.channelData.puente.choices[].description': personal('More about a choice.', shown),
  },
} as const satisfies StoredRecord;
