import express from 'express';
import type { ErrorRequestHandler, Request, Response, Router } from 'express';
import type { Clock } from '../../core/ports.ts';
import { graphSend } from './graph-payloads.ts';
import type { StandIn } from './stand-in.ts';
import { phoneOf, userIdOf } from './webhook-payloads.ts';

interface Refusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
}

/** `POST /:version/:phoneNumberId/messages` as Meta answers it. Any bearer token is taken; its value is not looked at. */
export function createGraphRouter(standIn: StandIn, phoneNumberId: string, clock: Clock): Router {
  const router = express.Router();
  router.use(express.json({ limit: '64kb' }));
  router.post('/:version/:phoneNumberId/messages', (request, response) => {
    const start = clock.monotonic();
    const send = graphSend.safeParse(request.body);
    const phone = send.success ? phoneOf(send.data) : undefined;
    const refusal = refusalOf(request, phoneNumberId, phone !== undefined, standIn);
    const note = (status: number): void => {
      if (phone === undefined) return;
      const ms = Math.round(clock.monotonic() - start);
      const body: unknown = request.body;
      standIn.phones.addLine(phone, { at: clock.now(), kind: 'send', answer: status, ms, body });
    };
    if (refusal !== undefined || !send.success || phone === undefined) {
      note(refusal?.status ?? 400);
      refuse(response, refusal ?? invalid);
      return;
    }
    note(standIn.faults().answerLost ? 0 : 200);
    const id = standIn.keepSend(phone, send.data);
    if (standIn.faults().answerLost) {
      request.socket.destroy();
      return;
    }
    const contact = { input: send.data.to ?? send.data.recipient, wa_id: phone, user_id: userIdOf(phone) };
    response.json({ messaging_product: 'whatsapp', contacts: [contact], messages: [{ id }] });
  });
  router.use((_request, response) => refuse(response, { ...invalid, status: 404 }));
  router.use(((_error, _request, response, _next) =>
    refuse(response, invalid)) satisfies ErrorRequestHandler);
  return router;
}

const invalid: Refusal = { status: 400, code: 100, message: 'Invalid parameter' };

function refusalOf(
  request: Request,
  phoneNumberId: string,
  isReadable: boolean,
  standIn: StandIn,
): Refusal | undefined {
  if (!/^Bearer \S+$/u.test(request.get('authorization') ?? '')) {
    return { status: 401, code: 190, message: 'Invalid OAuth access token' };
  }
  if (request.params['phoneNumberId'] !== phoneNumberId || !isReadable) return invalid;
  const { graphFails, windowClosed } = standIn.faults();
  if (graphFails) return { status: 500, code: 131000, message: 'Something went wrong' };
  if (windowClosed) return { status: 400, code: 131047, message: 'Re-engagement message' };
  return undefined;
}

function refuse(response: Response, { status, code, message }: Refusal): void {
  response.status(status).json({
    error: { message: `(#${code}) ${message}`, type: 'OAuthException', code, fbtrace_id: 'simulated' },
  });
}
