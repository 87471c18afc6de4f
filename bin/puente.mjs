#!/usr/bin/env node
import module from 'node:module';
// Plain JavaScript, so that an old Node can read it and say what is wrong.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  process.stderr.write(
    `Puente needs Node.js 24 or newer, this is ${process.versions.node}: run "npm ci" again with a connection, it brings Node.js 24 along.\n`,
  );
  process.exit(2);
}
// Reading our own source again and again at each start costs a third of a second.
module.enableCompileCache();
const { runCommandLine } = await import('../src/cli.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
// Whatever still holds the process, a store that went away for one, does not hold it for long.
setTimeout(() => process.exit(), 3_000).unref();
