import { StoreUnavailable } from '../../core/errors.ts';

/** First words of Redis answers that mean "not now": https://redis.io/docs/latest/develop/reference/protocol-spec/ */
const notNow = new Set([
  'READONLY',
  'LOADING',
  'CLUSTERDOWN',
  'MASTERDOWN',
  'NOREPLICAS',
  'OOM',
  'MISCONF',
  'TRYAGAIN',
  'BUSY',
  'MOVED',
  'ASK',
  'UNBLOCKED',
  'NOAUTH',
  'WRONGPASS',
  'NOPERM',
]);

/** Redis 6 wraps the word of a script's error in a sentence of its own. */
const wrapped = /-(READONLY|OOM|MISCONF|NOREPLICAS|NOPERM)\b/;

/** The word a Redis answer of trouble begins with; `connection` when no answer came; undefined for a fault of ours. */
export function troubleOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return 'connection';
  if (error.name !== 'ReplyError') return 'connection';
  const word = error.message.split(' ', 1)[0] ?? '';
  if (notNow.has(word)) return word;
  if (error.message.includes('max number of clients')) return 'clients';
  return wrapped.exec(error.message)?.[1];
}

/**
 * Says what may be logged: ioredis hangs the command with its arguments (login, bodies) on its errors,
 * so the cause is made anew from the name and the message.
 */
export function unavailable(error: unknown, trouble: string): StoreUnavailable {
  const cause = new Error(error instanceof Error ? error.message : 'no error was given');
  if (error instanceof Error) cause.name = error.name;
  return new StoreUnavailable(`Redis cannot keep or read data now (${trouble})`, { cause });
}

/** The fault as others may see it: trouble becomes StoreUnavailable, a mistake of ours goes on without its arguments. */
export function faultOf(error: unknown): Error {
  if (error instanceof StoreUnavailable) return error;
  const trouble = troubleOf(error);
  if (trouble !== undefined) return unavailable(error, trouble);
  return new Error('Redis refused a command', { cause: unavailable(error, 'refused').cause });
}

/** Awaits an answer of Redis; what it throws leaves as `faultOf` says. */
export async function guarded<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    throw faultOf(error);
  }
}
