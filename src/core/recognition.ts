import type { LanguageTag } from './ids.ts';
import type { JsonValue } from './values.ts';

/** Intents of contract.md section 4 that the product understands; finer ones map onto these. */
export const intents = [
  'greeting',
  'thanks_bye',
  'menu_help',
  'training_search',
  'training_enrol',
  'skills_certification',
  'job_search',
  'job_apply',
  'credit_business',
  'credit_housing',
  'credit_simulation',
  'document_status',
  'document_requirements',
  'document_lost',
  'family_document_status',
  'subscribe_status',
  'reception_support',
  'reintegration_programmes',
  'consular_support',
  'office_locations_hours',
  'human_handoff',
  'change_language',
  'privacy_delete_my_data',
  'stop_optout',
  'complaint_feedback',
  'crisis_safety',
  'out_of_scope',
] as const;
export type Intent = (typeof intents)[number];

/** Danger classes of contract.md section 4. */
export type CrisisClass =
  | 'none'
  | 'self_harm'
  | 'violence'
  | 'gbv'
  | 'trafficking'
  | 'extortion_gang'
  | 'child_alone'
  | 'medical_emergency';

/**
 * Slots of contract.md section 4. `country` is ISO 3166 alpha-2; `city` and `department` full names;
 * `occupation` Spanish, lower case. Several values make an array.
 */
export type Slots = Readonly<Record<string, JsonValue>>;

/** What the recogniser makes of a text. It suggests; the core checks. */
export interface Understanding {
  /** Best first, at most three; empty means not understood. Confidence 0 to 1. */
  readonly candidates: readonly { readonly intent: Intent; readonly confidence: number }[];
  /** Intents asked for in the same message, in order, when there are several. */
  readonly requests: readonly Intent[];
  readonly slots: Slots;
  /** Country somebody says they are from, ISO 3166 alpha-2. */
  readonly origin?: string;
  readonly language: LanguageTag;
  /** 0 to 1: how sure the language is; short words are unsure. */
  readonly languageConfidence: number;
  readonly crisis: CrisisClass;
}

/** A country, department or city that may be named in a text, with the ways people write it. */
export interface KnownPlace {
  readonly kind: 'country' | 'department' | 'city';
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** Of a city, where it has one. */
  readonly department?: string;
  readonly name: string;
  /** The name, short names and nicknames. */
  readonly names: readonly string[];
  /** Of a country: what its people are called. */
  readonly people: readonly string[];
}

/** A trade or line of business that may be named in a text: its Spanish name, and the ways people write it. */
export interface KnownTrade {
  readonly name: string;
  readonly words: readonly string[];
}

/** Understands a text without network, within a millisecond, never throwing for any text. */
export interface Recogniser {
  recognise(text: string, hint: { readonly language?: LanguageTag }): Understanding;
  /** The danger class alone, for the accept path: pure, at most 5 ms on 10 KB. */
  crisisOf(text: string): CrisisClass;
}
