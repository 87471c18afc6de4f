import type { CaseId, OutboxId } from '../../core/ids.ts';
import { caseId, outboxId } from '../../core/ids.ts';
import type { CommitRequest } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { list, text } from './reply.ts';

/** What an erasing commit drops beside what its own keys name. Timers are members of the sorted set. */
export interface Erasure {
  readonly outbox: readonly OutboxId[];
  readonly timers: readonly string[];
  readonly cases: readonly CaseId[];
}

const pageSize = 1_000;
/** Ten million entries in one partition. */
const mostPages = 10_000;

/**
 * Searches the partition in pages. Erasing is rare: an index of these for each conversation would cost every message.
 */
export async function findWhatToErase(engine: Engine, request: CommitRequest): Promise<Erasure> {
  const [outbox, timers, cases] = await Promise.all([
    findOutbox(engine, request),
    findTimers(engine, request),
    findCases(engine, request),
  ]);
  return { outbox, timers, cases };
}

async function findOutbox(engine: Engine, request: CommitRequest): Promise<readonly OutboxId[]> {
  const keys = engine.keys(request.partition);
  const found: OutboxId[] = [];
  let after = '0-0';
  for (let page = 0; page < mostPages; page += 1) {
    const reply = await engine.run('outbox-of', [keys.outbox], [request.conversationId, after, pageSize]);
    const [last, ids] = list(reply);
    found.push(...list(ids).map((id) => outboxId(text(id))));
    after = text(last);
    if (after === '') return found;
  }
  throw new Error('the outbox has more entries than can be searched');
}

async function findTimers(engine: Engine, request: CommitRequest): Promise<readonly string[]> {
  const keys = engine.keys(request.partition);
  const { commands } = engine.connections;
  const found = new Set<string>();
  let cursor = '0';
  for (let page = 0; page < mostPages; page += 1) {
    const [next, pairs] = await guarded(() =>
      commands.zscan(keys.timers, cursor, 'MATCH', `${request.conversationId} *`, 'COUNT', pageSize),
    );
    for (let index = 0; index < pairs.length; index += 2) found.add(text(pairs[index]));
    cursor = next;
    if (cursor === '0') return [...found];
  }
  throw new Error('the partition has more timers than can be searched');
}

async function findCases(engine: Engine, request: CommitRequest): Promise<readonly CaseId[]> {
  const { commands } = engine.connections;
  const open = await guarded(() => commands.zrange(engine.keys(request.partition).cases, '0', '-1'));
  const ending = ` ${request.conversationId}`;
  return open
    .filter((member) => member.endsWith(ending))
    .map((member) => caseId(member.slice(0, -ending.length)));
}
