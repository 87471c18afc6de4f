import type { ConversationId } from '../../core/ids.ts';
import type { ActivityReader } from '../../core/inbox.ts';
import type { JsonValue, Values } from '../../core/values.ts';
import { asRecord } from '../../core/values.ts';

/** Activities of one answer or frame at most. */
export const pageSize = 50;
/** Pages looked through for one that holds something, when entries can no longer be opened. */
const mostPages = 20;
/** Newest activities looked through for the first post of a repeated message. */
const searchedForRepeat = 200;

/** Some activities as clients see them, and the serial up to which the client then has everything. */
export interface ActivityPage {
  readonly activities: readonly Values[];
  readonly upTo: number;
}

/** The id of an activity: the same in the answer to a post, the echo and every later reading. */
export function activityId(conversation: ConversationId, serial: number): string {
  return `${conversation}|${String(serial).padStart(7, '0')}`;
}

/** A watermark as a serial. Absent, empty or unreadable means from the start: clients drop what they have by its id. */
export function serialOf(watermark: unknown): number {
  return typeof watermark === 'string' && /^\d{1,9}$/u.test(watermark) ? Number(watermark) : 0;
}

/** The next activities after a serial; none when the client has everything. A log that was erased is read from its start. */
export async function readPage(
  reader: ActivityReader,
  conversation: ConversationId,
  after: number,
): Promise<ActivityPage> {
  let from = after;
  for (let page = 0; page < mostPages; page += 1) {
    const { length, activities } = await reader.read(conversation, from, pageSize);
    if (length < from) {
      from = 0;
      continue;
    }
    const last = activities.at(-1);
    if (last !== undefined) {
      return {
        activities: activities.map((entry) => toClient(conversation, entry)),
        upTo: last.serial,
      };
    }
    if (from >= length) break;
    from = Math.min(length, from + pageSize);
  }
  return { activities: [], upTo: from };
}

/** The id under which an earlier post of the same message was kept, if it is among the newest. */
export async function findKept(
  reader: ActivityReader,
  conversation: ConversationId,
  isSame: (activity: Values) => boolean,
): Promise<string | undefined> {
  const { length } = await reader.read(conversation, 0, 1);
  let after = Math.max(0, length - searchedForRepeat);
  while (after < length) {
    const { activities } = await reader.read(conversation, after, pageSize);
    const found = activities.find(({ activity }) => isSame(asRecord(activity) ?? {}));
    if (found !== undefined) return activityId(conversation, found.serial);
    after += pageSize;
  }
  return undefined;
}

function toClient(
  conversation: ConversationId,
  entry: { readonly serial: number; readonly timestamp: number; readonly activity: JsonValue },
): Values {
  return {
    ...(asRecord(entry.activity) ?? {}),
    id: activityId(conversation, entry.serial),
    timestamp: new Date(entry.timestamp).toISOString(),
  };
}
