import { z } from 'zod';

/** Meta's own shapes, as far as Puente reads them. Unknown keys are dropped, so a new field of Meta's never stops a message. */
const text = z.string();
/** Seconds since 1970 as digits; some senders give milliseconds or a number. */
const timestamp = z.union([z.string().regex(/^\d{1,16}$/u), z.number().int().min(0).max(9e15)]);
const providerErrors = z.array(z.object({ code: z.number().int() })).max(20);

const media = z.object({ id: text.optional(), caption: text.optional(), filename: text.optional() });
const reply = z.object({ id: text.min(1), title: text });

/** What each `type` of message carries; read only for its own type. */
export const contents = {
  text: z.object({ body: text }),
  interactive: z.object({
    type: text,
    button_reply: reply.optional(),
    list_reply: reply.optional(),
    nfm_reply: z.object({ name: text.optional(), response_json: text }).optional(),
  }),
  button: z.object({ payload: text.optional(), text }),
  media,
  location: z.object({ latitude: z.number(), longitude: z.number() }),
  system: z.object({
    type: text,
    wa_id: text.optional(),
    user_id: text.optional(),
    parent_user_id: text.optional(),
    previous_user_id: text.optional(),
    previous_parent_user_id: text.optional(),
  }),
} as const;

/** One of `value.messages[]`; the part named by `type` is read by `contents`. */
export const inboundMessage = z.object({
  id: text.min(1).max(512),
  timestamp,
  type: text,
  from: text.optional(),
  from_user_id: text.optional(),
  from_parent_user_id: text.optional(),
  group_id: text.optional(),
  context: z
    .object({
      id: text.optional(),
      forwarded: z.boolean().optional(),
      frequently_forwarded: z.boolean().optional(),
    })
    .optional(),
  text: z.unknown().optional(),
  interactive: z.unknown().optional(),
  button: z.unknown().optional(),
  audio: z.unknown().optional(),
  image: z.unknown().optional(),
  video: z.unknown().optional(),
  document: z.unknown().optional(),
  sticker: z.unknown().optional(),
  location: z.unknown().optional(),
  system: z.unknown().optional(),
});
export type WhatsAppMessage = z.infer<typeof inboundMessage>;

/** One of `value.statuses[]`. */
export const statusUpdate = z.object({
  id: text,
  status: text,
  timestamp,
  biz_opaque_callback_data: text.optional(),
  errors: providerErrors.optional(),
});

/** One of `value.contacts[]`: only the ids; the name is chosen by the user and not needed. */
export const contact = z.object({
  wa_id: text.optional(),
  user_id: text.optional(),
  parent_user_id: text.optional(),
});
export type WhatsAppContact = z.infer<typeof contact>;

/** `value` of a change whose field is `messages`. Messages and statuses are read one by one. */
export const messagesValue = z.object({
  metadata: z.object({ phone_number_id: text.min(1), display_phone_number: text.optional() }),
  contacts: z.array(z.unknown()).nullish(),
  messages: z.array(z.unknown()).nullish(),
  statuses: z.array(z.unknown()).nullish(),
  errors: providerErrors.nullish(),
});

/** The envelope of every webhook body. Meta sends at most 1,000 updates in one. */
export const envelope = z.object({
  object: text,
  entry: z
    .array(
      z.object({
        changes: z.array(z.object({ field: text, value: z.unknown().optional() })).max(1000),
      }),
    )
    .max(1000),
});

/** Meta's answer to a send that failed. */
export const graphError = z.object({ error: z.object({ code: z.number().int() }) });
