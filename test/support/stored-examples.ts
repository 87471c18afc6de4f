import type { CaseRecord, ConversationState, Ownership } from '../../src/core/conversation.ts';
import type { ConversationEvent, DeskAction } from '../../src/core/event.ts';
import {
  caseId,
  caseworkerId,
  channelName,
  conversationId,
  countryCode,
  dialogId,
  eventId,
  languageTag,
  messageId,
  outboxId,
  requestId,
} from '../../src/core/ids.ts';
import type {
  ChannelAddress,
  InboundContent,
  InboundMessage,
  OutboundMessage,
} from '../../src/core/message.ts';
import type { OutboxEntry } from '../../src/delivery/parts.ts';

const at = Date.UTC(2026, 10, 24, 16, 0);
const address: ChannelAddress = {
  channel: channelName('whatsapp'),
  account: '100000000000001',
  recipient: '50255551234',
};
const es = languageTag('es');
const by = caseworkerId('marta');

const contents: readonly InboundContent[] = [
  { kind: 'text', text: 'busco un curso de soldadura' },
  { kind: 'choice', value: 'enrol', title: 'Me interesa' },
  { kind: 'media', media: 'image', mediaId: 'media-1', caption: 'mi carta', fileName: 'carta.jpg' },
  { kind: 'location', latitude: 14.8, longitude: -91.5 },
  { kind: 'contacts' },
  { kind: 'reaction' },
  { kind: 'form', name: 'value', answers: '{"trade":"cocina"}' },
  { kind: 'unsupported' },
];

const messageOf = (content: InboundContent): InboundMessage => ({
  messageId: messageId('wamid.HBgLNTAyNTU1NTEyMzQ'),
  sentAt: at,
  content,
  replyTo: messageId('wamid.before'),
  forwarded: true,
});

/** A message to a person with everything it can have. */
export const fullMessage: OutboundMessage = {
  text: '¿Qué sigue?',
  language: es,
  choices: [{ value: 'enrol', title: 'Me interesa', description: 'Anotar su interés' }],
  sendClass: 'ordinary',
  keys: ['training:offer'],
  author: 'Marta',
};

const ownerships: readonly Ownership[] = [
  { kind: 'bot' },
  { kind: 'queue', caseId: caseId('case-1') },
  { kind: 'caseworker', caseId: caseId('case-1'), by, shownName: 'Marta' },
];

/** States with everything a state can have, one for each owner. */
export const states: readonly ConversationState[] = ownerships.map((ownership) => ({
  schema: 1,
  conversationId: conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'),
  version: 7,
  address,
  aliases: ['hash-1', 'hash-2'],
  language: { tag: es, chosenBy: 'detected' },
  form: 'usted',
  place: {
    origin: countryCode('GT'),
    now: { country: countryCode('GT'), city: 'Totonicapán', department: 'Totonicapán' },
    numberCountry: countryCode('GT'),
  },
  ownership,
  openCases: [{ caseId: caseId('case-1'), reason: 'in-danger', openedAt: at, former: true }],
  noticeGiven: true,
  stopped: false,
  calm: { caseId: caseId('case-1'), danger: 'violence', toldAt: at, safeToWrite: 'no' },
  lastInboundAt: at,
  dialogs: [
    {
      dialog: dialogId('training'),
      version: 1,
      step: 'offer',
      values: { trade: 'soldadura', place: { country: 'GT', city: 'Totonicapán' }, found: [{ id: 1 }] },
      trail: [{ step: 'askTrade', values: { place: null } }],
      misses: 1,
    },
  ],
  waitingRequests: [{ intent: 'job_search', slots: { city: ['Quetzaltenango', 'Totonicapán'] } }],
  lastSaid: {
    parts: [{ key: 'training:what.any', params: { service: 'Cursos', kilometres: 18 } }],
    choices: [
      { value: 'enrol', title: { key: 'training:choice.enrol', params: { count: 1 } } },
      { value: 'gt-1', title: { text: 'Cursos' }, description: { text: 'Cursos técnicos' } },
    ],
  },
  misses: 0,
  lookUp: { requestId: requestId('request-1'), dialog: dialogId('training'), step: 'search', deadline: at },
  kept: contents.map(messageOf),
  interests: [{ serviceId: 'gt-intecap-courses', trade: 'soldadura', city: 'Totonicapán', at }],
  alike: { hash: 123, count: 2, since: at },
  consents: { understanding: { answer: 'yes', textVersion: 1, at, channel: 'whatsapp' } },
  opinions: { day: 20_781, count: 3 },
}));

/** A case with everything it can have. */
export const cases: readonly CaseRecord[] = [
  {
    caseId: caseId('case-1'),
    conversationId: conversationId('8Hc2mTq1Yw0aZkVbN3xLrQ'),
    reason: 'asked-for-a-person',
    urgency: 'U2',
    openedAt: at,
    status: 'claimed',
    claimedBy: by,
    channel: 'whatsapp',
    language: es,
    brief: { dialog: 'training', place: { country: 'GT' } },
  },
];

const actions: readonly DeskAction[] = [
  { kind: 'claim', by, shownName: 'Marta' },
  { kind: 'reply', by, text: 'Buenos días' },
  { kind: 'return-to-bot', by },
  { kind: 'resolve', by },
];

const sender = { numberCountry: countryCode('GT'), locale: es };

/** An event of every kind, with every content and action; a kind that is missing does not compile. */
export const events: { readonly [Kind in ConversationEvent['kind']]: readonly ConversationEvent[] } = {
  message: contents.map((content) => ({
    kind: 'message',
    at,
    address,
    sender,
    message: messageOf(content),
    aliases: ['hash-1'],
    urgent: false,
  })),
  joined: [{ kind: 'joined', at, address, sender }],
  timer: [{ kind: 'timer', at, name: 'look-up:request-1' }],
  desk: actions.map((action) => ({
    kind: 'desk',
    at,
    requestId: requestId('request-2'),
    caseId: caseId('case-1'),
    action,
  })),
  'look-up-answer': [
    { kind: 'look-up-answer', at, requestId: requestId('request-1'), outcome: { kind: 'found', steps: [1] } },
  ],
  'delivery-failed': [
    { kind: 'delivery-failed', at, outboxId: outboxId('1795435200000-3'), error: 'send-undeliverable' },
  ],
  'address-changed': [{ kind: 'address-changed', at, address }],
  quarantined: [{ kind: 'quarantined', at, eventId: eventId('1795435200000-1'), address, urgent: true }],
  canary: [{ kind: 'canary', at }],
};

/** An outbox entry of every kind; a kind that is missing does not compile. */
export const outboxEntries: { readonly [Kind in OutboxEntry['kind']]: Extract<OutboxEntry, { kind: Kind }> } =
  {
    message: { kind: 'message', message: fullMessage, address, lastInboundAt: at, causedAt: at },
    request: {
      kind: 'request',
      requestId: 'request-1',
      name: 'registry',
      input: { document: 'DPI' },
      deadline: at,
    },
    'forget-aliases': { kind: 'forget-aliases', aliases: ['hash-1'] },
    'claim-aliases': { kind: 'claim-aliases', aliases: ['hash-1'] },
  };
