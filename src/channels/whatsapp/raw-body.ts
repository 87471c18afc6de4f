import type { IncomingMessage } from 'node:http';
import type { Clock } from '../../core/ports.ts';

/** The bytes of a request, or why they were not taken. */
export type RawBody =
  | { readonly kind: 'read'; readonly body: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'cut-off' };

/** Reads the exact bytes, at most `limit` of them and for at most `withinMs`; the rest of a larger body is let run out unread. */
export function readRawBody(
  request: IncomingMessage,
  limit: number,
  withinMs: number,
  clock: Clock,
): Promise<RawBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (result: RawBody): void => {
      cancel();
      request.off('data', take).off('end', finish).off('error', cut).off('close', cut);
      if (result.kind !== 'read') discard(request);
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) settle({ kind: 'too-large' });
      else chunks.push(chunk);
    };
    const finish = (): void => settle({ kind: 'read', body: joined(chunks) });
    const cut = (): void => settle({ kind: 'cut-off' });
    const cancel = clock.after(withinMs, () => settle({ kind: 'too-slow' }));
    if (Number(request.headers['content-length'] ?? 0) > limit) settle({ kind: 'too-large' });
    else request.on('data', take).on('end', finish).on('error', cut).on('close', cut);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

function discard(request: IncomingMessage): void {
  request.on('error', () => undefined);
  request.resume();
}
