import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { StoreUnavailable } from '../core/errors.ts';
import type { Log, Randomness } from '../core/ports.ts';

/** Fixed titles, so that nothing of a request comes back in them. */
const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'There is nothing here',
  405: 'Not this method here',
  408: 'The request took too long',
  413: 'The body is too large',
  415: 'This kind of body is not taken',
  429: 'Too many requests',
  500: 'Something failed on our side',
  503: 'Nothing can be kept now; try again soon',
};

/** Answers with `application/problem+json`, with an id that the log has too. */
export function sendProblem(response: Response, status: number, instance: string): void {
  const title = titles[status] ?? 'The request was refused';
  response
    .status(status)
    .set('cache-control', 'no-store')
    .set('x-request-id', instance)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, instance }));
}

/** The last handler of all: nobody else answers this address. */
export function noSuchAddress(random: Randomness): RequestHandler {
  return (_request, response) => {
    sendProblem(response, 404, random.id(96));
  };
}

/** What a handler threw: never a stack and never a version for the caller, the error's class for the log. */
export function faultHandler(log: Log, random: Randomness): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const reference = random.id(96);
    const status = statusOf(error);
    const fields = {
      event: 'request-failed',
      status,
      reference,
      error: error instanceof Error ? error.name : typeof error,
    };
    if (status >= 500) log.error(fields);
    else log.info(fields);
    if (status === 503) response.set('retry-after', '5');
    sendProblem(response, status, reference);
  };
}

function statusOf(error: unknown): number {
  if (error instanceof StoreUnavailable) return 503;
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}
