import { describe, expect, test } from '@jest/globals';
import { readForm } from '../../src/channels/directline/multipart.ts';

const boundary = 'edge';
const contentType = `multipart/form-data; boundary=${boundary}`;
const file = 'Content-Disposition: form-data; name="file"; filename="a.pdf"';

/** The parts as text, of a body given as lines; undefined when it was not read. */
function read(lines: readonly string[], type = contentType): readonly object[] | undefined {
  const parts = readForm(Buffer.from(lines.join('\r\n')), type, 20);
  return parts?.map((part) => ({ ...part, content: part.content.toString() }));
}

const named = (disposition: string): readonly string[] => [
  '--edge',
  `Content-Disposition: ${disposition}`,
  '',
  'x',
  '--edge--',
  '',
];

describe('a form', () => {
  test('is read part by part, with fields, files and their types in lower case', () => {
    const parts = read([
      '--edge',
      'Content-Disposition: form-data; name="activity"; filename="blob"',
      'Content-Type: application/vnd.microsoft.activity',
      '',
      '{"type":"message"}',
      '--edge',
      'content-disposition:form-data;name=note',
      '',
      '',
      '--edge',
      'X-Anything: at all',
      'Content-Type: Image/PNG',
      'Content-Disposition: form-data; name="file"; filename="niña.png"',
      '',
      'line\r\n\r\n--edg\nline',
      '--edge--',
      '',
    ]);
    expect(parts).toEqual([
      {
        name: 'activity',
        fileName: 'blob',
        contentType: 'application/vnd.microsoft.activity',
        content: '{"type":"message"}',
      },
      { name: 'note', contentType: 'text/plain', content: '' },
      { name: 'file', fileName: 'niña.png', contentType: 'image/png', content: 'line\r\n\r\n--edg\nline' },
    ]);
  });

  test('is read as fetch writes it, bytes unchanged', async () => {
    const bytes = Uint8Array.from({ length: 1024 }, (_unused, index) => index % 256);
    const form = new FormData();
    form.append('text', 'sí "comillas"\n');
    form.append('file', new Blob([bytes], { type: 'image/jpeg' }), 'mi "foto".jpg');
    const whole = new Response(form);
    const type = whole.headers.get('content-type') ?? '';
    const parts = readForm(Buffer.from(await whole.arrayBuffer()), type, 20);
    expect(parts).toEqual([
      { name: 'text', contentType: 'text/plain', content: Buffer.from('sí "comillas"\r\n') },
      { name: 'file', fileName: 'mi "foto".jpg', contentType: 'image/jpeg', content: Buffer.from(bytes) },
    ]);
  });

  test('may have words before the first boundary and after the last', () => {
    const parts = read(['preamble', '--edge', file, '', 'x', '--edge--', 'epilogue', '--edge', 'junk']);
    expect(parts).toEqual([{ name: 'file', fileName: 'a.pdf', contentType: 'text/plain', content: 'x' }]);
  });

  test('without parts is empty', () => {
    expect(read(['--edge--', ''])).toEqual([]);
  });

  test('gives no more parts than asked for, and is still read to its end', () => {
    const part = ['--edge', file, '', 'x'];
    const many = Buffer.from([...part, ...part, ...part, '--edge--'].join('\r\n'));
    const torn = Buffer.from([...part, ...part, ...part].join('\r\n'));
    expect(readForm(many, contentType, 2)).toHaveLength(2);
    expect(readForm(torn, contentType, 2)).toBeUndefined();
  });
});

describe('the boundary', () => {
  const readWith = (type: string, inBody: string): readonly object[] | undefined =>
    read([`--${inBody}`, file, '', 'x', `--${inBody}--`], type);
  const longest = 'b'.repeat(70);

  test.each([
    ['plain', 'multipart/form-data; boundary=edge', 'edge'],
    ['quoted', 'multipart/form-data; boundary="edge of it"', 'edge of it'],
    ['in any case and place', 'Multipart/Form-Data ;charset=utf-8;  BOUNDARY=Edge', 'Edge'],
    ['of 70 characters', `multipart/form-data; boundary=${longest}`, longest],
    ['of one character', 'multipart/form-data; boundary=x', 'x'],
  ])('may be %s', (_name, type, inBody) => {
    expect(readWith(type, inBody)).toHaveLength(1);
  });

  test.each([
    ['is missing', 'multipart/form-data', ''],
    ['is empty', 'multipart/form-data; boundary=', ''],
    ['is quoted and empty', 'multipart/form-data; boundary=""', ''],
    ['is longer than 70 characters', `multipart/form-data; boundary=${longest}b`, `${longest}b`],
    ['ends in a blank', 'multipart/form-data; boundary="edge "', 'edge '],
    ['has a line end', 'multipart/form-data; boundary="ed\r\nge"', 'ed\r\nge'],
    ['has letters beyond ASCII', 'multipart/form-data; boundary=ñ', 'ñ'],
    ['is of another case than in the body', 'multipart/form-data; boundary=EDGE', 'edge'],
    ['belongs to another type', 'multipart/mixed; boundary=edge', 'edge'],
    ['belongs to a type that only begins so', 'multipart/form-data-x; boundary=edge', 'edge'],
  ])('makes the form unreadable when it %s', (_name, type, inBody) => {
    expect(readWith(type, inBody)).toBeUndefined();
  });
});

