import { z } from 'zod';

/** What Meta takes at `messages`, with its limits (whatsapp-cloud-api.md 4.3); an unknown field is refused like Meta does. */
const reply = z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) });
const row = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(24),
  description: z.string().max(72).optional(),
});
const body = z.strictObject({ text: z.string().min(1).max(1024) });

const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    body,
    action: z.strictObject({
      buttons: z
        .array(z.strictObject({ type: z.literal('reply'), reply }))
        .min(1)
        .max(3),
    }),
  }),
  z.strictObject({
    type: z.literal('list'),
    body,
    action: z.strictObject({
      button: z.string().min(1).max(20),
      sections: z
        .array(z.strictObject({ title: z.string().max(24).optional(), rows: z.array(row).min(1).max(10) }))
        .min(1)
        .max(10),
    }),
  }),
]);
export type GraphInteractive = z.infer<typeof interactive>;

const common = {
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').optional(),
  to: z
    .string()
    .regex(/^\+?\d{6,15}$/u)
    .optional(),
  recipient: z
    .string()
    .regex(/^[A-Z]{2}\.\d{6,15}$/u)
    .optional(),
  context: z.strictObject({ message_id: z.string() }).optional(),
  biz_opaque_callback_data: z.string().max(512).optional(),
};

/** The body of a send, as far as this stand-in takes it: texts, buttons and lists. */
export const graphSend = z.discriminatedUnion('type', [
  z.strictObject({
    ...common,
    type: z.literal('text'),
    text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...common, type: z.literal('interactive'), interactive }),
]);
export type GraphSend = z.infer<typeof graphSend>;

/** What the phone page may do. */
export const phoneAct = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string().trim().min(1).max(10_000) }),
  z.strictObject({
    kind: z.literal('choice'),
    messageId: z.string().min(1).max(512),
    value: z.string().min(1).max(256),
  }),
  z.strictObject({ kind: z.literal('voice') }),
  z.strictObject({ kind: z.literal('photo') }),
  z.strictObject({ kind: z.literal('location') }),
]);
export type PhoneAct = z.infer<typeof phoneAct>;

/** Faults that can be switched on, to see what the service makes of them. */
export const faultSwitches = z.strictObject({
  graphFails: z.boolean(),
  answerLost: z.boolean(),
  windowClosed: z.boolean(),
  noStatuses: z.boolean(),
  webhookTwice: z.boolean(),
});
export type FaultSwitches = z.infer<typeof faultSwitches>;
