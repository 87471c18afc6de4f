import { createHmac } from 'node:crypto';

/** What a fault run and the service agree on. Fictional. */
export const faultSecrets = {
  WHATSAPP_APP_SECRET: 'fault-run-app-key-0123456789abcdef',
  WHATSAPP_VERIFY_TOKEN: 'fault-run-verify-0123456789abcdef',
  WHATSAPP_ACCESS_TOKEN: 'fault-run-access-0123456789abcdef',
  WHATSAPP_PHONE_NUMBER_ID: '106540352242922',
} as const;

const value = {
  messaging_product: 'whatsapp',
  metadata: { display_phone_number: '50255550100', phone_number_id: faultSecrets.WHATSAPP_PHONE_NUMBER_ID },
};

/** A text from a person, as Meta posts it. `at` in milliseconds. */
export function textWebhook(message: { from: string; id: string; at: number; text: string }): Buffer {
  const { from, id, at, text } = message;
  const timestamp = String(Math.floor(at / 1000));
  return webhook({
    ...value,
    contacts: [{ profile: { name: 'Persona' }, wa_id: from }],
    messages: [{ from, id, timestamp, type: 'text', text: { body: text } }],
  });
}

/** The report that a message of ours was delivered. */
export function statusWebhook(status: { to: string; id: string; tag: string }): Buffer {
  const { to, id, tag } = status;
  const timestamp = String(Math.floor(Date.now() / 1000));
  const one = { id, status: 'delivered', timestamp, recipient_id: to, biz_opaque_callback_data: tag };
  return webhook({ ...value, statuses: [one] });
}

function webhook(content: object): Buffer {
  const changes = [{ field: 'messages', value: content }];
  return Buffer.from(
    JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '102290129340398', changes }] }),
  );
}

/** Posts signed; true when it was acknowledged. A connection that breaks is no acknowledgement. */
export async function signedPost(url: string, body: Buffer): Promise<boolean> {
  const signature = createHmac('sha256', faultSecrets.WHATSAPP_APP_SECRET).update(body).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(5_000),
    });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}
