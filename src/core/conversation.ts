import type {
  CaseId,
  CaseworkerId,
  ConversationId,
  CountryCode,
  DialogId,
  LanguageTag,
  RequestId,
} from './ids.ts';
import type { ChannelAddress, InboundMessage, OutboundMessage } from './message.ts';
import type { Intent } from './recognition.ts';
import type { SayChoice, SayPart, Values } from './values.ts';

/** Who answers: in `queue` the bot keeps answering; only `caseworker` silences it. */
export type Ownership =
  | { readonly kind: 'bot' }
  | { readonly kind: 'queue'; readonly caseId: CaseId }
  | {
      readonly kind: 'caseworker';
      readonly caseId: CaseId;
      readonly by: CaseworkerId;
      readonly shownName: string;
    };

/** Three facts kept apart, product.md section 2. `assumed` is what an answer may work with until the person says otherwise. */
export interface PlaceFacts {
  /** Country the person is from, said by them. */
  readonly origin?: CountryCode;
  /** Where the person is now, said by them. */
  readonly now?: { readonly country: CountryCode; readonly city?: string; readonly department?: string };
  /** Country of the phone number. */
  readonly numberCountry?: CountryCode;
}

/** One open dialog. The step is saved by name. */
export interface DialogFrame {
  readonly dialog: DialogId;
  readonly version: number;
  readonly step: string;
  readonly values: Values;
  /** Steps that asked something, oldest first, with the values before them: for "back". At most ten. */
  readonly trail: readonly { readonly step: string; readonly values: Values }[];
  /** Failed attempts to understand the answer to the waiting question. */
  readonly misses: number;
}

/** What the bot last said, to repeat it and to resolve "2". Kept unrendered. */
export interface LastSaid {
  readonly parts: readonly SayPart[];
  readonly choices: readonly SayChoice[];
}

/** What a person registered interest in. */
export interface Interest {
  readonly serviceId: string;
  readonly trade?: string;
  readonly city?: string;
  readonly at: number;
}

/** Form of address; usted opens everywhere (reference/dialogues.md rule 3). */
export type AddressForm = 'usted' | 'vos' | 'tu';

/** A case of this conversation that nobody resolved yet. */
export interface OpenCase {
  readonly caseId: CaseId;
  readonly reason: CaseReason;
  readonly openedAt: number;
  /** Of who wrote from here before: for the team only. */
  readonly former?: true;
}

/** The one document of a conversation. Sealed before it is stored; every field is in the field registry. */
export interface ConversationState {
  readonly schema: 1;
  readonly conversationId: ConversationId;
  /** Counts commits; the store refuses a commit on another version. */
  readonly version: number;
  readonly address?: ChannelAddress;
  readonly aliases: readonly string[];
  readonly language: { readonly tag: LanguageTag; readonly chosenBy: 'default' | 'detected' | 'person' };
  readonly form: AddressForm;
  readonly place: PlaceFacts;
  readonly ownership: Ownership;
  readonly openCases: readonly OpenCase[];
  readonly noticeGiven: boolean;
  /** The person wrote ALTO: nothing is written to them unasked. */
  readonly stopped: boolean;
  /**
   * Nothing but answers until this case is closed (safety.md D5). Until then also of which class the danger is, when that
   * was answered in full, and whether it is safe to write here.
   */
  readonly calm?: {
    readonly caseId: CaseId;
    readonly danger?: string;
    readonly toldAt?: number;
    readonly safeToWrite?: string;
  };
  readonly lastInboundAt?: number;
  /** Innermost dialog last. At most five. */
  readonly dialogs: readonly DialogFrame[];
  /** Requests of one message that wait for their turn. At most three. */
  readonly waitingRequests: readonly { readonly intent: Intent; readonly slots: Values }[];
  readonly lastSaid?: LastSaid;
  /** Messages in a row that nothing understood, outside any question. */
  readonly misses: number;
  /** A remote look-up under way: the turn goes on when its answer or its deadline comes. */
  readonly lookUp?: {
    readonly requestId: RequestId;
    readonly dialog: DialogId;
    readonly step: string;
    readonly deadline: number;
  };
  /** Ordinary messages that came meanwhile. At most five. */
  readonly kept: readonly InboundMessage[];
  readonly interests: readonly Interest[];
  /** Times of the last messages of equal text, for the loop breaker (safety.md R19). */
  readonly alike?: { readonly hash: number; readonly count: number; readonly since: number };
  /** What they were asked to allow. Absent: not asked. */
  readonly consents?: Readonly<Partial<Record<ConsentPurpose, Consent>>>;
  /** Messages of a day that somebody outside was asked about. */
  readonly opinions?: { readonly day: number; readonly count: number };
}

/** What a person may allow, each on its own (safety.md A3). */
export type ConsentPurpose = 'understanding';

/** An answer to a question for consent: which words were asked, when and where. */
export interface Consent {
  readonly answer: 'yes' | 'no' | 'never';
  readonly textVersion: number;
  readonly at: number;
  readonly channel: string;
}

/** What a case says. Sealed with the person's key; urgency, time and state stay outside for ordering. */
export interface CaseRecord {
  readonly caseId: CaseId;
  readonly conversationId: ConversationId;
  readonly reason: CaseReason;
  /** U1 at once, U2 the same working day, U3 when it comes up (safety.md section 4). */
  readonly urgency: 'U1' | 'U2' | 'U3';
  readonly openedAt: number;
  readonly status: 'open' | 'claimed' | 'resolved';
  readonly claimedBy?: CaseworkerId;
  readonly channel: string;
  readonly language: LanguageTag;
  /** Topic, place, what was tried: locale keys and directory words, never the person's text. */
  readonly brief: Values;
}

export type CaseReason =
  | 'asked-for-a-person'
  | 'not-understood'
  | 'wants-to-enrol'
  | 'in-danger'
  | 'message-not-delivered'
  | 'message-failed'
  | 'late-message'
  | 'loop';

/** What a turn decided. The edges carry it out, all in one commit. */
export type Effect =
  | { readonly kind: 'send'; readonly say: Say }
  | { readonly kind: 'send-written'; readonly message: OutboundMessage }
  | { readonly kind: 'set-timer'; readonly name: string; readonly dueAt: number }
  | { readonly kind: 'clear-timer'; readonly name: string }
  | { readonly kind: 'put-case'; readonly case: CaseRecord }
  | { readonly kind: 'close-case'; readonly caseId: CaseId }
  | {
      readonly kind: 'request';
      readonly requestId: RequestId;
      readonly name: string;
      readonly input: Values;
      readonly deadline: number;
    }
  | { readonly kind: 'desk-outcome'; readonly requestId: string; readonly outcome: DeskOutcome }
  | { readonly kind: 'canary-answer'; readonly at: number }
  | { readonly kind: 'erase' };

/** What came of a desk action; the first claim in mailbox order wins. */
export type DeskOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'taken'; readonly by: CaseworkerId }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'window-closed' };

/** A message to a person before rendering. A turn sends at most one. */
export interface Say {
  readonly parts: readonly SayPart[];
  readonly choices: readonly SayChoice[];
  readonly sendClass: OutboundMessage['sendClass'];
  readonly language: LanguageTag;
  readonly form: AddressForm;
}
