// F1 of performance.md: Express 5, raw body, HMAC-SHA256 check, JSON.parse of a WhatsApp text webhook, 200.
import express from 'express';
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { appSecret } from './messages.ts';

const app = express();
app.post('/webhooks/whatsapp', express.raw({ type: '*/*', limit: '3mb' }), (request, response) => {
  const body = request.body as Buffer; // express.raw gives a Buffer
  const expected = Buffer.from(`sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`);
  const given = Buffer.from(request.get('x-hub-signature-256') ?? '');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    response.sendStatus(401);
    return;
  }
  JSON.parse(body.toString());
  response.sendStatus(200);
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
