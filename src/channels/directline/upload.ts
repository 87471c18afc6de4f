import { readForm, type FormPart } from './multipart.ts';
import { readActivity, type ActivityRead } from './payloads.ts';

const activityType = 'application/vnd.microsoft.activity';
/** Parts of one upload that are looked at. */
const mostParts = 20;

/**
 * Reads an upload in its three forms (direct-line.md 6): multipart with an activity first, multipart of files alone, one bare
 * body. Files are not kept yet: each becomes an attachment with its type and name.
 */
export function readUpload(
  body: Buffer,
  headers: { readonly contentType: string; readonly disposition: string },
  userId: string | undefined,
): ActivityRead {
  if (!headers.contentType.toLowerCase().startsWith('multipart/')) {
    if (headers.contentType.startsWith(activityType)) return readActivity(parseJson(body.toString()));
    const name = /filename="([^"]{1,300})"/u.exec(headers.disposition)?.[1];
    return uploadedMessage({}, [{ contentType: headers.contentType, name }], userId);
  }
  const form = readForm(body, headers.contentType, mostParts);
  if (form === undefined) return { kind: 'wrong', fault: 'The multipart body cannot be read.' };
  const activity = form.findLast(isActivity);
  const files = form.flatMap((part) =>
    part.fileName === undefined || isActivity(part)
      ? []
      : [{ contentType: part.contentType, name: fileName(part.fileName) }],
  );
  return uploadedMessage(activity === undefined ? {} : parseJson(textOf(activity)), files, userId);
}

function isActivity({ name, contentType }: FormPart): boolean {
  return name === 'activity' || contentType.startsWith(activityType);
}

/** Without the mark some programs put before UTF-8, which is no JSON. */
function textOf({ content }: FormPart): string {
  return new TextDecoder().decode(content);
}

function uploadedMessage(
  activity: unknown,
  files: readonly { contentType: string; name: string | undefined }[],
  userId: string | undefined,
): ActivityRead {
  if (typeof activity !== 'object' || activity === null)
    return { kind: 'wrong', fault: 'The activity part is not JSON.' };
  return readActivity({
    type: 'message',
    ...(userId === undefined ? {} : { from: { id: userId } }),
    ...activity,
    ...(files.length === 0 ? {} : { attachments: files }),
  });
}

/** The last part of a name, without a path. */
function fileName(name: string): string | undefined {
  const last = name
    .split(/[\\/]/u)
    .at(-1)
    ?.replaceAll(/\p{Cc}/gu, '');
  return last === undefined || last === '' ? undefined : last.slice(0, 300);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
