import express, { type Router } from 'express';
import type { Clock } from '../core/ports.ts';

/** What readiness looks at. */
export interface HealthParts {
  readonly clock: Clock;
  /** Throws when nothing can be kept. */
  readonly checkStore: () => Promise<void>;
  /** When the oldest waiting event was accepted, milliseconds since 1970. */
  readonly oldestWaiting: () => Promise<number | undefined>;
  readonly canary: () => {
    /** `waiting`: none came back yet. */
    readonly kind: 'waiting' | 'alive';
    /** Since the last one came back, or since the first one was sent. */
    readonly ageMs: number;
  };
  readonly isStopping: () => boolean;
}

/** Named parts of readiness; all must be true. */
interface Readiness {
  readonly store: boolean;
  readonly lag: boolean;
  readonly canary: boolean;
  readonly running: boolean;
}

/** Older than this, an event waits for a worker that does not come (safety.md R15). */
const longestLag = 60_000;
/** The canary sings every minute; twice silent is too long. */
const longestSilence = 150_000;
const checkWithin = 2_000;

/** `GET /healthz` (the process lives) and `GET /readyz` (messages are kept and answered). */
export function createHealthRouter(parts: HealthParts): Router {
  const router = express.Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const readiness = await readinessOf(parts);
    const isReady = Object.values(readiness).every(Boolean);
    if (!isReady) response.set('retry-after', '5');
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready', ...readiness });
  });
  return router;
}

async function readinessOf(parts: HealthParts): Promise<Readiness> {
  const { clock, canary } = parts;
  const [store, oldest] = await Promise.all([
    within(
      parts,
      parts.checkStore().then(() => true),
    ),
    within(
      parts,
      parts.oldestWaiting().then((at) => at ?? Number.MAX_SAFE_INTEGER),
    ),
  ]);
  return {
    store: store === true,
    lag: oldest !== undefined && clock.now() - oldest < longestLag,
    canary: canary().ageMs < longestSilence,
    running: !parts.isStopping(),
  };
}

/** Undefined when it fails or takes too long. */
function within<Value>({ clock }: HealthParts, work: Promise<Value>): Promise<Value | undefined> {
  return new Promise((resolve) => {
    const cancel = clock.after(checkWithin, () => {
      resolve(undefined);
    });
    work
      .then(resolve, () => {
        resolve(undefined);
      })
      .finally(cancel);
  });
}
