// `npm run faults`: the fault campaign. Seeds are printed; `--seed N` repeats one; `--quick` stays under three minutes.
import { killRun, type KillRun } from './kill-run.ts';

const words = process.argv.slice(2);
const isQuick = words.includes('--quick');
const seedWord = words[words.indexOf('--seed') + 1];
const given = words.includes('--seed') ? Number(seedWord) : undefined;
const rounds = isQuick ? 1 : 10;
const size = { people: 50, messagesEach: 20, kills: 30 };

let failed = 0;
for (let round = 0; round < rounds; round += 1) {
  for (const store of ['embedded', 'redis'] as const) {
    for (const statuses of isQuick ? [true] : [true, false]) {
      const run: KillRun = { ...size, store, statuses, seed: given ?? Math.floor(Math.random() * 1_000_000) };
      const report = await killRun(run);
      const { lost, doubled, reordered, repeated, repeatedAgain } = report;
      const isKept = lost + doubled + reordered + repeatedAgain === 0 && (!statuses || repeated === 0);
      if (!isKept) failed += 1;
      console.log(`${isKept ? 'ok    ' : 'FAILED'} ${JSON.stringify({ ...run, ...report })}`);
    }
  }
}
process.exitCode = failed === 0 ? 0 : 1;
