import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import { SetupFaults } from '../core/errors.ts';

/** A body in every form it can be sent in. */
export interface Body {
  readonly type: string;
  readonly plain: Buffer;
  readonly br: Buffer;
  readonly gzip: Buffer;
  readonly etag: string;
}

/** What `buildPages` left, in memory: a few dozen kilobytes. Keys are addresses, such as `/assets/chat-1a2b3c.js`. */
export interface BuiltPages {
  readonly files: ReadonlyMap<string, Body>;
  /** The address of a page's hashed script or style sheet. */
  asset(page: 'chat' | 'simulator', kind: 'js' | 'css'): string;
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Reads the built pages. Throws SetupFaults when they have not been built. */
export function readBuiltPages(folder: string): BuiltPages {
  if (!existsSync(path.join(folder, '.built')))
    throw new SetupFaults(['The pages are not built. Run: npm run build:pages']);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const built = names.filter((name) => types[path.extname(name)] !== undefined);
  const files = new Map(built.map((name) => [`/${name.replaceAll('\\', '/')}`, readBody(folder, name)]));
  return {
    files,
    asset: (page, kind) => {
      const found = [...files.keys()].find(
        (name) => name.startsWith(`/assets/${page}-`) && name.endsWith(`.${kind}`),
      );
      if (found === undefined) throw new SetupFaults([`The built pages lack the ${kind} of ${page}.`]);
      return found;
    },
  };
}

/** Sends a body in the smallest form the browser takes; 304 when it has it already. */
export function sendBody(request: Request, response: Response, body: Body): void {
  response.vary('Accept-Encoding').type(body.type);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  // Ours, not the browser's order: most name gzip first only because it is older.
  const encoding = (['br', 'gzip'] as const).find((name) => request.acceptsEncodings(name) !== false);
  if (encoding === undefined) response.send(body.plain);
  else response.set('Content-Encoding', encoding).send(body[encoding]);
}

function readBody(folder: string, name: string): Body {
  const file = path.join(folder, name);
  const plain = readFileSync(file);
  return {
    type: types[path.extname(name)] ?? 'application/octet-stream',
    plain,
    br: readFileSync(`${file}.br`),
    gzip: readFileSync(`${file}.gz`),
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
  };
}
