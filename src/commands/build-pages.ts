import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { copyFile, glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Log } from '../core/ports.ts';

/** The pages and the one script that are built, each in a folder of `src/pages`. */
const builtParts = ['chat', 'simulator', 'embed'] as const;
const buildWithinMs = 60_000;
const run = promisify(execFile);
const brotli = promisify(brotliCompress);

/** Builds the browser code into `dist/pages`, compressed too, unless what it is made of is the same as last time. */
export async function buildPages(options: {
  readonly root: string;
  readonly log: Log;
}): Promise<'built' | 'unchanged'> {
  const { root, log } = options;
  const folder = path.join(root, 'dist', 'pages');
  const hash = await hashOfSources(root);
  if ((await builtHash(folder)) === hash) return 'unchanged';
  // Beside the old ones, then in their place: whoever serves or builds at the same time finds whole folders only.
  const fresh = path.join(root, 'dist', `pages-${randomUUID()}`);
  try {
    await mkdir(fresh, { recursive: true });
    await buildInto(fresh, root);
    await writeFile(path.join(fresh, '.built'), hash);
    await putInPlace(fresh, folder, hash);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  log.info({ event: 'pages-built' });
  return 'built';
}

async function buildInto(folder: string, root: string): Promise<void> {
  await Promise.all(builtParts.map((mode) => buildPart(mode, folder, root)));
  await copyFile(path.join(root, 'src', 'pages', 'icon.svg'), path.join(folder, 'icon.svg'));
  for await (const file of glob('**/*.{js,css,svg}', { cwd: folder }))
    await compress(path.join(folder, file));
}

/** In a process of its own: Vite changes the environment and needs memory that a server should not hold. */
async function buildPart(mode: string, folder: string, root: string): Promise<void> {
  const vite = path.join(
    path.dirname(fileURLToPath(import.meta.resolve('vite/package.json'))),
    'bin',
    'vite.js',
  );
  const settings = ['--config', path.join(root, 'vite.config.ts'), '--mode', mode, '--outDir', folder];
  await run(process.execPath, [vite, 'build', ...settings], { cwd: root, timeout: buildWithinMs });
}

async function compress(file: string): Promise<void> {
  const bytes = await readFile(file);
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  await writeFile(`${file}.br`, await brotli(bytes, { params: quality }));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

/** Moves the fresh folder to its place; another process may have built the same at the same time. */
async function putInPlace(fresh: string, folder: string, hash: string): Promise<void> {
  if ((await builtHash(folder)) === hash) return;
  const old = `${fresh}-old`;
  await rename(folder, old).catch(() => undefined);
  try {
    await rename(fresh, folder);
  } catch (fault) {
    if ((await builtHash(folder)) !== hash) throw fault;
  }
  await rm(old, { recursive: true, force: true });
}

function builtHash(folder: string): Promise<string | undefined> {
  return readFile(path.join(folder, '.built'), 'utf8').catch(() => undefined);
}

async function hashOfSources(root: string): Promise<string> {
  const hash = createHash('sha256');
  const patterns = [
    'src/pages/**/*.*',
    'locales/*/page.json',
    'vite.config.ts',
    'tsconfig.json',
    'src/commands/build-pages.ts',
  ];
  const files: string[] = [];
  for await (const file of glob(patterns, { cwd: root })) files.push(file);
  files.sort();
  for (const file of files) hash.update(file).update(await readFile(path.join(root, file)));
  const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  }; // our own file
  return hash.update(version).digest('hex');
}
