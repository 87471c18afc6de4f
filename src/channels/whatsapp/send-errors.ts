import type { ErrorCode } from '../../core/errors.ts';

/** How one of Meta's codes is treated; `afterMs` is the shortest wait before another try. */
export interface SendFailure {
  readonly error: ErrorCode;
  readonly afterMs?: number;
}

const minute = 60_000;
const unavailable: SendFailure = { error: 'send-unavailable' };
const throttled: SendFailure = { error: 'send-throttled', afterMs: minute };
const unknown: SendFailure = { error: 'send-unknown' };
const credentials: SendFailure = { error: 'send-credentials' };
const undeliverable: SendFailure = { error: 'send-undeliverable' };
const rejected: SendFailure = { error: 'send-rejected' };

/**
 * Meta's error codes for sends and statuses, the same list for both (whatsapp-cloud-api.md 6).
 * https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/
 */
const failures: ReadonlyMap<number, SendFailure> = new Map([
  ...entries(unavailable, [2, 131016, 133004, 139102, 139103]),
  ...entries({ error: 'send-unavailable', afterMs: minute }, [131057, 134101, 2494100]),
  ...entries({ error: 'send-unavailable', afterMs: 5 * minute }, [133015]),
  ...entries(throttled, [4, 80007]),
  ...entries({ error: 'send-throttled', afterMs: 4_000 }, [130429]),
  ...entries({ error: 'send-throttled', afterMs: 10 * minute }, [132069]),
  ...entries({ error: 'send-pair-limit', afterMs: 6_000 }, [131056]),
  ...entries(unknown, [1, 131000, 131053]),
  ...entries({ error: 'send-window-closed' }, [131047]),
  ...entries(credentials, [0, 3, 10, 33, 190, 368, 131005, 131031, 131037, 131042, 131044, 131045, 131048]),
  ...entries(credentials, [131064, 133000, 133005, 133006, 133008, 133009, 133010, 133016]),
  ...entries(undeliverable, [130472, 130497, 131021, 131026, 131030, 131049, 131050, 131062, 137000]),
  ...entries(rejected, [100, 131008, 131009, 131051, 131052, 131055, 131060, 131063, 134011, 134100, 134102]),
  ...entries(rejected, [132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132068]),
  ...entries(rejected, [135000, 139100, 139101, 139200]),
]);

/** What to do about a failure, by Meta's code first and by the HTTP status when the code is unknown or missing. */
export function failureOf(code: number | undefined, httpStatus?: number): SendFailure {
  const listed = code === undefined ? undefined : failures.get(code);
  if (listed !== undefined) return listed;
  if (code !== undefined && code >= 200 && code <= 299) return credentials;
  if (httpStatus === 429) return throttled;
  if (httpStatus !== undefined && httpStatus >= 500) return unavailable;
  if (httpStatus === 401 || httpStatus === 403) return credentials;
  return rejected;
}

function entries(failure: SendFailure, codes: readonly number[]): (readonly [number, SendFailure])[] {
  return codes.map((code) => [code, failure] as const);
}
