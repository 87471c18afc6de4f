import { firstAliasDay } from './aliases.ts';
import type { Engine } from './engine.ts';
import { text } from './rows.ts';

const hourMs = 3_600_000;
const sweepEveryMs = 60_000;
/** Conversations and aliases in one sweep: what is more has to wait a round of the event loop. */
const mostAtOnce = 50;

/** The hour, since 1970, that a moment lies in. */
export const hourOf = (at: number): number => Math.floor(at / hourMs);

/**
 * Drops states, logs and aliases whose time is over. Nobody reads them from the very millisecond on; their bytes go within
 * the hour after. Gives the way to stop.
 */
export function startSweeping(engine: Engine): () => void {
  const findStates = engine.prepare('SELECT conversation FROM states WHERE last_hour < ? LIMIT ?');
  const dropState = engine.prepare('DELETE FROM states WHERE conversation = ?');
  const findLogs = engine.prepare('SELECT conversation FROM logs WHERE last_hour < ? LIMIT ?');
  const dropLog = engine.prepare('DELETE FROM logs WHERE conversation = ?');
  const dropEntries = engine.prepare('DELETE FROM log_entries WHERE conversation = ?');
  const findAliases = engine.prepare('SELECT hash FROM aliases WHERE last_day < ? LIMIT ?');
  const dropAlias = engine.prepare('DELETE FROM aliases WHERE hash = ?');
  let cancel: () => void = () => undefined;
  let isStopped = false;

  const findDue = () => {
    const hour = hourOf(engine.clock.now());
    return {
      states: findStates.all(hour, mostAtOnce),
      logs: findLogs.all(hour, mostAtOnce),
      aliases: findAliases.all(firstAliasDay(engine.clock.now()), mostAtOnce),
    };
  };
  const sweepSome = async (): Promise<boolean> => {
    const due = await engine.read(findDue);
    if (due.states.length + due.logs.length + due.aliases.length === 0) return false;
    await engine.write(() => {
      const { states, logs, aliases } = findDue();
      for (const row of states) dropState.run(text(row, 'conversation'));
      for (const row of aliases) dropAlias.run(text(row, 'hash'));
      for (const row of logs) {
        dropLog.run(text(row, 'conversation'));
        dropEntries.run(text(row, 'conversation'));
      }
    });
    engine.scrubber.ask();
    return true;
  };
  const sweep = async (): Promise<void> => {
    while (!isStopped && (await sweepSome()));
  };
  const sweepLater = (): void => {
    if (isStopped) return;
    cancel = engine.clock.after(sweepEveryMs, () => {
      sweep()
        .catch(() => engine.log?.warn({ event: 'sqlite-fault', error: 'sweep' }))
        .finally(sweepLater);
    });
  };
  sweepLater();
  return () => {
    isStopped = true;
    cancel();
  };
}
