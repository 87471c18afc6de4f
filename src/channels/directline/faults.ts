import type { Request, Response } from 'express';
import { StoreUnavailable } from '../../core/errors.ts';
import type { Log } from '../../core/ports.ts';
import { refusal, storeDown, type Answer } from './answers.ts';

/** What telling of a fault needs. */
export interface FaultParts {
  readonly log: Log;
}

/** The answer to what a route or the reading of its body threw; only faults of our own are logged. */
export function answerToFault(
  parts: FaultParts,
  fault: unknown,
  response: Response,
  request: Request,
): Answer {
  if (fault instanceof StoreUnavailable) return storeDown;
  const status: unknown = fault instanceof Error ? Reflect.get(fault, 'status') : undefined;
  if (status === 413 && request.path.endsWith('/upload'))
    return refusal(413, 'FileTooLarge', 'An upload may have 4 MB.');
  if (status === 413) return refusal(413, 'BadArgument', 'An activity may have 64 KB.');
  if (status === 415) return refusal(415, 'UnsupportedMediaType', 'Send plain UTF-8, not compressed.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return refusal(400, 'BadSyntax', 'The body is not JSON.');
  parts.log.error({
    event: 'direct-line-call-failed',
    channel: 'directline',
    error: fault instanceof Error ? fault.name : 'unknown',
    reference: String(response.get('X-Request-Id')),
  });
  return refusal(500, 'ServiceError', 'Something failed on our side.');
}
