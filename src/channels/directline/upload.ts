import { readActivity, type ActivityRead } from './payloads.ts';

const activityType = 'application/vnd.microsoft.activity';
/** Parts of one upload that are looked at. */
const mostParts = 20;

/**
 * Reads an upload in its three forms (direct-line.md 6): multipart with an activity first, multipart of files alone, one bare
 * body. Files are not kept yet: each becomes an attachment with its type and name.
 */
export async function readUpload(
  body: Buffer,
  headers: { readonly contentType: string; readonly disposition: string },
  userId: string | undefined,
): Promise<ActivityRead> {
  if (!headers.contentType.toLowerCase().startsWith('multipart/')) {
    if (headers.contentType.startsWith(activityType)) return readActivity(parseJson(body.toString()));
    const name = /filename="([^"]{1,300})"/u.exec(headers.disposition)?.[1];
    return uploadedMessage({}, [{ contentType: headers.contentType, name }], userId);
  }
  const form = await readForm(body, headers.contentType);
  if (form === undefined) return { kind: 'wrong', fault: 'The multipart body cannot be read.' };
  let activity: unknown = {};
  const files: { contentType: string; name: string | undefined }[] = [];
  for (const [name, part] of [...form.entries()].slice(0, mostParts)) {
    if (typeof part === 'string') {
      if (name === 'activity') activity = parseJson(part);
    } else if (part.type.startsWith(activityType) || name === 'activity') {
      activity = parseJson(await part.text());
    } else {
      files.push({ contentType: part.type, name: fileName(part.name) });
    }
  }
  return uploadedMessage(activity, files, userId);
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

async function readForm(body: Buffer, contentType: string): Promise<FormData | undefined> {
  try {
    const whole = new Response(new Uint8Array(body), { headers: { 'content-type': contentType } });
    return await whole.formData();
  } catch {
    return undefined;
  }
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
