import type { ChannelName, CountryCode, LanguageTag, MessageId } from './ids.ts';

/** Where a person can be answered. `account` is ours (a phone number id, a site), `recipient` is the person's, in the channel's own form. */
export interface ChannelAddress {
  readonly channel: ChannelName;
  readonly account: string;
  readonly recipient: string;
}

export type MediaKind = 'audio' | 'image' | 'video' | 'document' | 'sticker';

/** What a person sent, freed of the channel's form. Text is untrusted and at most 10,000 characters. */
export type InboundContent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly value: string; readonly title: string }
  | {
      readonly kind: 'media';
      readonly media: MediaKind;
      readonly mediaId?: string;
      readonly caption?: string;
      readonly fileName?: string;
    }
  | { readonly kind: 'location'; readonly latitude: number; readonly longitude: number }
  | { readonly kind: 'contacts' }
  | { readonly kind: 'reaction' }
  | { readonly kind: 'form'; readonly name: string; readonly answers: string }
  | { readonly kind: 'unsupported' };

/** One message from a person. */
export interface InboundMessage {
  readonly messageId: MessageId;
  /** Milliseconds since 1970, by the channel's own clock. */
  readonly sentAt: number;
  readonly content: InboundContent;
  readonly replyTo?: MessageId;
  readonly forwarded?: boolean;
}

/** What a channel knows about the sender besides the address. */
export interface SenderFacts {
  /** Country of the phone number, when it is one of a served country. A +1 number of the United States or Canada gives none. */
  readonly numberCountry?: CountryCode;
  /** Language the client says it uses (web chat). */
  readonly locale?: LanguageTag;
}

/** A choice offered with a message. `title` has no number; the renderer numbers them from 1. */
export interface OutboundChoice {
  readonly value: string;
  readonly title: string;
  readonly description?: string;
}

/**
 * `ordinary`: at least once, repeats avoided. `crisis`: goes first, at once, unpaced, at least once.
 * `disclosure`: status of a document; at most once.
 */
export type SendClass = 'ordinary' | 'crisis' | 'disclosure';

/** One message to a person, rendered. A channel turns it into its own form. */
export interface OutboundMessage {
  readonly text: string;
  readonly language: LanguageTag;
  readonly choices: readonly OutboundChoice[];
  readonly sendClass: SendClass;
  /** Locale keys the text was made from: for journeys and metrics, never for the person. */
  readonly keys: readonly string[];
  /** The caseworker's shown name when a person wrote it. */
  readonly author?: string;
}

/** The words of a message a rule may look at: text, caption, file name or the title of a choice. */
export function wordsOf(content: InboundContent): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'choice':
      return content.title;
    case 'media':
      return [content.caption, content.fileName].filter(Boolean).join(' ');
    case 'form':
      return content.answers;
    case 'location':
    case 'contacts':
    case 'reaction':
    case 'unsupported':
      return '';
    default:
      return assertNever(content);
  }
}

/** Closes a switch over a union; reached only when outside data slipped past its schema. */
export function assertNever(value: never): never {
  throw new TypeError(`unexpected variant ${JSON.stringify((value as { kind?: unknown }).kind)}`);
}
