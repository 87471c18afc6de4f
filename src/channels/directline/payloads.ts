import { z } from 'zod';
import type { JsonValue, Values } from '../../core/values.ts';

/** Deeper parts of what a client sends are left out. */
const deepest = 8;
/** Everything besides the text may take this many characters of JSON; beyond it only what echo needs is kept. */
const largestRest = 16 * 1024;
/** Longest text that is worked on; of a longer one the beginning and the end. */
const longestText = 10_000;
const keptEnd = 2_000;
/** Members only the service sets; what a client writes there is dropped. */
const setByUs: ReadonlySet<string> = new Set(['id', 'timestamp', 'serviceUrl', 'recipient', 'callerId']);

const attachmentSchema = z.object({
  contentType: z.string().max(200).catch('application/octet-stream'),
  name: z.string().max(300).optional().catch(undefined),
});

const activitySchema = z.looseObject({
  type: z.string().min(1).max(64),
  id: z.string().max(200).optional(),
  text: z.string().optional(),
  locale: z.string().optional().catch(undefined),
  name: z.string().optional(),
  from: z
    .looseObject({ id: z.string().max(200).optional(), name: z.string().max(100).optional() })
    .optional(),
  channelData: z.unknown().optional(),
  attachments: z.array(attachmentSchema).max(20).optional(),
});

/** An activity as a client posted it, with only the fields we read typed. */
export type ClientActivity = z.infer<typeof activitySchema>;

/** An attachment as it is kept: what it was, never its content or address. */
export type Attachment = z.infer<typeof attachmentSchema>;

export type ActivityRead =
  | { readonly kind: 'read'; readonly activity: ClientActivity }
  | { readonly kind: 'wrong'; readonly fault: string };

/** Reads one posted activity; nulls count as absent, whatever is too deep is dropped. */
export function readActivity(body: unknown): ActivityRead {
  const bounded = boundedJson(body, deepest);
  const parsed = activitySchema.safeParse(bounded);
  if (parsed.success) return { kind: 'read', activity: parsed.data };
  const fields = parsed.error.issues.map((issue) => issue.path.join('.') || 'activity');
  return { kind: 'wrong', fault: `Wrong or missing: ${[...new Set(fields)].join(', ')}.` };
}

/** The text as it is worked on and kept: well-formed, no NUL, at most 10,000 characters. */
export function boundedText(text: string): string {
  const sound = text.toWellFormed().replaceAll('\0', '');
  if (sound.length <= longestText) return sound;
  const start = sound.slice(0, longestText - keptEnd - 1);
  return `${start}…${sound.slice(-keptEnd)}`.toWellFormed();
}

/** What the log keeps of a client's activity, and echoes to every client of the conversation. */
export function activityToKeep(
  activity: ClientActivity,
  fixed: { readonly conversation: string; readonly from: Values; readonly text?: string },
): Values {
  const set = {
    type: activity.type,
    channelId: 'directline',
    conversation: { id: fixed.conversation },
    from: fixed.from,
    ...(fixed.text === undefined ? {} : { text: fixed.text }),
    ...(activity.attachments === undefined ? {} : { attachments: activity.attachments.map(keptAttachment) }),
  };
  const rest = Object.fromEntries(Object.entries(activity).filter(([name]) => !setByUs.has(name)));
  // Read from JSON and rebuilt by boundedJson, so every member is a JSON value.
  const whole = { ...rest, ...set } as Values;
  if (JSON.stringify({ ...whole, text: '' }).length <= largestRest) return whole;
  return { ...set, channelData: echoMarks(activity.channelData) };
}

/** Name of the message given by the client: what makes a second post of it a repeat. */
export function clientActivityId(activity: ClientActivity): string | undefined {
  const named = memberText(activity.channelData, 'clientActivityID') ?? activity.id;
  return named === undefined || named === '' || named.length > 200 ? undefined : named;
}

/** A text member of something unknown. */
export function memberText(container: unknown, member: string): string | undefined {
  if (typeof container !== 'object' || container === null || !Object.hasOwn(container, member))
    return undefined;
  const value: unknown = Reflect.get(container, member);
  return typeof value === 'string' ? value : undefined;
}

function keptAttachment({ contentType, name }: Attachment): Values {
  return { contentType, ...(name === undefined ? {} : { name }) };
}

/** The two marks by which Microsoft's clients know their own message again. */
function echoMarks(channelData: unknown): Values {
  const marks: Record<string, JsonValue> = {};
  const clientId = memberText(channelData, 'clientActivityID');
  if (clientId !== undefined) marks['clientActivityID'] = clientId;
  const sequence: unknown =
    typeof channelData === 'object' && channelData !== null
      ? Reflect.get(channelData, 'webchat:sequence-id')
      : undefined;
  if (typeof sequence === 'number') marks['webchat:sequence-id'] = sequence;
  return marks;
}

/** A copy without nulls in records, without what lies deeper than `depth`, and without names that touch prototypes. */
function boundedJson(value: unknown, depth: number): JsonValue | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null || depth === 0) return undefined;
  if (Array.isArray(value)) return value.map((item: unknown) => boundedJson(item, depth - 1) ?? null);
  const copy: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (name === '__proto__' || name === 'constructor') continue;
    const bounded = boundedJson(member, depth - 1);
    if (bounded !== undefined) copy[name] = bounded;
  }
  return copy;
}

const accountSchema = z.object({ id: z.string().max(200).optional(), name: z.string().max(100).optional() });

/** What a client asks for when it makes a token or starts: a user, trusted pages, a language. Wrong parts count as absent. */
export interface StartWishes {
  readonly userId?: string;
  readonly userName?: string;
  readonly trustedOrigins?: readonly string[];
  readonly locale?: string;
}

/** Reads the body of `tokens/generate` and `conversations`; names of members in any case (`User.Id` is in use). */
export function readStart(body: unknown): StartWishes {
  const members = lowerCaseMembers(body);
  const user = accountSchema.safeParse({
    id: members['user.id'],
    name: members['user.name'],
    ...lowerCaseMembers(members['user']),
  });
  const origins = z.array(z.string().max(300)).min(1).max(20).safeParse(members['trustedorigins']);
  const locale = z.string().max(35).safeParse(members['locale']);
  return {
    ...(user.data?.id === undefined || user.data.id === '' ? {} : { userId: user.data.id }),
    ...(user.data?.name === undefined ? {} : { userName: user.data.name }),
    ...(origins.success ? { trustedOrigins: origins.data } : {}),
    ...(locale.success ? { locale: locale.data } : {}),
  };
}

function lowerCaseMembers(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name.toLowerCase(), member]));
}
