import express from 'express';
import type { ErrorRequestHandler, Response, Router } from 'express';
import { faultSwitches, phoneAct } from './graph-payloads.ts';
import type { StandIn } from './stand-in.ts';
import { businessNumber } from './webhook-payloads.ts';

const phoneForm = /^\d{8,15}$/u;
const mostPages = 50;

/** The phone page's own API: JSON in and out, news as server-sent events. Meant for the machine of whoever tries Puente. */
export function createPhoneRouter(standIn: StandIn): Router {
  const router = express.Router();
  let pages = 0;
  router.use((_request, response, next) => {
    response.set('cache-control', 'no-store').set('x-content-type-options', 'nosniff');
    next();
  });
  router.use(express.json({ limit: '64kb' }));
  router.param('phone', (_request, response, next, phone) => {
    if (typeof phone === 'string' && phoneForm.test(phone)) next();
    else problem(response, 404, 'No such phone');
  });
  router.get('/phones', (_request, response) => {
    response.json({ business: businessNumber, phones: standIn.phones.numbers(), faults: standIn.faults() });
  });
  router.get('/phones/:phone', ({ params }, response) => {
    const { phones } = standIn;
    response.json({ messages: phones.messages(params.phone), lines: phones.lines(params.phone) });
  });
  router.post('/phones/:phone/messages', (request, response) => {
    const act = phoneAct.safeParse(request.body);
    if (!act.success) {
      problem(response, 400, 'Not something a phone can do');
      return;
    }
    const message = standIn.act(request.params.phone, act.data);
    if (message === undefined) {
      problem(response, 404, 'No such choice');
      return;
    }
    response.status(202).json(message);
  });
  router.get('/phones/:phone/events', (request, response) => {
    if (pages >= mostPages) {
      problem(response, 503, 'Too many pages are open');
      return;
    }
    pages += 1;
    const stop = streamNews(standIn, request.params.phone, response);
    response.on('close', () => {
      pages -= 1;
      stop();
    });
  });
  router.put('/faults', (request, response) => {
    const faults = faultSwitches.safeParse(request.body);
    if (!faults.success) {
      problem(response, 400, 'Not the switches there are');
      return;
    }
    standIn.setFaults(faults.data);
    response.json(faults.data);
  });
  router.use((_request, response) => problem(response, 404, 'No such address'));
  router.use(((_error, _request, response, _next) =>
    problem(response, 400, 'The body cannot be read')) satisfies ErrorRequestHandler);
  return router;
}

/** Writes a phone's news as they come; gives the way to stop. */
function streamNews(standIn: StandIn, phone: string, response: Response): () => void {
  response.set('content-type', 'text/event-stream; charset=utf-8').flushHeaders();
  response.write(': open\n\n');
  const stopLooking = standIn.look(phone);
  const stopListening = standIn.phones.listen((news) => {
    if (news.phone !== phone) return;
    const part = news.kind === 'message' ? news.message : news.line;
    response.write(`event: ${news.kind}\ndata: ${JSON.stringify(part)}\n\n`);
  });
  return () => {
    stopListening();
    stopLooking();
  };
}

function problem(response: Response, status: number, title: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status }));
}
