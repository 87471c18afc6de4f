import type { Engine } from '../core/engine.ts';
import type { Clock, Log, Translator } from '../core/ports.ts';

/** Loads the Bot Framework, which takes half a second: to be called after the server listens. */
export async function loadBotEngine(parts: {
  readonly translator: Translator;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<Engine> {
  const [{ createBotEngine }, { reportSlowTurns }] = await Promise.all([
    import('./engine.ts'),
    import('./middleware.ts'),
  ]);
  const { translator, clock, log } = parts;
  return createBotEngine({ translator, middleware: [reportSlowTurns(clock, log)] });
}
