import { createHmac } from 'node:crypto';

/** What the load generator and the floors agree on. */
export const appSecret = 'bench-app-secret-bench-app-secret';
export const phoneNumberId = '106540352242922';

/** A WhatsApp text webhook of about 900 bytes, as Meta sends it. Fictional numbers. */
export function textWebhook(options: {
  readonly from: string;
  readonly id: string;
  readonly at: number;
  readonly text: string;
}): Buffer {
  const { from, id, at, text } = options;
  const padding = 'x'.repeat(Math.max(0, 330 - text.length));
  return Buffer.from(
    JSON.stringify({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '102290129340398',
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: { display_phone_number: '50255550100', phone_number_id: phoneNumberId },
                contacts: [{ profile: { name: `Bench ${padding.slice(0, 200)}` }, wa_id: from }],
                messages: [
                  {
                    from,
                    id: `wamid.${id}`,
                    timestamp: String(Math.floor(at / 1000)),
                    type: 'text',
                    text: { body: text },
                  },
                ],
              },
            },
          ],
        },
      ],
    }),
  );
}

/** Value of X-Hub-Signature-256. */
export const signatureOf = (body: Uint8Array): string =>
  `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`;
