import { parse } from 'yaml';
import { z } from 'zod';
import { intents } from '../core/recognition.ts';

const duty = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('on-duty'), withinMinutes: z.number() }),
  z.strictObject({ kind: z.literal('off-hours'), opensAt: z.iso.datetime({ offset: true }) }),
  z.strictObject({ kind: z.literal('long-queue'), waiting: z.number(), withinMinutes: z.number() }),
  z.strictObject({ kind: z.literal('nobody'), contact: z.string().optional() }),
]);

const words = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

const step = z.union([
  z.strictObject({ person: z.string() }),
  z.strictObject({ tap: z.string() }),
  z.strictObject({
    sends: z.enum(['audio', 'image', 'video', 'document', 'sticker', 'location', 'contacts']),
  }),
  /** What somebody outside answers to the question under way; `late`: nothing in time. */
  z.strictObject({ opinion: z.enum([...intents, 'nothing', 'late']) }),
  z.strictObject({ wait: z.string().regex(/^\d+ (?:minute|hour|day)s?$/u) }),
  z.strictObject({
    bot: words,
    says: words.optional(),
    'does not say': words.optional(),
    choices: words.optional(),
  }),
]);

const journey = z.strictObject({
  title: z.string(),
  language: z.string().default('es'),
  number: z.string().optional(),
  channel: z.string().default('whatsapp'),
  organisation: z.enum(['ngo', 'municipality', 'government', 'international', 'church']).default('ngo'),
  duty: duty.default({ kind: 'on-duty', withinMinutes: 20 }),
  /** Whether the operator has somebody outside to ask what a message means. */
  'second opinion': z.boolean().default(false),
  steps: z.array(step).min(1),
  after: z
    .strictObject({
      language: z.string().optional(),
      ownership: z.enum(['bot', 'queue', 'caseworker']).optional(),
      cases: z.array(z.string()).optional(),
      interests: z.array(z.string()).optional(),
      country: z.string().optional(),
      stopped: z.boolean().optional(),
      erased: z.boolean().optional(),
      calm: z.boolean().optional(),
      'notice given': z.boolean().optional(),
      /** Texts that were handed to somebody outside. */
      'asked outside': words.optional(),
    })
    .default({}),
});

/** A talk as a caseworker would write it down: what the person sends, the keys of what the bot answers, what holds after. */
export type Journey = z.infer<typeof journey>;
/** One line of a journey. */
export type JourneyStep = z.infer<typeof step>;

/** Reads a file of journeys, one a YAML document. Throws a ZodError or a YAML error that names the place. */
export function readJourneys(text: string): readonly Journey[] {
  return text
    .split(/^---$/mu)
    .filter((part) => part.trim() !== '')
    .map((part) => journey.parse(parse(part)));
}
