/** One part of a form. `fileName` is absent for a plain field; it is what the client wrote, paths and all. */
export interface FormPart {
  readonly name: string;
  readonly fileName?: string;
  /** In lower case. */
  readonly contentType: string;
  readonly content: Buffer;
}

/** Headers of one part: a file name of 300 letters fits, a flood does not. */
const mostHeaderBytes = 4 * 1024;
/** RFC 2046, 5.1.1: 1 to 70 of these, the last no blank. */
const boundaryForm = /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/u;
const headerForm = /^([\w!#$%&'*+.^`|~-]+):([^\r\n\0]*)$/u;
const parameterForm = /;\s*([\w-]+\*?)=(?:"([^"]*)"|([^\s;"]*))/gu;

/**
 * Reads a `multipart/form-data` body (RFC 7578), whose size the caller has bounded; undefined when it cannot be read up to
 * its final boundary. Parts beyond `mostParts` are read and dropped. File contents are views of the body, not copies.
 */
export function readForm(
  body: Buffer,
  contentType: string,
  mostParts: number,
): readonly FormPart[] | undefined {
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return undefined;
  const opening = `--${boundary}`;
  const delimiter = `\r\n${opening}`;
  const parts: FormPart[] = [];
  const first = body.indexOf(opening);
  if (first < 0) return undefined;
  let start = first + opening.length;
  while (body.toString('latin1', start, start + 2) !== '--') {
    const end = body.indexOf(delimiter, start);
    const part = end < 0 ? undefined : readPart(body.subarray(start, end));
    if (part === undefined) return undefined;
    if (parts.length < mostParts) parts.push(part);
    start = end + delimiter.length;
  }
  return parts;
}

function boundaryOf(contentType: string): string | undefined {
  if (!/^multipart\/form-data\s*;/iu.test(contentType)) return undefined;
  const [, quoted, token = ''] = /;\s*boundary=(?:"([^"]*)"|([^\s;"]*))/iu.exec(contentType) ?? [];
  const boundary = quoted ?? token;
  return boundaryForm.test(boundary) ? boundary : undefined;
}

/** `section` is what lies between two delimiters: a line's end, headers, an empty line, the content. */
function readPart(section: Buffer): FormPart | undefined {
  const end = section.subarray(0, mostHeaderBytes).indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [besideDelimiter, ...lines] = section.toString('utf8', 0, end).split('\r\n');
  const headers = besideDelimiter === '' ? readHeaders(lines) : undefined;
  const parameters = readParameters(headers?.get('content-disposition') ?? '');
  const name = parameters?.get('name');
  if (parameters === undefined || name === undefined) return undefined;
  const fileName = fileNameIn(parameters);
  return {
    name: unescaped(name),
    ...(fileName === undefined ? {} : { fileName }),
    contentType: contentTypeIn(headers?.get('content-type')),
    content: section.subarray(end + 4),
  };
}

function readHeaders(lines: readonly string[]): ReadonlyMap<string, string> | undefined {
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, name, value] = headerForm.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    headers.set(name.toLowerCase(), value.trim());
  }
  return headers;
}

/** Nothing is skipped: what is neither `form-data` nor a parameter makes the whole header unreadable. */
function readParameters(disposition: string): ReadonlyMap<string, string> | undefined {
  if (!/^form-data[\s;]*$/iu.test(disposition.replaceAll(parameterForm, ''))) return undefined;
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, token = ''] of disposition.matchAll(parameterForm))
    parameters.set(name.toLowerCase(), quoted ?? token);
  return parameters;
}

/** `filename*` goes before `filename` (RFC 6266, 4.3); one that cannot be read is still a file, without a name. */
function fileNameIn(parameters: ReadonlyMap<string, string>): string | undefined {
  const extended = parameters.get('filename*');
  if (extended === undefined) {
    const plain = parameters.get('filename');
    return plain === undefined ? undefined : unescaped(plain);
  }
  try {
    return decodeURIComponent(/^utf-8'[\w-]*'(.*)$/iu.exec(extended)?.[1] ?? '');
  } catch {
    return '';
  }
}

/** Browsers write quotes and line ends in names as `%22`, `%0D` and `%0A`, and nothing else so. */
function unescaped(name: string): string {
  return name.replaceAll(/%(?:22|0d|0a)/giu, decodeURIComponent);
}

function contentTypeIn(header: string | undefined): string {
  if (header === undefined || header === '') return 'text/plain';
  return /^[ -~]+$/u.test(header) ? header.toLowerCase() : 'application/octet-stream';
}
