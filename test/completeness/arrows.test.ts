import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** Files of a small tree, each breaking one rule, and what the rule is called. */
const breaches: readonly (readonly [rule: string, file: string, content: string])[] = [
  [
    '1-core-imports-only-core',
    'src/core/reaching.ts',
    "import { thing } from '../delivery/thing.ts';\nexport const a = thing;\n",
  ],
  ['1-core-imports-only-core', 'src/core/packaged.ts', "import { z } from 'zod';\nexport const a = z;\n"],
  [
    '1-core-imports-only-core',
    'src/core/built-in.ts',
    "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
  ],
  [
    '2-dialogs-import-core-and-shared',
    'dialogs/one/dialog.ts',
    "import { b } from '../two/dialog.ts';\nexport const a = b;\n",
  ],
  [
    '3-folders-never-import-each-other',
    'src/desk/desk.ts',
    "import { thing } from '../delivery/thing.ts';\nexport const a = thing;\n",
  ],
  [
    '3-channels-and-stores-never-import-each-other',
    'src/channels/one/index.ts',
    "import { b } from '../two/index.ts';\nexport const a = b;\n",
  ],
  [
    '4-botbuilder-only-in-bot',
    'src/server/bot.ts',
    "import { ActivityTypes } from 'botbuilder';\nexport const a = ActivityTypes;\n",
  ],
  [
    '5-environment-only-in-config',
    'src/server/environment.ts',
    "import { env } from 'node:process';\nexport const a = env;\n",
  ],
  [
    '6-only-main-joins',
    'src/server/joining.ts',
    "import { b } from '../../dialogs/two/dialog.ts';\nexport const a = b;\n",
  ],
  [
    '6-only-the-command-line-starts-main',
    'src/server/starting.ts',
    "import { a as b } from '../main.ts';\nexport const a = b;\n",
  ],
  [
    '7-pages-import-no-server-code',
    'src/pages/chat/page.ts',
    "import { a as b } from '../../server/joining.ts';\nexport const a = b;\n",
  ],
  ['8-no-cycles', 'src/log/one.ts', "import { b } from './two.ts';\nexport const a = () => b;\n"],
  [
    '8-nothing-imports-test',
    'src/i18n/tested.ts',
    "import { a as b } from '../../test/support/thing.ts';\nexport const a = b;\n",
  ],
];

/** What the breaches lean on; sound in themselves. */
const neighbours: Readonly<Record<string, string>> = {
  'src/delivery/thing.ts': 'export const thing = 1;\n',
  'dialogs/two/dialog.ts': 'export const b = 1;\n',
  'src/channels/two/index.ts': 'export const b = 1;\n',
  'src/main.ts': 'export const a = 1;\n',
  'src/log/two.ts': "import { a } from './one.ts';\nexport const b = () => a;\n",
  'test/support/thing.ts': 'export const a = 1;\n',
};

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

describe('the arrows between folders', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'puente-arrows-'));
  let violations: readonly Violation[] = [];

  beforeAll(() => {
    const files = [
      ...Object.entries(neighbours),
      ...breaches.map(([, file, content]) => [file, content] as const),
    ];
    for (const [file, content] of files) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), content);
    }
    for (const file of ['.dependency-cruiser.cjs', 'package.json', 'tsconfig.json']) {
      cpSync(path.join(root, file), path.join(folder, file));
    }
    symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    const { stdout } = spawnSync(
      process.execPath,
      [
        path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        ...['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src', 'dialogs'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    violations = (JSON.parse(stdout) as { summary: { violations: readonly Violation[] } }).summary.violations;
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(breaches)('rule %s is broken by %s', (rule, file) => {
    expect(violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)).toContain(
      rule,
    );
  });

  test('the sound neighbours break no rule', () => {
    const sound = [
      'src/delivery/thing.ts',
      'dialogs/two/dialog.ts',
      'src/channels/two/index.ts',
      'src/main.ts',
    ];
    expect(violations.filter(({ from }) => sound.includes(from))).toEqual([]);
  });
});
