import type { JsonValue } from '../../core/values.ts';

/** What a Direct Line address answers; routes return it, one place writes it. */
export interface Answer {
  readonly status: number;
  readonly body: JsonValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Codes of Direct Line's error body (reference: direct-line.md 4). */
export type DirectLineCode =
  | 'BadArgument'
  | 'BadSyntax'
  | 'MissingToken'
  | 'TokenExpired'
  | 'Forbidden'
  | 'ConversationNotFound'
  | 'ResourceNotFound'
  | 'FileTooLarge'
  | 'UnsupportedMediaType'
  | 'TooManyRequests'
  | 'ServiceError';

/** A refusal in Direct Line's own form. The message is for developers; people never see it. */
export function refusal(
  status: number,
  code: DirectLineCode,
  message: string,
  headers?: Readonly<Record<string, string>>,
): Answer {
  return { status, body: { error: { code, message } }, ...(headers === undefined ? {} : { headers }) };
}

/** 429 with the time to wait. */
export function tooMany(afterMs: number): Answer {
  return refusal(429, 'TooManyRequests', 'Too many requests; wait before trying again.', {
    'Retry-After': String(Math.max(1, Math.ceil(afterMs / 1000))),
  });
}

/** 503: nothing was kept; the same call may be made again. */
export const storeDown = refusal(503, 'ServiceError', 'Nothing can be kept at the moment; try again.', {
  'Retry-After': '2',
});
