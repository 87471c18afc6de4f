// `npm test`: every check and every test on a fresh machine. Plain JavaScript, so that an old Node can read it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');
process.chdir(root);
const quick = process.argv.includes('--quick');

if (Number(process.versions.node.split('.')[0]) < 24) {
  stop('Puente needs Node.js 24 or newer: run "npm ci" again with a connection, it brings Node.js 24 along.');
}

if (!quick) {
  need('redis-server', ['redis-server']);
  need('chromium', ['chromium']);
}

const bin = (name) => path.join(root, 'node_modules', '.bin', name);
const steps = [
  ['format', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['types', bin('tsc'), ['--project', '.']],
  ['types of the pages', bin('tsc'), ['--project', 'src/pages']],
  ['lint', bin('eslint'), ['--max-warnings', '0', '.']],
  [
    'import rules',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', 'src', 'dialogs'],
  ],
  ['dead code', bin('knip'), ['--no-progress']],
];
const failed = [];
let passed = 0;
for (const [name, command, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (status === 0) passed += 1;
  else failed.push(name);
}

const folder = mkdtempSync(path.join(tmpdir(), 'puente-test-'));
const results = path.join(folder, 'jest.json');
const only = quick ? ['test/rules', 'test/completeness', 'test/i18n', 'test/journeys'] : [];
const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    path.join('node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${results}`,
    ...only,
    ...process.argv.slice(2).filter((argument) => argument !== '--quick'),
  ],
  { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } },
);
let counted = { numPassedTests: 0, numFailedTests: 1 };
if (existsSync(results)) counted = JSON.parse(readFileSync(results, 'utf8'));
rmSync(folder, { recursive: true, force: true });
if (jest.status !== 0 && counted.numFailedTests === 0)
  counted.numFailedTests = counted.numFailedTestSuites ?? 1;
console.log(`${passed + counted.numPassedTests} passed, ${failed.length + counted.numFailedTests} failed`);
process.exitCode = failed.length > 0 || jest.status !== 0 ? 1 : 0;

/** Installs a program with the system's package manager when it may; else says which line to run. */
function need(program, packages) {
  if (found(program)) return;
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (process.platform === 'linux' && found('apt-get') && process.getuid?.() === 0) {
    console.log(`Installing ${program} ...`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = () => spawnSync('sh', ['-c', line], { stdio: 'ignore', env }).status === 0;
    if (!install()) {
      spawnSync('apt-get', ['update'], { stdio: 'ignore', env });
      install();
    }
  }
  if (!found(program)) stop(`The tests need ${program}. Run: sudo ${line}`);
}

function found(program) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => existsSync(path.join(folder, program)));
}

function stop(sentence) {
  console.error(sentence);
  console.log('0 passed, 1 failed');
  process.exit(1);
}