describe('a torn form', () => {
  test.each<readonly [string, readonly string[]]>([
    ['is empty', []],
    ['has no boundary', [file, '', 'x']],
    ['ends at its first boundary', ['--edge']],
    ['ends after the line of its first boundary', ['--edge', '']],
    ['ends in the headers', ['--edge', file]],
    ['ends in the content', ['--edge', file, '', 'x']],
    ['lacks the final boundary', ['--edge', file, '', 'x', '--edge', file, '', 'y', '']],
    ['has a boundary that is not final at its end', ['--edge', file, '', 'x', '--edge', '']],
    ['has half of the final mark', ['--edge', file, '', 'x', '--edge-']],
    ['has a boundary that goes on', ['--edge', file, '', 'x', '--edges', file, '', 'y', '--edge--']],
    ['has a boundary inside the headers', ['--edge', file, '--edge--']],
    ['has a boundary right after the headers', ['--edge', file, '', '--edge--']],
    ['has no headers', ['--edge', '', 'x', '--edge--']],
    ['has a part without a disposition', ['--edge', 'Content-Type: image/png', '', 'x', '--edge--']],
    ['has a line that is no header', ['--edge', file, 'nonsense', '', 'x', '--edge--']],
    ['has a header without a name', ['--edge', file, ': x', '', 'x', '--edge--']],
    ['has a folded header', ['--edge', file, ' folded: x', '', 'x', '--edge--']],
    ['has a NUL in a header', ['--edge', file, 'X-Y: a\0b', '', 'x', '--edge--']],
    ['has a bare line feed in a header', ['--edge', file, 'X-Y: a\nb', '', 'x', '--edge--']],
    ['has line feeds for line ends', [['--edge', file, '', 'x', '--edge--', ''].join('\n')]],
  ])('is not read when it %s', (_name, lines) => {
    expect(read(lines)).toBeUndefined();
  });
});

describe('a flood', () => {
  const withHeaders = (headers: readonly string[]): readonly string[] => [
    '--edge',
    file,
    ...headers,
    '',
    'x',
    '--edge--',
  ];

  test.each([
    ['of headers', Array.from({ length: 600 }, (_unused, index) => `X-${index}: 1`)],
    ['of one long header', [`X-Long: ${'a'.repeat(4096)}`]],
    ['of one long name', [`${'X'.repeat(4096)}: 1`]],
  ])('%s is not read', (_name, headers) => {
    expect(read(withHeaders(headers))).toBeUndefined();
  });

  test('of headers is read as long as it is within 4 KB', () => {
    expect(read(withHeaders([`X-Long: ${'a'.repeat(3900)}`]))).toHaveLength(1);
  });

  const megabytes = 4 * 1024 * 1024;
  const filled = (start: string, unit: string, end = ''): Buffer =>
    Buffer.from(start + unit.repeat(Math.floor((megabytes - start.length - end.length) / unit.length)) + end);
  test.each([
    ['boundaries', filled('', '--edge\r\n')],
    ['almost boundaries', filled(`--edge\r\n${file}\r\n\r\n`, '\r\n--edg', '\r\n--edge--')],
    ['blanks in a disposition', filled('--edge\r\nContent-Disposition: form-data;', ' ')],
    ['semicolons in a disposition', filled('', `--edge\r\n${file}${';'.repeat(3900)}\r\n\r\nx\r\n`)],
    ['empty parts', filled('', `--edge\r\n${file}\r\n\r\n\r\n`, '--edge--')],
  ])('of 4 MB of %s is over within two seconds', (_name, body) => {
    const start = performance.now();
    readForm(body, contentType, 20);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('names', () => {
  test.each([
    ['a path', 'form-data; name="file"; filename="../../etc/passwd"', '../../etc/passwd'],
    [
      'a path of Windows',
      String.raw`form-data; name="file"; filename="C:\papeles\a.pdf"`,
      String.raw`C:\papeles\a.pdf`,
    ],
    ['a semicolon', 'form-data; name="file"; filename="a; name=other.pdf"', 'a; name=other.pdf'],
    [
      'quotes and line ends as browsers write them',
      'form-data; name="file"; filename="%22a%0D%0a"',
      '"a\r\n',
    ],
    ['a percent sign', 'form-data; name="file"; filename="100%25.pdf"', '100%25.pdf'],
    ['nothing in it', 'form-data; name="file"; filename=""', ''],
    ['no quotes', 'form-data; name=file; filename=a.pdf;', 'a.pdf'],
    [
      'an extended form, which goes first',
      "form-data; filename*=UTF-8''ni%C3%B1a.pdf; name=file; filename=x",
      'niña.pdf',
    ],
    ['an extended form that is torn', "form-data; name=file; filename*=utf-8''%C3", ''],
    ['an extended form in another writing', "form-data; name=file; filename*=latin1''%F1", ''],
  ])('of files are given as they were written: %s', (_name, disposition, fileName) => {
    expect(read(named(disposition))).toEqual([
      { name: 'file', fileName, contentType: 'text/plain', content: 'x' },
    ]);
  });

  test.each([
    ['no name', 'form-data; filename="a.pdf"'],
    ['a name inside another value', 'form-data; filename="; name=file"'],
    ['quotes that do not close', 'form-data; name="file"; filename="a.pdf'],
    ['words after the quotes', 'form-data; name="file"x'],
    ['another disposition', 'attachment; name="file"'],
    ['no disposition', '; name="file"'],
  ])('are not guessed from a disposition with %s', (_name, disposition) => {
    expect(read(named(disposition))).toBeUndefined();
  });

  test('of types that cannot be printed are given as unknown', () => {
    const parts = read(['--edge', file, 'Content-Type: imagen/ñ', '', 'x', '--edge--']);
    expect(parts).toMatchObject([{ contentType: 'application/octet-stream' }]);
  });
});
