import type { CaseId, ConversationId, Partition } from '../../core/ids.ts';
import { caseId, conversationId } from '../../core/ids.ts';
import type { Store, StoredCase } from '../../core/store.ts';
import type { Engine } from './engine.ts';
import { guarded } from './faults.ts';
import { unpackCase } from './packing.ts';
import { bytesOrNone, list } from './reply.ts';

/** Milliseconds since 1970 stay below this until the year 2286, so rank and time fit one exact number. */
const rankStep = 1e13;

/** Score of a case: by rank, then by time. */
export const caseScore = (rank: number, openedAt: number): number => rank * rankStep + openedAt;

/** Member of the sorted set: which case, of which conversation. */
export const caseMember = (id: CaseId, conversation: ConversationId): string => `${id} ${conversation}`;

interface Listed {
  readonly partition: Partition;
  readonly member: string;
  readonly score: number;
}

/** Open cases: one round for the lists of all partitions, one for the cases. */
export function createCases(engine: Engine): Pick<Store, 'listCases'> {
  return {
    listCases: async () => {
      const { commands } = engine.connections;
      const listed = await guarded(() =>
        Promise.all(
          engine.every.map(async (partition) =>
            toListed(partition, await commands.zrange(engine.keys(partition).cases, '0', '-1', 'WITHSCORES')),
          ),
        ),
      );
      const ordered = listed.flat().toSorted((left, right) => left.score - right.score);
      const cases = await Promise.all(ordered.map((entry) => readCase(engine, entry)));
      return cases.filter((entry) => entry !== undefined);
    },
  };
}

function toListed(partition: Partition, pairs: readonly string[]): readonly Listed[] {
  const listed: Listed[] = [];
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    listed.push({ partition, member: pairs[index] ?? '', score: Number(pairs[index + 1]) });
  }
  return listed;
}

/** Undefined when the case was closed between the two rounds. */
async function readCase(
  engine: Engine,
  { partition, member, score }: Listed,
): Promise<StoredCase | undefined> {
  const [id = '', conversation = ''] = member.split(' ');
  const keys = engine.keys(partition);
  const owner = conversationId(conversation);
  const reply = await engine.run('read-case', [keys.case(caseId(id)), keys.state(owner)], []);
  const [packed, current] = list(reply);
  const bytes = bytesOrNone(packed);
  if (bytes === undefined) return undefined;
  const { wrappedKey, body } = unpackCase(bytes);
  const rank = Math.floor(score / rankStep);
  return {
    caseId: caseId(id),
    conversationId: owner,
    rank: rank === 1 || rank === 2 ? rank : 3,
    openedAt: score % rankStep,
    body,
    // The state's is newer after the master key was changed.
    wrappedKey: bytesOrNone(current) ?? wrappedKey,
  };
}
